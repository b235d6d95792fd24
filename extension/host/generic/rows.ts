import { isKnownHeader, isVoucherHeader } from './columns.ts'
import { cellBelow, type Grid } from './grid.ts'
import { headerText } from './text.ts'

/**
 * A table made of plain elements, known by a header: `word` stands over vouchers, and beside it in the same row stand
 * other headers. The rows are looked for after it.
 */
export function rowsGrid(word: Element): Grid | null {
  const headerRow = headerRowAround(word)
  return headerRow && rowsBelow(headerRow)
}

/** As {@link rowsGrid}, where the row of headers is known. */
export function rowsBelow(headerRow: Element): Grid | null {
  const headers = [...headerRow.children]
  const body = bodyAfter(headerRow, headers)
  if (!body) return null
  const { container, root } = body
  return {
    kind: 'rows',
    root,
    headers: () => headers,
    rows: () => [...container.children].filter((row) => row !== headerRow && cellsOf(row).length > 1),
    cell(row, column) {
      const cells = cellsOf(row)
      return cells.length === headers.length ? cells[column]! : cellBelow(headers[column] ?? null, cells)
    },
  }
}

/** The nearest element around `word` with several headers as its children: beside a word may stand an icon or a handle. */
function headerRowAround(word: Element): Element | null {
  let around = word.parentElement
  for (let level = 0; around && level < 8; level++, around = around.parentElement) {
    if (around.childElementCount < 2) continue
    if (around.childElementCount > 40 || ![...around.children].every(isSmall)) return null
    const texts = [...around.children].map(headerText)
    if (texts.some((text) => text.length > 60)) return null
    if (texts.filter(isKnownHeader).length >= 2) return around
  }
  return null
}

/** No more elements than a header may have, so that no long text is read on the way up. */
function isSmall(element: Element): boolean {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_ELEMENT)
  let count = 0
  while (count < 20 && walker.nextNode()) count++
  return count < 20
}

/** True for an element that may be such a header: a leaf with a voucher's word. */
export function isHeaderLeaf(element: Element): boolean {
  if (element.childElementCount > 0) return false
  const text = element.textContent ?? ''
  return text.length > 1 && text.length < 40 && isVoucherHeader(text)
}

/** A row's cells, below any wrappers with one child. */
function cellsOf(row: Element): Element[] {
  let inner = row
  while (inner.childElementCount === 1) inner = inner.firstElementChild!
  return [...inner.children]
}

/** The parent of the rows: the first element after the header row whose children have cells below the headers. */
function bodyAfter(
  headerRow: Element,
  headers: readonly Element[],
): { container: Element; root: Element } | null {
  let around: Element | null = headerRow
  for (let level = 0; around && level < 6; level++, around = around.parentElement) {
    let next: Element | null = around.nextElementSibling
    for (let tried = 0; next && tried < 3; tried++, next = next.nextElementSibling) {
      const row = firstRow(next, headers)
      if (!row) continue
      const root = around.parentElement ?? next
      let container = row.parentElement ?? root
      // A list that wraps each row once more: the rows are the wrappers.
      while (container.childElementCount === 1 && container !== root) container = container.parentElement!
      return { container, root }
    }
  }
  return null
}

function firstRow(within: Element, headers: readonly Element[]): Element | null {
  const queue = [within]
  for (let looked = 0; queue.length > 0 && looked < 60; looked++) {
    const element = queue.shift()!
    // A table's rows are found from the table.
    if (element.localName === 'table') continue
    if (isRow(element, headers)) return element
    queue.push(...[...element.children].slice(0, 6))
  }
  return null
}

function isRow(element: Element, headers: readonly Element[]): boolean {
  const { children } = element
  if (children.length < 2 || Math.abs(children.length - headers.length) > headers.length / 2) return false
  // Each its own: one wide element lies below all of them.
  const below = new Set(headers.map((header) => cellBelow(header, children)))
  below.delete(null)
  return below.size >= Math.max(2, Math.ceil(headers.length / 2))
}
