/** A row and where it is, in the viewport's coordinates. */
export interface PlacedRow {
  row: Element
  rect: DOMRect
}

/** Rows up to which all are measured: virtualised tables, whose rows may stand in any order. */
const measureAll = 300

/**
 * The rows that overlap `top`–`bottom`, in the page's order. In a long table rows are taken to stand in the document's
 * order, so that few are measured; hidden ones are passed over.
 */
export function rowsBetween(rows: readonly Element[], top: number, bottom: number): PlacedRow[] {
  const placed: PlacedRow[] = []
  if (rows.length <= measureAll) {
    for (const row of rows) {
      const rect = boxOf(row)
      if (rect.height > 0 && rect.bottom > top && rect.top < bottom) placed.push({ row, rect })
    }
    return placed.sort((a, b) => a.rect.top - b.rect.top)
  }
  for (let at = firstBelow(rows, top); at < rows.length; at++) {
    const row = rows[at]!
    const rect = boxOf(row)
    if (rect.height === 0) continue
    if (rect.top >= bottom) break
    placed.push({ row, rect })
  }
  return placed
}

/** Where a row is; from its first cell to its last where it has no box of its own (`display: contents`). */
export function boxOf(row: Element): DOMRect {
  const own = row.getBoundingClientRect()
  const first = own.height === 0 ? row.firstElementChild?.getBoundingClientRect() : undefined
  if (!first || first.height === 0) return own
  const { right } = row.lastElementChild!.getBoundingClientRect()
  return new DOMRect(first.left, first.top, Math.max(first.width, right - first.left), first.height)
}

/** The first row whose lower edge is below `top`. */
function firstBelow(rows: readonly Element[], top: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    let at = middle
    let rect = boxOf(rows[at]!)
    while (rect.height === 0 && at + 1 < high) rect = boxOf(rows[++at]!)
    if (rect.height === 0 || rect.bottom > top) high = middle
    else low = at + 1
  }
  return low
}
