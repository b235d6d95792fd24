import { ourTag } from '../../lib/ui/host-element.ts'
import { parentOf } from './scroller.ts'

/** What a button needs beside a number, px; less where there is no more. */
const gap = 5
const leastGap = 2
const width = 34
/** Without its icon, where there is no room for that. */
const smallWidth = 18
/** How far a button may stick out of its cell, into the padding of the one beside it, px. */
const overhang = 10

/**
 * How far from a voucher cell's left edge its table's buttons stand: after the longest number seen, so that they stand
 * in line. Null when the cells have no room for that.
 */
export class Alignment {
  #offset = 0
  #cellWidth = 0

  /** Takes the cells of one flush into account. Reads layout. */
  measure(cells: readonly Element[]): void {
    const first = cells[0]?.getBoundingClientRect()
    if (!first) return
    if (Math.abs(first.width - this.#cellWidth) > 0.5) this.#offset = 0
    this.#cellWidth = first.width
    for (const cell of cells) {
      const text = textOf(cell)
      const offset = Math.ceil(text.right - cell.getBoundingClientRect().left)
      if (text.width > 0 && offset > this.#offset) this.#offset = offset
    }
  }

  /** The left edge for one cell, in the viewport's coordinates. Reads layout. */
  left(cell: Element): number {
    const rect = cell.getBoundingClientRect()
    const inLine = rect.left + this.#offset + gap
    return inLine + width <= rect.right + 1 ? inLine : besideText(cell)
  }
}

/** True of a left edge at which only a small button has room. */
export function isTight(left: number, cell: DOMRect): boolean {
  return left + width > cell.right + overhang
}

/** The left edge right after a text that stands by itself, in or beside its element. Reads layout. */
export function afterText(element: Element): number {
  if (/^t[dh]$/.test(element.localName)) return besideText(element)
  const most = (element.ownerDocument.defaultView?.innerWidth ?? 0) - width - gap
  return Math.min(textOf(element).right + gap, most)
}

/** One for all: as long as a range lives, every change of its document looks after it. */
let range: Range | undefined

function textOf(element: Element): DOMRect {
  range ??= element.ownerDocument.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect()
}

/** After the text in its cell, or before it; where there is no room, so that as much of it as can be stays readable. */
function besideText(cell: Element): number {
  const rect = cell.getBoundingClientRect()
  const text = textOf(cell)
  if (text.right + gap + width <= rect.right + 1) return text.right + gap
  // Numbers set to the right leave room before them.
  if (text.left - gap - width >= rect.left) return text.left - gap - width
  const before = text.left - leastGap - width
  const after = text.right + leastGap
  if (after + width <= rect.right + overhang) return after
  if (before >= rect.left - overhang) return before
  if (after + smallWidth <= rect.right + overhang) return after
  return text.right - rect.left > rect.right - text.left ? rect.left - overhang : rect.right - width
}

/** A row in view and the point of it that must be seen for its button to be shown. */
export interface Point {
  row: Element
  cell: Element
  x: number
  y: number
}

/**
 * Which of the rows in view, in their order, lie under something of the page: a sticky header, a menu, a dialog. A hit
 * test in a long table is dear, so rows are tried from both ends inwards until one is free; what is between is taken to be
 * free as well when its middle is. Reads layout.
 *
 * @returns the covered rows, and what the rows' own cells lie under that shows the same row: a pinned column or its copy
 */
export function coveredRows(points: readonly Point[]): { covered: Set<Element>; above: Element | null } {
  const covered = new Set<Element>()
  let above: Element | null = null
  const test = (point: Point) => {
    const over = whatCovers(point)
    const isUnder = over !== null && !isBeside(point.row, over)
    if (isUnder) covered.add(point.row)
    else above ??= over
    return isUnder
  }
  let first = 0
  let last = points.length - 1
  while (first <= last && test(points[first]!)) first++
  while (last > first && test(points[last]!)) last--
  const middles = [0.25, 0.5, 0.75].map((part) => points[Math.round(first + (last - first) * part)])
  if (middles.some((point) => point && test(point)))
    for (const point of points.slice(first, last)) test(point)
  return { covered, above }
}

function whatCovers({ row, cell, x, y }: Point): Element | null {
  const root = row.getRootNode() as Document | ShadowRoot
  let top = root.elementFromPoint(x, y)
  if (top?.localName === ourTag)
    top = root.elementsFromPoint(x, y).find(({ localName }) => localName !== ourTag) ?? null
  const isFree = !top || [row, cell].some((own) => isWithin(own, top) || isWithin(top, own))
  return isFree ? null : top
}

/** As `contains`, through shadow roots and slots. */
function isWithin(element: Element, around: Element): boolean {
  if (around.contains(element)) return true
  for (let at: Element | null = element; at; at = parentOf(at)) if (at === around) return true
  return false
}

/** Cells of one row may stand in several elements (pinned columns): beside the row, not over it. */
function isBeside(row: Element, over: Element): boolean {
  const other = over.closest('[role="row"],tr')?.getBoundingClientRect()
  const own = row.getBoundingClientRect()
  return other !== undefined && Math.abs(other.top - own.top) < 2 && Math.abs(other.bottom - own.bottom) < 2
}
