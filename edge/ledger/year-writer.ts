import type { D1PreparedStatement } from '@cloudflare/workers-types'
import { UnderlagError } from '../../shared/errors.ts'
import { Places } from '../../shared/ledger/places.ts'
import type { SieVoucher } from '../../shared/sie/index.ts'
import { Batch } from './batch.ts'
import type { LedgerFacts } from './books.ts'
import { type Context, jsonArrays, rowsWritten, statement } from './context.ts'
import { beginGeneration, holdGeneration, switchTo } from './generation.ts'
import {
  changePart,
  changeVouchers,
  compareVouchers,
  copyPart,
  copyVouchers,
  type Guard,
  insertPart,
  insertPlaced,
  insertVouchers,
  type Part,
  removePart,
  removeVouchers,
} from './items.ts'
import type { BooksKey } from './types.ts'

/** Vouchers asked for at once when those that are gone are looked up. */
const PAGE = 5000

/** A voucher that is new or differs: its packed element without the closing bracket. */
interface Changed {
  json: string
  bytes: number
  place: number
}

/** The ledger that a read-in is compared with. */
export interface Base {
  /** Its row of `books`; null when there is none. */
  books: number | null
  /** Null when the year has no ledger. */
  generation: number | null
  revision: number
  vouchers: number
  /** Hashes of the parts by `kind:n`. */
  parts: Map<string, number>
}

/**
 * Writes a year's ledger while it is read. Where the year has none, everything goes straight into a new generation. Else
 * each batch is compared with the ledger by key and hash, and only what differs is kept in mind; when that grows beyond
 * one parameter the comparison turns into a new generation: what was equal so far is copied within the database, all
 * that follows is written. Nobody sees anything of it until `apply`.
 */
export class YearWriter {
  /** The new generation; null while differences are only kept in mind. */
  target: number | null = null
  /** Rows written so far, all indexes counted. */
  written = 0
  vouchers = 0
  rows = 0

  private readonly context: Context
  private readonly key: BooksKey
  private readonly base: Base
  private readonly places = new Places()
  private batch = new Batch()
  private full: Batch[] = []
  private readonly spare: Batch[] = []
  private parts: Part[] = []
  private readonly partsSeen = new Set<string>()
  private readonly equalParts: Part[] = []
  private changed: Changed[] = []
  private changedParts: Part[] = []
  private changedBytes = 0
  private gone: string[] = []
  private differing = 0
  /** Places of the base's vouchers that the file has, in its order; those that differ are in `changedPlaces` too. */
  private matched = new Float64Array(1024)
  private matches = 0
  private readonly changedPlaces = new Set<number>()

  constructor(context: Context, key: BooksKey, base: Base) {
    this.context = context
    this.key = key
    this.base = base
  }

  /** Takes the next voucher of the file. */
  add(voucher: SieVoucher, occurrence: number): void {
    this.vouchers++
    this.rows += voucher.rows.length
    this.batch.add(voucher, occurrence)
    if (this.batch.bytes >= this.context.parameterBytes) this.cut()
  }

  /** Takes the next piece beside the vouchers. */
  addPart(part: Part): void {
    this.parts.push(part)
    this.partsSeen.add(`${part.kind}:${part.n}`)
  }

  /** Writes, or compares, what is full. */
  async drain(): Promise<void> {
    while (this.full.length > 0) await this.take(this.full.shift()!)
    while (this.parts.length > 0) await this.takePart(this.parts.shift()!)
  }

  /** The end of the file. Returns how many vouchers differ: new, changed or gone; null when nothing at all differs. */
  async finish(): Promise<number | null> {
    this.cut()
    await this.drain()
    if (this.base.generation === null && this.target === null) await this.begin()
    await this.findGone()
    const lessParts = [...this.base.parts.keys()].some((part) => !this.partsSeen.has(part))
    const differs = this.target !== null || this.differing > 0 || this.changedParts.length > 0 || lessParts
    return differs ? this.differing : null
  }

