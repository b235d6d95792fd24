import { parentOf } from './scroller.ts'

/** What a button needs beside a number, px. */
const gap = 5
const width = 34

/**
 * How far from a voucher cell's left edge its table's buttons stand: after the longest number seen, so that they stand
 * in line. Null when the cells have no room for that.
 */
export class Alignment {
  #offset = 0
  #cellWidth = 0

  /** Takes the cells of one flush into account. Reads layout. */
  measure(cells: readonly Element[]): void {
    const range = cells[0]?.ownerDocument.createRange()
    if (!range) return
    const first = cells[0]!.getBoundingClientRect()
    if (Math.abs(first.width - this.#cellWidth) > 0.5) this.#offset = 0
    this.#cellWidth = first.width
    for (const cell of cells) {
      range.selectNodeContents(cell)
      const text = range.getBoundingClientRect()
      const offset = Math.ceil(text.right - cell.getBoundingClientRect().left)
      if (text.width > 0 && offset > this.#offset) this.#offset = offset
    }
  }

  /** The left edge for one cell, in the viewport's coordinates. Reads layout. */
  left(cell: Element): number {
    const rect = cell.getBoundingClientRect()
    const inLine = rect.left + this.#offset + gap
    if (inLine + width <= rect.right + 1) return inLine
    const range = cell.ownerDocument.createRange()
    range.selectNodeContents(cell)
    const text = range.getBoundingClientRect()
    if (text.right + gap + width <= rect.right + 1) return text.right + gap
    // Numbers set to the right leave room before them.
    if (text.left - gap - width >= rect.left) return text.left - gap - width
    return rect.right - width
  }
}

/**
 * True when something of the page lies over a point of the row: a sticky header, a menu, a dialog. Elements of the
 * extension are looked through. Reads layout.
 */
export function isCovered(row: Element, x: number, y: number): boolean {
  const root = row.getRootNode() as Document | ShadowRoot
  const top = root.elementsFromPoint(x, y).find((element) => element.localName !== 'underlag-ui')
  if (!top || top === row || row.contains(top) || top.contains(row)) return false
  for (let around = parentOf(row); around; around = parentOf(around)) if (around === top) return false
  // Cells of one row may stand in several elements (pinned columns): beside the row, not over it.
  const other = top.closest('[role="row"],tr')?.getBoundingClientRect()
  const own = row.getBoundingClientRect()
  return !(other && Math.abs(other.top - own.top) < 2 && Math.abs(other.bottom - own.bottom) < 2)
}
