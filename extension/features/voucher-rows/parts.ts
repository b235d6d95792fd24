import { type Surroundings, surroundingsOf } from './scroller.ts'

/** Rows of one table that are moved and cut together: a grid with frozen rows or columns has several such parts. */
export interface Part {
  rows: Element[]
  surroundings: Surroundings
}

/** More parents than this are one for each row, or a table's many bodies: they lie in one part. */
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
   * @param cellOf the cell that carries the button: where columns are pinned, it decides what moves and cuts it
   */
  of(rows: readonly Element[], cellOf: (row: Element) => Element | null): readonly Part[] {
    if (rows === this.#of && this.#parts.every((part) => part.rows[0]?.isConnected)) return this.#parts
    this.#of = rows
    this.#parts = []
    for (const [parent, own] of byParent(rows)) {
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

function byParent(rows: readonly Element[]): Map<Element | null, Element[]> {
  const groups = new Map<Element | null, Element[]>()
  for (const row of rows) {
    const { parentElement } = row
    const parent = parentElement?.localName === 'tbody' ? parentElement.parentElement : parentElement
    const group = groups.get(parent)
    if (group) group.push(row)
    else if (groups.size === mostParents) return new Map([[null, [...rows]]])
    else groups.set(parent, [row])
  }
  return groups
}