  /** Holds everything as a generation of its own until somebody confirms it. Returns the generation. */
  async hold(facts: LedgerFacts): Promise<number> {
    if (this.target === null) await this.intoGeneration()
    this.written += await holdGeneration(this.context, this.target!, facts)
    return this.target!
  }

  /**
   * One step: the year is what was read. Returns the generation that it is now.
   *
   * @throws UnderlagError `ledger_changed_meanwhile`
   */
  async apply(facts: LedgerFacts): Promise<number> {
    if (this.target === null && this.changedBytes > this.context.parameterBytes) await this.intoGeneration()
    if (this.target === null) return await this.changeInPlace(facts)
    this.written += await switchTo(this.context, this.key, this.target, this.base, facts)
    return this.target
  }

  private cut(): void {
    if (this.batch.count === 0) return
    this.full.push(this.batch)
    this.batch = this.spare.pop() ?? new Batch()
  }

  private async take(batch: Batch): Promise<void> {
    if (this.base.generation === null) {
      if (this.target === null) await this.begin()
      this.differing += batch.count
      await this.insert(this.target!, batch)
    } else {
      const compared = this.target
      await this.compare(this.base.generation, batch)
      if (compared !== null) await this.insert(compared, batch)
      else if (this.changedBytes > this.context.parameterBytes) await this.intoGeneration()
    }
    batch.clear()
    this.spare.push(batch)
  }

  private async insert(target: number, batch: Batch): Promise<void> {
    const first = this.places.append(batch.count)
    await this.run([insertVouchers(this.context, target, batch.json(), first)])
  }

  /** Compares a batch with the ledger; keeps what differs in mind while there is no generation to write it to. */
  private async compare(generation: number, batch: Batch): Promise<void> {
    const answers = await compareVouchers(this.context, generation, batch.keysJson()).raw<
      [number | null, number | null]
    >()
    for (const [index, [place, same]] of answers.entries()) {
      if (place !== null) this.match(place)
      if (same !== 1) this.differing++
      if (same !== 1 && place !== null) this.changedPlaces.add(place)
      if (this.target !== null) continue
      if (place !== null) this.places.known(place)
      if (same !== 1) this.remember({ ...batch.element(index), place: place ?? 0 }, place === null)
    }
  }

  private remember(changed: Changed, added: boolean): void {
    if (added)
      this.places.added((place) => {
        changed.place = place
      })
    this.changed.push(changed)
    // 20: the place
    this.changedBytes += changed.bytes + 20
  }

  private match(place: number): void {
    if (this.matches === this.matched.length) {
      const larger = new Float64Array(this.matches * 2)
      larger.set(this.matched)
      this.matched = larger
    }
    this.matched[this.matches++] = place
  }

  private async takePart(part: Part): Promise<void> {
    if (this.target === null && this.base.generation === null) await this.begin()
    if (this.target !== null) return await this.run([insertPart(this.context, this.target, part)])
    if (this.base.parts.get(`${part.kind}:${part.n}`) === part.hash) {
      this.equalParts.push({ ...part, json: '' })
      return
    }
    this.changedParts.push(part)
    this.changedBytes += part.json.length
    if (this.changedBytes > this.context.parameterBytes) await this.intoGeneration()
  }

  private async begin(): Promise<number> {
    const { id, written } = await beginGeneration(this.context, this.key, this.base.revision)
    this.target = id
    this.written += written
    return id
  }

  /** Turns what was kept in mind into a new generation. */
  private async intoGeneration(): Promise<void> {
    const { context } = this
    const from = this.base.generation!
    await this.settlePlaces()
    const target = await this.begin()
    for (const json of this.changedArrays()) await this.run([insertPlaced(context, target, json)])
    for (const places of this.equalPlaces()) await this.run([copyVouchers(context, from, target, places)])
    for (const { kind, n } of this.equalParts) await this.run([copyPart(context, from, target, kind, n)])
    for (const part of this.changedParts) await this.run([insertPart(context, target, part)])
    this.changed = []
    this.changedParts = []
    this.changedBytes = 0
  }

