import { isKnownHeader } from './columns.ts'
import { cellBelow, type Grid } from './grid.ts'
import { cellText, headerText } from './text.ts'

/** A `<table>`. Its headers may stand in a table of their own above it, as scrolling tables have it. */
export function tableGrid(table: HTMLTableElement): Grid | null {
  const own = headerRows(table)
  const heading = own.length > 0 ? { table, rows: own } : headingAbove(table)
  if (!heading) return null
  const skip = new Set(own)
  let headers = headersOf(heading.rows)
  let last: Element | null = null
  let cells: HTMLTableCellElement[] = []
  let isPlain = false
  return {
    kind: 'table',
    root: table,
    headers() {
      headers = headersOf(heading.rows)
      last = null
      return headers
    },
    rows() {
      // By bodies: the table's own list of rows would be put together anew for ten thousand of them.
      const bodies = table.tBodies.length > 0 ? [...table.tBodies] : [table]
      const rows = bodies.flatMap((body) => Array.from(body.rows))
      return own.some((row) => row.parentElement?.localName === 'tbody')
        ? rows.filter((row) => !skip.has(row))
        : rows
    },
    cell(row, column) {
      if (row !== last) {
        last = row
        cells = [...(row as HTMLTableRowElement).cells]
        isPlain = cells.length === headers.length
      }
      if (isPlain) return cells[column] ?? null
      if (cells.reduce((sum, { colSpan }) => sum + colSpan, 0) !== headers.length) {
        return cellBelow(
          headers[column] ?? null,
          cells.filter(({ colSpan }) => colSpan === 1),
        )
      }
      let at = 0
      for (const cell of cells) {
        // A cell over several columns belongs to none of them.
        if (column < at + cell.colSpan) return cell.colSpan === 1 ? cell : null
        at += cell.colSpan
      }
      return null
    },
  }
}

/** The rows that hold headers: those of `<thead>`, else the first ones made of `<th>`, else a first row of known words. */
function headerRows(table: HTMLTableElement): HTMLTableRowElement[] {
  if (table.tHead && table.tHead.rows.length > 0) return [...table.tHead.rows].slice(0, 4)
  const [first] = table.rows
  // A row that only measures the columns' widths is none to the eye.
  if (!first || first.cells.length < 2 || first.ariaHidden === 'true') return []
  const cells = [...first.cells]
  if (cells.filter(({ localName }) => localName === 'th').length >= 2) return [first]
  return cells.filter((cell) => isKnownHeader(headerText(cell))).length >= 2 ? [first] : []
}

/** The row of headers of a table that has nothing else: its rows may stand below it as other elements. */
export function loneHeaderRow(table: HTMLTableElement): Element | null {
  const rows = headerRows(table)
  return rows.length > 0 && table.rows.length === rows.length ? rows.at(-1)! : null
}

/** The lowest header of each column. Sparse only where spans leave a hole. */
function headersOf(rows: readonly HTMLTableRowElement[]): (Element | null)[] {
  const headers: (Element | null)[] = []
  const takenUntil: number[] = []
  rows.forEach((row, line) => {
    let column = 0
    for (const cell of row.cells) {
      while ((takenUntil[column] ?? 0) > line) column++
      for (let at = 0; at < cell.colSpan; at++, column++) {
        takenUntil[column] = line + Math.max(cell.rowSpan, 1)
        // A filter row's empty cells do not take the word above them away.
        if (headers[column] == null || cellText(cell) !== '')
          headers[column] = cell.colSpan === 1 ? cell : null
      }
    }
  })
  return Array.from(headers, (header) => header ?? null)
}

/** As many headers as the row has cells; one more without a word stands over the scroll bar. */
function fits(headers: readonly (Element | null)[], width: number): boolean {
  return headers.length === width || (headers.length === width + 1 && cellText(headers[width] ?? null) === '')
}

function headingAbove(
  table: HTMLTableElement,
): { table: HTMLTableElement; rows: HTMLTableRowElement[] } | null {
  const row = [...table.rows].slice(0, 3).find(({ ariaHidden }) => ariaHidden !== 'true')
  const width = row?.cells.length ?? 0
  if (width < 2) return null
  let around = table.parentElement
  for (let level = 0; around && level < 8; level++, around = around.parentElement) {
    for (const other of around.querySelectorAll('table')) {
      if (other === table || table.contains(other) || other.rows.length > 4) continue
      const rows = headerRows(other)
      const isNear = level < 4 || (rows.length === other.rows.length && isAbove(other, table))
      if (rows.length > 0 && isNear && fits(headersOf(rows), width)) return { table: other, rows }
    }
  }
  return null
}

/** Right above: a table farther away in the document may be any other's. */
function isAbove(other: Element, table: Element): boolean {
  const [above, below] = [other.getBoundingClientRect(), table.getBoundingClientRect()]
  const { top } = (table.parentElement ?? table).getBoundingClientRect()
  return Math.abs(above.left - below.left) < 2 && above.bottom <= Math.max(top, below.top) + 2
}
