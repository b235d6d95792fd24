import { cellBelow, type Grid } from './grid.ts'
import { headerText } from './text.ts'

const cellRoles = '[role="gridcell"],[role="cell"],[role="rowheader"]'
const gridRoles = '[role="grid"],[role="treegrid"],[role="table"]'
/** What pieces of one row share; an id is a row's own unless the grid copies it. */
const rowIndexes = ['aria-rowindex', 'row-index', 'data-rowindex', 'id'] as const
const columnKeys = ['aria-colindex', 'col-id', 'data-field', 'data-colindex'] as const

/** A grid by its roles, as component libraries make them. A row may be cut into pieces (pinned columns). */
export function ariaGrid(root: Element): Grid | null {
  let headers = headersOf(root)
  if (headers.length < 2) return null
  /** The pieces of rows that have several. */
  let pieces = new Map<Element, Element[]>()
  let last: { row: Element; cells: Element[] } | null = null
  const cellsOf = (row: Element): Element[] => {
    if (last?.row !== row) {
      const parts = pieces.get(row) ?? [row]
      last = { row, cells: parts.flatMap((part) => [...part.querySelectorAll(cellRoles)]) }
    }
    return last.cells
  }
  return {
    kind: 'aria',
    root,
    headers() {
      headers = headersOf(root)
      last = null
      return headers
    },
    rows() {
      const rows = groupPieces(root)
      pieces = new Map([...rows].filter(([, parts]) => parts.length > 1))
      last = null
      return [...rows.keys()]
    },
    cell(row, column) {
      const header = headers[column]
      if (!header) return null
      const cells = cellsOf(row)
      for (const key of columnKeys) {
        const value = header.getAttribute(key)
        const found = value === null ? null : cells.find((cell) => cell.getAttribute(key) === value)
        if (found) return found
      }
      const isKeyed = columnKeys.some(
        (key) => header.hasAttribute(key) && cells.some((cell) => cell.hasAttribute(key)),
      )
      if (isKeyed) return null
      return cells.length === headers.length ? cells[column]! : cellBelow(header, cells)
    },
  }
}

/** The grid's own rows with cells, each with all of its pieces; the first piece stands for the row, or the copy laid over it. */
function groupPieces(root: Element): Map<Element, Element[]> {
  const byIndex = new Map<string, Element[]>()
  const rows: Element[][] = []
  for (const row of root.querySelectorAll('[role="row"]')) {
    if (!row.querySelector(cellRoles) || row.closest(gridRoles) !== root) continue
    const index = rowIndex(row)
    const pieces = index === null ? undefined : byIndex.get(index)
    if (pieces) pieces.push(row)
    else {
      const own = [row]
      rows.push(own)
      if (index !== null) byIndex.set(index, own)
    }
  }
  return new Map(
    rows.map((pieces) => {
      const ordered = pieces.length > 1 ? copiesFirst(pieces) : pieces
      return [ordered[0]!, ordered]
    }),
  )
}

/**
 * A grid that freezes rows or columns by laying copies of them over itself has the same cell in several pieces; the last
 * in the document lies uppermost. Pieces that share no cell stand as they are.
 */
function copiesFirst(pieces: Element[]): Element[] {
  const seen = new Set<string>()
  for (const piece of pieces) {
    for (const key of columnKeys) {
      const value = piece.querySelector(cellRoles)?.getAttribute(key)
      if (value == null) continue
      if (seen.has(`${key}=${value}`)) return pieces.reverse()
      seen.add(`${key}=${value}`)
      break
    }
  }
  return pieces
}

function headersOf(root: Element): Element[] {
  const headers = [...root.querySelectorAll('[role="columnheader"]')].filter(
    (header) => !isWide(header, 'colspan') && !isWide(header, 'aria-colspan'),
  )
  const index = (header: Element) => Number(header.getAttribute('aria-colindex'))
  // Several rows of headers (groups, filters): the lowest one of each column is the last in the document.
  return headers.every((header) => index(header) > 0)
    ? [...new Map(headers.map((header) => [index(header), header])).values()].sort(
        (a, b) => index(a) - index(b),
      )
    : lowest(headers)
}

function isWide(header: Element, attribute: string): boolean {
  return Number(header.getAttribute(attribute) ?? 1) > 1
}

/** Rows of headers of one length lie over each other: the lowest one with a text counts. Others lie side by side. */
function lowest(headers: readonly Element[]): Element[] {
  const rows = new Map<Element | null, Element[]>()
  for (const header of headers) {
    const row = header.closest('[role="row"]')
    rows.set(row, [...(rows.get(row) ?? []), header])
  }
  const [first = [], ...others] = rows.values()
  if (others.length === 0 || others.some(({ length }) => length !== first.length)) return [...headers]
  const { top } = first[0]!.getBoundingClientRect()
  if (others.every(([one]) => Math.abs(one!.getBoundingClientRect().top - top) < 2)) return [...headers]
  return first.map((header, at) =>
    others.reduce((above, row) => (headerText(row[at]!) === '' ? above : row[at]!), header),
  )
}

function rowIndex(row: Element): string | null {
  for (const name of rowIndexes) {
    const value = row.getAttribute(name)
    if (value !== null) return `${name}=${value}`
  }
  return null
}
