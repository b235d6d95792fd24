import { makeHost, pin, themeBehind } from '../../lib/ui/host-element.ts'
import { type Face, layerStyle, makeButton, setFace } from './button.ts'
import type { Box, Surroundings } from './scroller.ts'

/** A button to be, at a place in the viewport's coordinates. */
export interface Placed {
  key: string
  row: Element
  face: Face
  left: number
  top: number
  isSmall: boolean
  /** Covered by something of the page, or cut away. */
  hidden: boolean
}

const height = 20
const highlightMargin = 1

/**
 * The buttons of one table, in an element of its own at the document's end: absolutely placed above the rows, so that the
 * page's table is never laid out again for them. In a table that scrolls inside the page the layer is cut to what is seen.
 */
export class Layer {
  readonly host: HTMLElement
  readonly #cut: HTMLElement
  readonly #inner: HTMLElement
  readonly #highlight: HTMLElement
  readonly #buttons = new Map<string, HTMLButtonElement>()
  #scroller: HTMLElement | null = null
  #parent: Element | null = null

  readonly #document: Document

  constructor(document: Document) {
    this.#document = document
    const { host, root } = makeHost(document, layerStyle)
    this.host = host
    pin(host, { all: 'initial', position: 'absolute', left: '0', top: '0', width: '0', height: '0' })
    this.#cut = document.createElement('div')
    this.#inner = document.createElement('div')
    this.#highlight = document.createElement('i')
    this.#highlight.hidden = true
    this.#inner.append(this.#highlight)
    this.#cut.append(this.#inner)
    root.append(this.#cut)
  }

  /** Puts the layer where the table's surroundings ask for. */
  attach({ scroller, zIndex, dialog }: Surroundings, table: Element): void {
    const parent = dialog ?? this.#document.documentElement
    if (this.#parent !== parent || !this.host.isConnected) {
      parent.append(this.host)
      this.#parent = parent
      this.host.dataset.theme = themeBehind(table)
    }
    this.#scroller = scroller
    this.#cut.className = scroller ? 'cut' : ''
    if (this.host.style.zIndex !== zIndex) pin(this.host, { 'z-index': zIndex })
  }

  /** Where the layer's own coordinates begin, in the viewport's. Reads layout. */
  origin(): { x: number; y: number } {
    const { left, top } = this.#inner.getBoundingClientRect()
    return { x: left, y: top }
  }

  /** Follows the scrolling element at once; the flush after it puts right what else moved. */
  follow(): void {
    if (!this.#scroller) return
    const { scrollLeft, scrollTop } = this.#scroller
    this.#inner.style.transform = `translate(${-scrollLeft}px,${-scrollTop}px)`
  }

  /**
   * Draws the buttons, reusing those that are there. Only writes.
   *
   * @param origin what {@link origin} said in this flush
   */
  draw(placed: readonly Placed[], origin: { x: number; y: number }, box: Box, isBroken: boolean): void {
    let { x, y } = origin
    if (this.#scroller) {
      const { left, top, right, bottom } = box
      Object.assign(this.#cut.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${Math.max(0, right - left)}px`,
        height: `${Math.max(0, bottom - top)}px`,
      })
      this.follow()
      x = left - this.#scroller.scrollLeft
      y = top - this.#scroller.scrollTop
    }
    const kept = new Set<string>()
    let before: Element = this.#highlight
    for (const { key, face, left, top, isSmall, hidden } of placed) {
      kept.add(key)
      let button = this.#buttons.get(key)
      if (!button) {
        button = makeButton(this.#document)
        button.dataset.key = key
        this.#buttons.set(key, button)
      }
      setFace(button, face, isBroken)
      button.toggleAttribute('data-small', isSmall)
      const transform = `translate(${Math.round(left - x)}px,${Math.round(top - y)}px)`
      if (button.style.transform !== transform) button.style.transform = transform
      const visibility = hidden ? 'hidden' : ''
      if (button.style.visibility !== visibility && !this.#isFocused(button))
        button.style.visibility = visibility
      // Tab follows the rows: the buttons stand in their order. One that has the focus is not moved, the others are.
      if (before.nextElementSibling !== button) {
        if (this.#isFocused(button)) moveBetween(before, button)
        else before.after(button)
      }
      before = button
    }
    for (const [key, button] of this.#buttons) {
      if (kept.has(key)) continue
      if (this.#isFocused(button)) continue
      button.remove()
      this.#buttons.delete(key)
    }
  }

  #isFocused(button: Element): boolean {
    return this.host.shadowRoot?.activeElement === button
  }

  button(key: string): HTMLButtonElement | null {
    return this.#buttons.get(key) ?? null
  }

  get buttons(): Iterable<HTMLButtonElement> {
    return this.#buttons.values()
  }

  /** Frames the row whose voucher is shown, or nothing. Viewport coordinates, from the same flush as `draw`. */
  highlight(rect: DOMRect | null, origin: { x: number; y: number }, box: Box): void {
    this.#highlight.hidden = rect === null
    if (!rect) return
    const x = this.#scroller ? box.left - this.#scroller.scrollLeft : origin.x
    const y = this.#scroller ? box.top - this.#scroller.scrollTop : origin.y
    const left = Math.max(rect.left, box.left)
    const width = Math.min(rect.right, box.right) - left
    Object.assign(this.#highlight.style, {
      transform: `translate(${Math.round(left - x) + highlightMargin}px,${Math.round(rect.top - y)}px)`,
      width: `${Math.max(0, Math.round(width) - 2 * highlightMargin)}px`,
      height: `${Math.round(rect.height)}px`,
    })
  }

  remove(): void {
    this.host.remove()
    this.#buttons.clear()
  }
}

export const buttonHeight = height

/** Moves the elements between `before` and `button` after it, so that the focused `button` itself stays where it is. */
function moveBetween(before: Element, button: Element): void {
  const between: Element[] = []
  for (let next = before.nextElementSibling; next && next !== button; next = next.nextElementSibling) {
    between.push(next)
  }
  if (between.length > 0 && before.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) {
    button.after(...between)
  }
}
