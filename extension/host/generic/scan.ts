import { ariaGrid } from './aria.ts'
import { flatGrid } from './flat.ts'
import type { Grid } from './grid.ts'
import { isHeaderLeaf, rowsBelow, rowsGrid } from './rows.ts'
import { loneHeaderRow, tableGrid } from './table.ts'
import { textsGrid, voucherTextAt } from './texts.ts'

/** What a walk over the page found. `roots` are all trees that were walked: documents of frames and shadow roots too. */
export interface Found {
  grids: Grid[]
  roots: (Document | ShadowRoot)[]
  /** Elements of the page's own making that may get a shadow root yet: no mutation tells of that. */
  rootless: Element[]
}

/** Elements between two looks at the clock. */
const stride = 200

/**
 * Walks the page for grids, through open shadow roots and frames of the same origin. A generator: it yields now and
 * then, so that the caller can let the page breathe.
 *
 * @param isGrid whether a grid shows vouchers; its inside is not walked then
 * @param isOurs elements of the extension, which are passed by
 */
export function* scan(
  start: Document,
  isGrid: (grid: Grid) => boolean,
  isOurs: (element: Element) => boolean,
): Generator<void, Found> {
  const found: Found = { grids: [], roots: [], rootless: [] }
  const waiting: (Document | ShadowRoot)[] = [start]
  let steps = 0
  for (let root = waiting.shift(); root; root = waiting.shift()) {
    found.roots.push(root)
    const top = root.nodeType === Node.DOCUMENT_NODE ? (root as Document).documentElement : root
    if (!top) continue
    const walker = top.ownerDocument!.createTreeWalker(top, NodeFilter.SHOW_ELEMENT)
    const texts: Element[] = []
    let node: Node | null = walker.nextNode()
    while (node) {
      if (++steps % stride === 0) yield
      const element = node as Element
      const grid = isOurs(element) ? 'ours' : gridAt(element, isGrid)
      if (grid !== null && grid !== 'ours') found.grids.push(grid)
      const text = grid === null ? voucherTextAt(element) : null
      if (text) texts.push(text)
      const frame = frameDocument(element)
      if (frame) waiting.push(frame)
      if (element.shadowRoot && grid !== 'ours') waiting.push(element.shadowRoot)
      else if (grid === null && mayHost(element)) found.rootless.push(element)
      node = grid === null ? walker.nextNode() : after(walker)
    }
    // Rows made of plain elements are known by a header beside them only: what is in them has been walked.
    const loose = texts.filter((text) => !found.grids.some((grid) => grid.root.contains(text)))
    if (loose.length > 0) {
      const grid = textsGrid(
        root.nodeType === Node.DOCUMENT_NODE ? (top as Element) : (root as ShadowRoot).host,
        loose,
      )
      if (isGrid(grid)) found.grids.push(grid)
    }
  }
  return { ...found, grids: withoutNested(found.grids) }
}

function gridAt(element: Element, isGrid: (grid: Grid) => boolean): Grid | null {
  const role = element.getAttribute('role')
  let grid: Grid | null = null
  if (element.localName === 'table') {
    const headers = loneHeaderRow(element as HTMLTableElement)
    grid = headers ? rowsBelow(headers) : tableGrid(element as HTMLTableElement)
  } else if (role === 'grid' || role === 'treegrid' || role === 'table') grid = ariaGrid(element)
  else if (
    isHeaderLeaf(element) &&
    !element.closest('table,[role="grid"],[role="treegrid"],[role="table"]')
  ) {
    const rows = flatGrid(element) ?? rowsGrid(element)
    // Its own element is not its root: what is under the root has partly been walked already.
    return rows && isGrid(rows) ? rows : null
  }
  return grid && isGrid(grid) ? grid : null
}

/** An element of the page's own making, or an empty one that a script may yet draw into. */
function mayHost({ localName, firstChild }: Element): boolean {
  return (
    localName.includes('-') || (firstChild === null && /^(div|section|main|article|aside)$/.test(localName))
  )
}

/** The same-origin document of a frame; null for others, which throw or are null. */
function frameDocument(element: Element): Document | null {
  if (element.localName !== 'iframe' && element.localName !== 'frame') return null
  try {
    return (element as HTMLIFrameElement).contentDocument
  } catch {
    return null
  }
}

/** The next element that is not inside the current one. */
function after(walker: TreeWalker): Node | null {
  let next = walker.nextSibling()
  while (!next) {
    if (!walker.parentNode()) return null
    next = walker.nextSibling()
  }
  return next
}

/** Rows made of plain elements may be found twice, by two headers, or around a real table. */
function withoutNested(grids: Grid[]): Grid[] {
  return grids.filter(
    (grid, at) =>
      !grids.some(
        (other, place) =>
          other !== grid &&
          (other.root === grid.root
            ? place < at
            : grid.kind === 'rows' && grid.root.contains(other.root) && other.kind !== 'rows'),
      ),
  )
}
