import type { AccountTotal } from '../../shared/ledger/account-totals.ts'
import { Hash53 } from '../../shared/ledger/hash.ts'
import { packRecord } from '../../shared/ledger/packed.ts'
import type { SieRecord } from '../../shared/sie/index.ts'
import { jsonArrays, utf8Length } from './context.ts'
import type { Part } from './items.ts'

/**
 * Packs a file's records, all but vouchers, into parts in their order. `#GEN` (the day the file was made) counts in no
 * hash where `ignoreGenerated` is true: Fortnox writes today's into each export, and a ledger has not changed by that.
 */
export class RecordPieces {
  private readonly bytes: number
  private readonly ignoreGenerated: boolean
  private readonly put: (part: Part) => void
  private texts: string[] = []
  private size = 0
  private hash = new Hash53()
  private n = 0

  constructor(bytes: number, ignoreGenerated: boolean, put: (part: Part) => void) {
    this.bytes = bytes
    this.ignoreGenerated = ignoreGenerated
    this.put = put
  }

  add(record: SieRecord): void {
    const text = JSON.stringify(packRecord(record))
    const length = utf8Length(text)
    if (this.size + length > this.bytes) this.end()
    this.texts.push(text)
    this.size += length + 1
    if (record.label !== 'GEN' || !this.ignoreGenerated) this.hash.update(text)
  }

  /** The end of the file, or of a part. */
  end(): void {
    if (this.texts.length === 0) return
    this.put({ kind: 'records', n: this.n++, hash: this.hash.value, json: `[${this.texts.join(',')}]` })
    this.texts = []
    this.size = 0
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
    yield { kind: 'accounts', n: n++, hash: new Hash53().update(json).value, json }
}
