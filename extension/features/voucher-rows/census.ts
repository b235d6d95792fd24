import type { RowReading } from '../../host/generic/columns.ts'
import type { Decorator } from './decorator.ts'

/** How long reading rows may hold the page up before it lets go, ms. */
const slice = 6
/** Rows that are asked for together. */
const chunk = 1600
/** After the page has come to rest, ms. */
const rest = 60

export interface CensusResult {
  rows: number
  withoutDocuments: number
}

/**
 * Learns every row that the page has, in view or not, while the page does nothing else: how many vouchers have no
 * documents, and so that scrolling to a row finds its answer already here.
 */
export class Census {
  readonly #decorator: Decorator
  readonly #signal: AbortSignal
  #timer = 0
  #isCounting = false
  #again = false
  /** What was counted last: rows are one array as long as they are the same. */
  #seen: unknown[] = []
  result: CensusResult = { rows: 0, withoutDocuments: 0 }

  constructor(decorator: Decorator, signal: AbortSignal) {
    this.#decorator = decorator
    this.#signal = signal
    signal.addEventListener('abort', () => clearTimeout(this.#timer))
  }

  /** The page has changed: counts anew once it rests. */
  soon(): void {
    clearTimeout(this.#timer)
    if (!this.#signal.aborted) this.#timer = window.setTimeout(() => void this.#count(), rest)
  }

  /** One count at a time; what changes meanwhile is counted after it. */
  async #count(): Promise<void> {
    if (this.#isCounting) {
      this.#again = true
      return
    }
    this.#isCounting = true
    const isWhole = await this.#countOnce()
    this.#isCounting = false
    if (this.#again || !isWhole) this.soon()
    this.#again = false
  }

  /** @returns false when some answers were on their way, asked for by others */
  async #countOnce(): Promise<boolean> {
    const { lookups, tables } = this.#decorator
    const known = [...tables.known.values()]
    const seen: unknown[] = [lookups.epoch, ...known.map(({ rows }) => rows)]
    if (lookups.active !== true || isSame(seen, this.#seen)) return true
    const readings: RowReading[] = []
    let start = performance.now()
    for (const table of known) {
      for (const row of table.rows) {
        if (performance.now() - start > slice) {
          await idle()
          if (this.#signal.aborted) return true
          start = performance.now()
        }
        const reading = table.read(row)
        if (reading) readings.push(reading)
      }
    }
    const without = new Set<string>()
    for (let at = 0; at < readings.length; at += chunk) {
      const rows = readings.slice(at, at + chunk).map((row) => ({ row, query: this.#decorator.queryOf(row) }))
      await lookups.ask(rows)
      if (this.#signal.aborted) return true
      for (const { row, query } of rows) {
        const answer = lookups.get(row, query.year)
        if (!answer) return lookups.active !== true
        if (answer.state === 'known' && answer.documents === 0) without.add(`${answer.year} ${answer.key}`)
      }
    }
    this.#seen = seen
    this.result = { rows: readings.length, withoutDocuments: without.size }
    performance.mark('underlag:known', { detail: readings.length })
    return true
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at])
}

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
