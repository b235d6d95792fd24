import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { identityOf, type RowReading } from '../../host/generic/columns.ts'
import { ask } from '../../lib/ask.ts'
import type { RowAnswer, RowAnswers, RowQuery } from '../../lib/protocol.ts'

/** Rows in one message, and messages on their way at a time: a person's rows are never behind a whole page of them. */
const batchSize = 400
const atOnce = 4

export interface LookupYear {
  id: FiscalYearId
  from: string
  to: string
}

/** What a row asks, once the page's and the tab's year are known. */
export function queryOf(
  row: RowReading,
  years: readonly LookupYear[],
  pageYear: FiscalYearId | null,
): RowQuery {
  const { series, number, date, amount, amountIs } = row
  const named = row.year === null ? null : yearNamed(row.year, years)
  return { series, number, date, amount, amountIs, year: named ?? (date === null ? pageYear : null) }
}

/**
 * The fiscal year that "A 123/2024" names: the calendar year, when it is one. A broken year is named only if no other
 * touches the calendar year; being the only one known is not enough, so both ends must lie in it or beside it.
 */
export function yearNamed(calendar: number, years: readonly LookupYear[]): FiscalYearId | null {
  const from = `${calendar}-01-01`
  const to = `${calendar}-12-31`
  const touching = years.filter((year) => year.from <= to && year.to >= from)
  if (touching.length === 0) return `${from}_${to}`
  return touching.find((year) => year.from === from && year.to === to)?.id ?? null
}

/** Answers by identity. One message for all rows of a flush; what is on its way is not asked again. */
export class Lookups {
  readonly #answers = new Map<string, RowAnswer>()
  readonly #asked = new Set<string>()
  /** Answers from before the last change: shown until the new ones are here. */
  readonly #stale = new Set<string>()
  #company: string | null = null
  #epoch = 0
  connection: RowAnswers['connection'] = 'active'
  asOf: number | null = null
  /** The firm has not activated the company: no buttons. Null while unknown. */
  active: boolean | null = null

  /** Forgets everything: another company, or what is known of it has changed. */
  reset(company: string | null): void {
    this.#epoch++
    this.#company = company
    this.#answers.clear()
    this.#asked.clear()
    this.#stale.clear()
    this.active = null
  }

  /** Something of the company has changed: all is asked again, and the old answers stand until then. */
  renew(): void {
    this.#epoch++
    this.#asked.clear()
    for (const name of this.#answers.keys()) this.#stale.add(name)
    this.active = null
  }

  /** True when the answer is to be asked for. */
  isWanted(row: RowReading, year: FiscalYearId | null): boolean {
    const name = key(row, year)
    return !this.#answers.has(name) || this.#stale.has(name)
  }

  /** Changes whenever what was learnt before no longer counts. */
  get epoch(): number {
    return this.#epoch
  }

  get(row: RowReading, year: FiscalYearId | null): RowAnswer | undefined {
    return this.#answers.get(key(row, year))
  }

  /** Asks for the rows that are not known. @returns whether anything new was learnt */
  async ask(rows: readonly { row: RowReading; query: RowQuery }[]): Promise<boolean> {
    const company = this.#company
    if (company === null) return false
    const epoch = this.#epoch
    const wanted = new Map<string, RowQuery>()
    for (const { row, query } of rows) {
      const name = key(row, query.year)
      if ((!this.#answers.has(name) || this.#stale.has(name)) && !this.#asked.has(name))
        wanted.set(name, query)
    }
    const names = [...wanted.keys()]
    for (const name of names) this.#asked.add(name)
    const batches: string[][] = []
    for (let at = 0; at < names.length; at += batchSize) batches.push(names.slice(at, at + batchSize))
    let learnt = false
    const send = async () => {
      for (let batch = batches.shift(); batch && epoch === this.#epoch; batch = batches.shift()) {
        const rows = batch.map((name) => wanted.get(name)!)
        const answer = await ask('lookUpRows', { company, rows })
        if (epoch !== this.#epoch) return
        for (const name of batch) this.#asked.delete(name)
        if ('error' in answer) continue
        learnt = true
        this.#take(batch, answer.value)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, send))
    return learnt
  }

  #take(names: readonly string[], { rows, connection, asOf }: RowAnswers): void {
    this.active = rows !== null
    this.connection = connection
    this.asOf = asOf ?? this.asOf
    rows?.forEach((answer, at) => {
      this.#answers.set(names[at]!, answer)
      this.#stale.delete(names[at]!)
    })
  }
}

function key(row: RowReading, year: FiscalYearId | null): string {
  return `${identityOf(row)}\u0000${year ?? ''}`
}
