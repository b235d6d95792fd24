import type { RowReading } from '../../host/generic/columns.ts'
import type { Decorator } from './decorator.ts'

/** How long reading rows may hold the page up before it lets go, ms. */
const slice = 6
/** After the page has come to rest, ms. */
const rest = 150

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
  #run = 0
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

  async #count(): Promise<void> {
    const tables = [...this.#decorator.tables.known.values()]
    const seen: unknown[] = [this.#decorator.lookups.epoch, ...tables.map(({ rows }) => rows)]
    if (seen.length === this.#seen.length && seen.every((one, at) => one === this.#seen[at])) return
    const run = ++this.#run
    const isOver = () => run !== this.#run || this.#signal.aborted
    const readings: RowReading[] = []
    for (const table of tables) {
      const { rows } = table
      let start = performance.now()
      for (const row of rows) {
        if (performance.now() - start > slice) {
          await idle()
          if (isOver()) return
          start = performance.now()
        }
        const reading = table.read(row)
        if (reading) readings.push(reading)
      }
    }
    await this.#decorator.lookups.ask(readings.map((row) => ({ row, query: this.#decorator.queryOf(row) })))
    if (isOver()) return
    const without = new Set<string>()
    let isWhole = true
    for (const row of readings) {
      const answer = this.#decorator.lookups.get(row, this.#decorator.queryOf(row).year)
      isWhole &&= answer !== undefined
      if (answer?.state === 'known' && answer.documents === 0) without.add(`${answer.year} ${answer.key}`)
    }
    this.result = { rows: readings.length, withoutDocuments: without.size }
    // Some answers were on their way to others already: the next drawing counts again.
    if (!isWhole) return
    this.#seen = seen
    performance.mark('underlag:known', { detail: readings.length })
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
