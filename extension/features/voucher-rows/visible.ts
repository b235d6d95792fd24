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
      const rect = row.getBoundingClientRect()
      if (rect.height > 0 && rect.bottom > top && rect.top < bottom) placed.push({ row, rect })
    }
    return placed.sort((a, b) => a.rect.top - b.rect.top)
  }
  for (let at = firstBelow(rows, top); at < rows.length; at++) {
    const row = rows[at]!
    const rect = row.getBoundingClientRect()
    if (rect.height === 0) continue
    if (rect.top >= bottom) break
    placed.push({ row, rect })
  }
  return placed
}

/** The first row whose lower edge is below `top`. */
function firstBelow(rows: readonly Element[], top: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    let at = middle
    let rect = rows[at]!.getBoundingClientRect()
    while (rect.height === 0 && at + 1 < high) rect = rows[++at]!.getBoundingClientRect()
    if (rect.height === 0 || rect.bottom > top) high = middle
    else low = at + 1
  }
  return low
}