  private async settlePlaces(): Promise<void> {
    const sql = 'SELECT coalesce(max(place), 0) AS highest FROM voucher WHERE generation = ?'
    const highest = await statement(this.context.db, sql, this.base.generation).first<number>('highest')
    this.places.settle(highest ?? 0)
  }

  private equalPlaces(): Generator<string> {
    const { matched, matches, changedPlaces } = this
    function* equal() {
      for (let i = 0; i < matches; i++) {
        const json = String(matched[i])
        if (!changedPlaces.has(matched[i]!)) yield { json, bytes: json.length }
      }
    }
    return jsonArrays(equal(), this.context.parameterBytes)
  }

  /** Looks up which of the base's vouchers the file does not have. They are removed only now that the pass is complete. */
  private async findGone(): Promise<void> {
    const { base, matches } = this
    if (base.generation === null || base.vouchers === matches) return
    this.differing += base.vouchers - matches
    // a new generation does not have them anyway
    if (this.target !== null) return
    const there = this.matched.subarray(0, matches).sort()
    const sql = `SELECT place, series, rank, number, occurrence FROM voucher WHERE generation = ?1
        AND (series, rank, number, occurrence) > (?2, ?3, ?4, ?5)
      ORDER BY series, rank, number, occurrence LIMIT ${PAGE}`
    let after: [string, number, string, number] = ['', -2, '', 0]
    for (;;) {
      const page = await statement(this.context.db, sql, base.generation, ...after).raw<
        [number, string, number, string, number]
      >()
      for (const [place, ...key] of page) {
        after = key
        if (!includes(there, place)) this.gone.push(JSON.stringify(key))
      }
      if (page.length < PAGE) break
    }
    this.changedBytes += this.gone.reduce((sum, key) => sum + key.length * 2, 0)
  }

  private async changeInPlace(facts: LedgerFacts): Promise<number> {
    const { context, base } = this
    const generation = base.generation!
    if (this.changed.length > 0) await this.settlePlaces()
    const guard: Guard = { books: base.books!, revision: base.revision }
    const { db, parameterBytes, clock } = context
    const statements: D1PreparedStatement[] = []
    const gone = this.gone.map((json) => ({ json, bytes: json.length * 2 }))
    for (const json of jsonArrays(gone, parameterBytes))
      statements.push(removeVouchers(context, generation, json, guard))
    for (const json of this.changedArrays()) statements.push(changeVouchers(context, generation, json, guard))
    for (const part of this.changedParts) statements.push(changePart(context, generation, part, guard))
    for (const part of base.parts.keys()) {
      const [kind = '', n] = part.split(':')
      if (!this.partsSeen.has(part)) statements.push(removePart(context, generation, kind, Number(n), guard))
    }
    const sql = `UPDATE books SET ledger_revision = ledger_revision + 1, revision = revision + 1, source = ?3,
        file = ?4, vouchers = ?5, rows = ?6, findings = ?7, ledger_at = ?8
      WHERE id = ?1 AND ledger_revision = ?2`
    const { source, file, counts, findings } = facts
    statements.push(
      statement(
        db,
        sql,
        guard.books,
        guard.revision,
        source,
        file && JSON.stringify(file),
        counts.vouchers,
        counts.rows,
        JSON.stringify(findings),
        clock.now(),
      ),
    )
    const results = await db.batch(statements)
    this.written += rowsWritten(results)
    if (results.at(-1)!.meta.changes === 0) throw new UnderlagError('ledger_changed_meanwhile')
    return generation
  }

  private changedArrays(): Generator<string> {
    const elements = this.changed.map(({ json, bytes, place }) => ({ json: `${json},${place}]`, bytes }))
    return jsonArrays(elements, this.context.parameterBytes)
  }

  private async run(statements: D1PreparedStatement[]): Promise<void> {
    this.written += rowsWritten(await this.context.db.batch(statements))
  }
}

/** Whether `sorted` has `value`. */
function includes(sorted: Float64Array, value: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value
}
