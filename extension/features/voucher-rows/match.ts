import { type IndexLine, indexFlag, type YearIndex } from '../../../shared/contract/types.ts'
import { voucherKey, yearOfDate } from '../../../shared/ledger/keys.ts'
import type { FiscalYearId, IsoDate } from '../../../shared/ledger/types.ts'
import type { RowAnswer, RowQuery } from '../../lib/protocol.ts'

/** A year's index, arranged for look-ups by number. */
export interface Lookup {
  documentsAt: number | null
  byNumber: Map<string, IndexLine[]>
}

const lookups = new WeakMap<YearIndex, Lookup>()

/** The index arranged by number; made once per index object. */
export function lookupOf(index: YearIndex): Lookup {
  const made = lookups.get(index)
  if (made) return made
  const byNumber = new Map<string, IndexLine[]>()
  for (const line of index.lines) {
    const number = plainNumber(line[1])
    const lines = byNumber.get(number)
    if (lines) lines.push(line)
    else byNumber.set(number, [line])
  }
  const lookup = { documentsAt: index.documentsAt, byNumber }
  lookups.set(index, lookup)
  return lookup
}

export interface MatchYear {
  id: FiscalYearId
  from: IsoDate
  to: IsoDate
}

/** The year that a row belongs to: the one it or its voucher names, else its date's; null when nothing says. */
export function yearOfRow(query: RowQuery, years: readonly MatchYear[]): MatchYear | 'unknown' | 'outside' {
  if (query.year) return years.find(({ id }) => id === query.year) ?? 'outside'
  if (query.date) return yearOfDate(years, query.date) ?? 'outside'
  return 'unknown'
}

/**
 * What is known of a row. Never guesses: a year that nothing names stays unknown, a number that fits several vouchers
 * is narrowed only by the row's own date and amount.
 *
 * @param lookup the year's index, null when the edge has none
 */
export function matchRow(
  query: RowQuery,
  years: readonly MatchYear[],
  lookup: (year: FiscalYearId) => Lookup | null,
): RowAnswer {
  const year = yearOfRow(query, years)
  if (year === 'unknown') return { state: 'year_unknown' }
  if (year === 'outside') return { state: 'not_synced', year: query.year }
  const index = lookup(year.id)
  if (index?.documentsAt == null) return { state: 'not_synced', year: year.id }
  const numbered = index.byNumber.get(plainNumber(query.number)) ?? []
  const lines = narrow(ofSeries(numbered, query.series), query)
  const [first] = lines
  if (!first) return { state: 'unknown', year: year.id }
  if (lines.length > 1) {
    const documents = lines.reduce((sum, line) => sum + line[5], 0)
    return { state: 'ambiguous', year: year.id, keys: lines.map(keyOf), documents }
  }
  return {
    state: 'known',
    year: year.id,
    key: keyOf(first),
    documents: first[5],
    differs: first[6] !== 0 && (first[6] & (indexFlag.differs | indexFlag.fortnoxOnly)) !== 0,
    mismatch: mismatchOf(first, query),
  }
}

/** Programs pad numbers differently: `0012` and `12` are one number. */
function plainNumber(number: string): string {
  return number.replace(/^0+(?=\d)/, '')
}

function ofSeries(lines: readonly IndexLine[], series: string | null): readonly IndexLine[] {
  if (series === null) return lines
  const exact = lines.filter((line) => line[0] === series)
  return exact.length > 0 ? exact : lines.filter((line) => line[0].toUpperCase() === series.toUpperCase())
}

function narrow(lines: readonly IndexLine[], { date, amount, amountIs }: RowQuery): readonly IndexLine[] {
  if (lines.length < 2) return lines
  const dated = date ? lines.filter((line) => line[3] === date) : []
  const left = dated.length > 0 ? dated : lines
  if (left.length < 2 || amount === null || amountIs === 'row') return left
  const exact = left.filter((line) => line[4] === Math.abs(amount))
  return exact.length === 1 ? exact : left
}

function keyOf([series, number, occurrence]: IndexLine): string {
  return voucherKey({ series, number, occurrence })
}

/** A row's amount is at most the voucher's total (the sum of its debits); the whole voucher's is exactly that. */
function mismatchOf(line: IndexLine, { date, amount, amountIs }: RowQuery): 'date' | 'amount' | null {
  if (date && line[3] && date !== line[3]) return 'date'
  if (amount === null || line[4] === null) return null
  const shown = Math.abs(amount)
  const total = Math.abs(line[4])
  return (amountIs === 'voucher' ? shown !== total : shown > total) ? 'amount' : null
}
