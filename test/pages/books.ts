import type { IndexLine, YearIndex } from '../../shared/contract/types.ts'
import { companyState, type EdgeWorld, setIndex } from './edge.ts'

/** The same vouchers as `site/books.js`, as the edge's index has them. Documents: {@link documentsOf}. */
export const company = '5560160680'
export const year = '2025-01-01_2025-12-31'

/** How many documents the n:th voucher has. */
export function documentsOf(n: number): number {
  return n % 4
}

export function seriesOf(n: number): string {
  return n % 7 === 0 ? 'B' : 'A'
}

/** The index of vouchers 1 to `count`. */
export function booksIndex(count: number): Omit<YearIndex, 'version' | 'source'> {
  const lines = Array.from({ length: count }, (_, at): IndexLine => {
    const n = at + 1
    const date = new Date(Date.UTC(2025, 0, 1 + (n % 365))).toISOString().slice(0, 10)
    return [seriesOf(n), String(n), 1, date, 10_000 + n * 137, documentsOf(n), 0]
  })
  return { year, documentsAt: Date.now(), lines }
}

/** An activated company with these books. */
export function openBooks(world: EdgeWorld, count: number): void {
  world.companies.set(company, {
    ...companyState(company, 'Provbolaget AB'),
    state: 'active',
    connectedAt: Date.now(),
  })
  setIndex(world, company, booksIndex(count))
}
