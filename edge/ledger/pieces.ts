import type { AccountTotal } from '../../shared/ledger/account-totals.ts'
import { Hash53, hashText } from '../../shared/ledger/hash.ts'
import { JsonBytes } from '../../shared/ledger/json-bytes.ts'
import { packRecord } from '../../shared/ledger/packed.ts'
import type { SieRecord } from '../../shared/sie/index.ts'
import { jsonArrays, utf8Length } from './context.ts'
import type { Part } from './items.ts'

const OPEN = 91
const CLOSE = 93
const COMMA = 44

/**
 * Packs a file's records, all but vouchers, into parts in their order. `#GEN` (the day the file was made) counts in no
 * hash where `ignoreGenerated` is true: Fortnox writes today's into each export, and a ledger has not changed by that.
 */
export class RecordPieces {
  private readonly bytes: number
  private readonly ignoreGenerated: boolean
  private readonly put: (part: Part) => void
  private readonly json = new JsonBytes()
  private hash = new Hash53()
  private n = 0

  constructor(bytes: number, ignoreGenerated: boolean, put: (part: Part) => void) {
    this.bytes = bytes
    this.ignoreGenerated = ignoreGenerated
    this.put = put
  }

  add(record: SieRecord): void {
    const { json } = this
    json.byte(json.length === 0 ? OPEN : COMMA)
    const start = json.length
    json.value(packRecord(record))
    if (record.label !== 'GEN' || !this.ignoreGenerated) this.hash.update(json.bytes, start, json.length)
    if (json.length >= this.bytes) this.end()
  }

  /** The end of the file, or of a part. */
  end(): void {
    const { json } = this
    if (json.length === 0) return
    json.byte(CLOSE)
    const text = new TextDecoder().decode(json.bytes.subarray(0, json.length))
    this.put({ kind: 'records', n: this.n++, hash: this.hash.value, json: text })
    json.clear()
    this.hash = new Hash53()
  }
}

/** Packs the accounts' totals into parts. */
export function* accountParts(totals: readonly AccountTotal[], bytes: number): Generator<Part> {
  const texts = totals.map((total) => JSON.stringify(total))
  let n = 0
  for (const json of jsonArrays(
    texts.map((json) => ({ json, bytes: utf8Length(json) })),
    bytes,
  ))
    yield { kind: 'accounts', n: n++, hash: hashText(json), json }
}
