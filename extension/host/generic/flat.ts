import { isKnownHeader } from './columns.ts'
import { cellBelow, type Grid } from './grid.ts'
import { headerText } from './text.ts'

/**
 * A grid by style alone: headers and cells are all children of one element that `display: grid` lays out, and nothing
 * stands for a row. The first cell of a line stands for it here.
 */
export function flatGrid(word: Element): Grid | null {
  const root = gridAround(word)
  if (!root) return null
  const width = columnsOf(root)
  const headers = [...root.children].slice(0, width)
  if (
    width < 2 ||
    root.childElementCount < 2 * width ||
    headers.filter((header) => isKnownHeader(headerText(header))).length < 2
  )
    return null
  let cells: Element[] = []
  let places = new Map<Element, number>()
  return {
    kind: 'flat',
    root,
    headers: () => headers,
    rows() {
      cells = [...root.children].slice(width)
      places = new Map(cells.flatMap((cell, at) => (at % width === 0 ? [[cell, at] as const] : [])))
      return [...places.keys()]
    },
    cell(row, column) {
      const at = places.get(row)
      const cell = at === undefined ? undefined : cells[at + column]
      // One that reaches over several columns moves those after it: what is not below its header is not its cell.
      return cell ? cellBelow(headers[column] ?? null, [cell]) : null
    },
  }
}

function gridAround(word: Element): Element | null {
  const view = word.ownerDocument.defaultView
  let around = word.parentElement
  for (let level = 0; view && around && level < 4; level++, around = around.parentElement) {
    if (around.childElementCount >= 4 && /grid$/.test(view.getComputedStyle(around).display)) return around
  }
  return null
}

function columnsOf(root: Element): number {
  const tracks = root.ownerDocument.defaultView?.getComputedStyle(root).gridTemplateColumns ?? ''
  // As laid out: one length for each column, names of lines in brackets.
  return tracks
    .replace(/\[[^\]]*\]/g, '')
    .split(' ')
    .filter((track) => track.endsWith('px')).length
}
