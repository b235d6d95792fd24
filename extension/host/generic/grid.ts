import type { RowReading } from './columns.ts'

/**
 * A grid on the page, whatever it is made of: header texts, rows, and the cell of a row below a header. Elements are the
 * page's own and are only read.
 */
export interface Grid {
  readonly kind: 'table' | 'aria' | 'rows' | 'flat' | 'texts'
  readonly root: Element
  /** One per column; null where a column has no header. Read anew; `cell` goes by the last answer. */
  headers(): (Element | null)[]
  /** The body's rows that exist now, in the document's order. */
  rows(): Element[]
  cell(row: Element, column: number): Element | null
  /** A grid without columns reads its rows itself; `cell` is then where the number stands. */
  read?(row: Element): RowReading | null
}

/** The element of `candidates` that lies below `header`: they overlap by at least half of the narrower one. */
export function cellBelow(header: Element | null, candidates: Iterable<Element>): Element | null {
  if (!header) return null
  const above = header.getBoundingClientRect()
  for (const candidate of candidates) {
    const rect = candidate.getBoundingClientRect()
    const overlap = Math.min(above.right, rect.right) - Math.max(above.left, rect.left)
    if (overlap > 0 && overlap >= Math.min(above.width, rect.width) / 2) return candidate
  }
  return null
}
