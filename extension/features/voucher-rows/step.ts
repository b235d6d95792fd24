import { identityOf, type RowReading } from '../../host/generic/columns.ts'
import type { VoucherTable } from '../../host/generic/voucher-table.ts'
import { boxOf } from './visible.ts'

/** How much of a screen a virtualised list is scrolled at a time: what was in view stays in view. */
const stride = 0.7
const tries = 40

export interface FoundRow {
  row: Element
  reading: RowReading
  identity: string
}

/**
 * The next (1) or previous (-1) row that shows another voucher than `identity`, in the page's order. In a list that only
 * has the rows in view it scrolls the list until there is one.
 */
export async function neighbour(
  table: VoucherTable,
  identity: string,
  step: 1 | -1,
  scroller: HTMLElement | null,
): Promise<FoundRow | null> {
  let isLost = false
  for (let attempt = 0; attempt < tries; attempt++) {
    const rows = inOrder(table)
    const at = rows.findIndex((row) => identityOfRow(table, row) === identity)
    if (at >= 0) {
      const found = otherFrom(table, rows, at, step)
      if (found) return found
    } else if (isLost) return null
    isLost = at < 0
    const from = scroller ?? document.scrollingElement
    if (!from) return null
    const before = from.scrollTop
    from.scrollTop += step * Math.max(40, from.clientHeight * stride)
    if (from.scrollTop === before) return null
    await settled(table)
  }
  return null
}

function otherFrom(table: VoucherTable, rows: readonly Element[], at: number, step: 1 | -1): FoundRow | null {
  const own = table.read(rows[at]!)
  for (let next = at + step; next >= 0 && next < rows.length; next += step) {
    const row = rows[next]!
    const reading = table.read(row)
    if (!reading || (own && isSameVoucher(reading, own))) continue
    return { row, reading, identity: identityOf(reading) }
  }
  return null
}

/** Two rows of one voucher: same number, and nothing that says another one. */
export function isSameVoucher(a: RowReading, b: RowReading): boolean {
  return a.series === b.series && a.number === b.number && a.year === b.year && a.date === b.date
}

function identityOfRow(table: VoucherTable, row: Element): string | null {
  const reading = table.read(row)
  return reading && identityOf(reading)
}

/** Long tables stand in the document's order; the few rows of a virtualised one may stand in any. */
function inOrder(table: VoucherTable): Element[] {
  table.changed()
  const { rows } = table
  if (rows.length > 300) return rows
  return rows
    .map((row) => ({ row, rect: boxOf(row) }))
    .filter(({ rect }) => rect.height > 0)
    .sort((a, b) => a.rect.top - b.rect.top)
    .map(({ row }) => row)
}

/** The neighbours' rows nearest first, as far as they exist now. */
export function around(table: VoucherTable, row: Element, reading: RowReading, count: number): RowReading[] {
  const rows = inOrder(table)
  const at = rows.indexOf(row)
  if (at < 0) return []
  const found: RowReading[] = []
  for (let distance = 1; found.length < count && distance < count * 4; distance++) {
    for (const next of [rows[at + distance], rows[at - distance]]) {
      const other = next && table.read(next)
      if (other && !isSameVoucher(other, reading) && !found.some((one) => isSameVoucher(one, other)))
        found.push(other)
    }
  }
  return found.slice(0, count)
}

/** Two frames: the page's own scroll handler has drawn, and so has what it asked for. */
export function settled(table: VoucherTable): Promise<void> {
  const view = table.grid.root.ownerDocument.defaultView ?? window
  return new Promise((resolve) => {
    view.requestAnimationFrame(() => view.requestAnimationFrame(() => setTimeout(resolve, 30)))
  })
}
