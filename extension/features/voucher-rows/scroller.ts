/** What moves and cuts a table's rows. */
export interface Surroundings {
  /** The nearest element that scrolls up and down; null when it is the document. */
  scroller: HTMLElement | null
  /** Every ancestor that cuts what sticks out of it, nearest first. */
  clips: Element[]
  /** What the page itself puts in front counts: the z-index of the outermost stacking ancestor. */
  zIndex: string
  /** A modal dialog makes all else inert: the buttons of its rows must stand in it. */
  dialog: Element | null
}

/**
 * Looks at a row's ancestors, out through shadow roots, to its own document's edge.
 *
 * @param cell in the row: what its own stacking asks for counts too
 */
export function surroundingsOf(row: Element, cell: Element = row): Surroundings {
  const { documentElement, body } = row.ownerDocument
  const view = row.ownerDocument.defaultView ?? window
  const found: Surroundings = { scroller: null, clips: [], zIndex: 'auto', dialog: null }
  const around = parentOf(row)
  for (let element: Element | null = cell; element && element !== around; element = parentOf(element)) {
    const { zIndex } = view.getComputedStyle(element)
    if (zIndex !== 'auto') found.zIndex = zIndex
  }
  for (let element = around; element; element = parentOf(element)) {
    const style = view.getComputedStyle(element)
    if (style.zIndex !== 'auto') found.zIndex = style.zIndex
    if (element === documentElement || element === body) {
      if (
        element === body &&
        style.overflowY !== 'visible' &&
        bodyScrollsItself(body, documentElement, view)
      ) {
        found.scroller ??= body
        found.clips.push(body)
      }
      continue
    }
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible') found.clips.push(element)
    const scrolls = /auto|scroll|overlay/.test(style.overflowY) && element.scrollHeight > element.clientHeight
    if (scrolls) found.scroller ??= element as HTMLElement
    if (element.localName === 'dialog' && element.matches(':modal')) found.dialog = element
  }
  return found
}

/** `overflow` of body goes to the viewport unless the root element has its own. */
function bodyScrollsItself(body: HTMLElement, root: HTMLElement, view: Window): boolean {
  const rootOverflow = view.getComputedStyle(root).overflowY
  return rootOverflow !== 'visible' && body.scrollHeight > body.clientHeight
}

export function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot
  if (element.parentElement) return element.parentElement
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The part of the viewport in which the rows can be seen. */
export function visibleBox(surroundings: Surroundings, view: Window): Box {
  return cutBox(surroundings, { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight })
}

/** What is left of a box when everything around the rows has cut it; by itself, what the page would show if it were scrolled there. */
export function cutBox(
  { clips }: Surroundings,
  { left, top, right, bottom }: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity },
): Box {
  const box: Box = { left, top, right, bottom }
  for (const clip of clips) {
    const rect = clip.getBoundingClientRect()
    const left = rect.left + clip.clientLeft
    const top = rect.top + clip.clientTop
    box.left = Math.max(box.left, left)
    box.top = Math.max(box.top, top)
    box.right = Math.min(box.right, left + clip.clientWidth)
    box.bottom = Math.min(box.bottom, top + clip.clientHeight)
  }
  return box
}
