import { UnderlagError } from '../../shared/errors.ts'
import { JsonBytes } from '../../shared/ledger/json-bytes.ts'
import { numberRank } from '../../shared/ledger/numbers.ts'
import { packVoucher } from '../../shared/ledger/packed.ts'
import type { SieVoucher } from '../../shared/sie/index.ts'

/** D1 takes 2,000,000 bytes a row; a voucher of some 60,000 rows is larger. */
const VOUCHER_BYTES = 1_900_000
const OPEN = 91
const CLOSE = 93
const COMMA = 44
const decoder = new TextDecoder()

/** Vouchers on their way into the database, packed into one buffer; used again after `clear`. */
export class Batch {
  private readonly body = new JsonBytes()
  private readonly keys = new JsonBytes()
  private readonly ends: number[] = []

  get count(): number {
    return this.ends.length
  }

  /** Of the elements, in UTF-8. */
  get bytes(): number {
    return this.body.length
  }

  /**
   * @throws UnderlagError `sie_unreadable` for a voucher that the database cannot hold
   */
  add(voucher: SieVoucher, occurrence: number): void {
    const { body, keys } = this
    body.byte(this.count === 0 ? OPEN : COMMA)
    const start = body.length
    const hash = packVoucher(body, voucher, occurrence)
    if (body.length - start > VOUCHER_BYTES) {
      const text = `${voucher.series} ${voucher.number}: ${voucher.rows.length} #TRANS`
      throw new UnderlagError('sie_unreadable', { line: voucher.line, text })
    }
    this.ends.push(body.length)
    keys.byte(this.count === 1 ? OPEN : COMMA)
    keys.byte(OPEN)
    keys.string(voucher.series)
    keys.byte(COMMA)
    keys.integer(numberRank(voucher.number))
    keys.byte(COMMA)
    keys.string(voucher.number)
    keys.byte(COMMA)
    keys.integer(occurrence)
    keys.byte(COMMA)
    keys.integer(hash)
    keys.byte(CLOSE)
  }

  /** All elements, as one JSON array. */
  json(): string {
    return close(this.body)
  }

  /** `[series, rank, number, occurrence, hash]` of all, as one JSON array. */
  keysJson(): string {
    return close(this.keys)
  }

  /** One element without its closing bracket, and its bytes. */
  element(index: number): { json: string; bytes: number } {
    const start = index === 0 ? 1 : this.ends[index - 1]! + 1
    const end = this.ends[index]! - 1
    return { json: decoder.decode(this.body.bytes.subarray(start, end)), bytes: end - start }
  }

  clear(): void {
    this.body.clear()
    this.keys.clear()
    this.ends.length = 0
  }
}

function close(json: JsonBytes): string {
  json.byte(CLOSE)
  const text = decoder.decode(json.bytes.subarray(0, json.length))
  json.length--
  return text
}
