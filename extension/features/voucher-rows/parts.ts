import { type Surroundings, surroundingsOf } from './scroller.ts'

/** Rows of one table that are moved and cut together: a grid with frozen rows or columns has several such parts. */
export interface Part {
  rows: Element[]
  surroundings: Surroundings
}

/** As many parents are one for each row, or a table's many bodies. */
const mostParents = 24

/** Keeps what it saw around the rows' parents until it is told to look again. */
export class Parts {
  readonly #seen = new Map<Element | null, Surroundings>()
  #of: readonly Element[] | null = null
  #parts: Part[] = []

  /** Something on the page has changed that rows may lie in. */
  forget(): void {
    this.#seen.clear()
    this.#of = null
  }

  /**
   * @param rows the same array as long as the rows are the same
   * @param isWhole they are a table's: they lie in it together, and need not be looked at one by one
   * @param cellOf the cell that carries the button: where columns are pinned, it decides what moves and cuts it
   */
  of(rows: Element[], isWhole: boolean, cellOf: (row: Element) => Element | null): readonly Part[] {
    if (rows === this.#of && this.#parts.every((part) => part.rows[0]?.isConnected)) return this.#parts
    this.#of = rows
    this.#parts = []
    const groups = isWhole && rows.length > 0 ? new Map([[null, rows]]) : byParent(rows)
    for (const [parent, own] of groups) {
      const surroundings = this.#seen.get(parent) ?? around(own.find(cellOf) ?? own[0]!, cellOf)
      this.#seen.set(parent, surroundings)
      const same = this.#parts.find((part) => isSame(part.surroundings, surroundings))
      if (same) same.rows.push(...own)
      else this.#parts.push({ rows: own, surroundings })
    }
    return this.#parts
  }
}

/** True when rows in the two move and are cut together. */
export function isSame(a: Surroundings, b: Surroundings): boolean {
  return (
    a.scroller === b.scroller &&
    a.dialog === b.dialog &&
    a.clips.length === b.clips.length &&
    a.clips.every((clip, at) => clip === b.clips[at])
  )
}

/** What is around a row, or around the piece of it that holds the cell. */
function around(row: Element, cellOf: (row: Element) => Element | null): Surroundings {
  const cell = cellOf(row)
  if (!cell) return surroundingsOf(row)
  const piece = row.contains(cell) ? row : (cell.closest('[role="row"],tr') ?? cell)
  return surroundingsOf(piece, cell)
}

/** By parents, or by what is around those where they are many: one for each row, or a table's bodies. */
function byParent(rows: readonly Element[]): Map<Element | null, Element[]> {
  for (let level = 1; level < 6; level++) {
    const groups = new Map<Element | null, Element[]>()
    let isFew = true
    for (const row of rows) {
      const around = ancestor(row, level)
      const group = groups.get(around)
      if (group) group.push(row)
      else if (groups.size < mostParents) groups.set(around, [row])
      else {
        isFew = false
        break
      }
    }
    // Each row in a wrapper of its own says nothing of parts.
    if (isFew && (groups.size < rows.length || rows.length < 9)) return groups
  }
  return new Map([[null, [...rows]]])
}

function ancestor(row: Element, level: number): Element | null {
  let around: Element | null = row
  for (let up = 0; around && up < level; up++) around = around.parentElement
  return around
}
