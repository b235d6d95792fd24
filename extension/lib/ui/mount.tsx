import { type ComponentChild, render } from 'preact'
import { isOurs, makeHost, themeBehind } from './host-element.ts'
import { kitStyle } from './kit.css.ts'

/** A piece of interface in the page, in an element of its own. */
export class Mount {
  #host: HTMLElement | null = null
  #root: ShadowRoot | null = null

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.remove())
  }

  /** Draws, and puts the element where it belongs: after `place`, or as its last child. Pages redraw; this is cheap when all is well. */
  draw(child: ComponentChild, place: Element, where: 'after' | 'last'): void {
    if (!this.#host) {
      const { host, root } = makeHost(place.ownerDocument, kitStyle)
      this.#host = host
      this.#root = root
    }
    const host = this.#host
    const isThere = where === 'after' ? ours(place.nextElementSibling) === host : host.parentElement === place
    if (!isThere) {
      if (where === 'after') place.after(host)
      else place.append(host)
      host.dataset.theme = themeBehind(place)
    }
    render(child, this.#root!)
  }

  remove(): void {
    if (!this.#host) return
    render(null, this.#root!)
    this.#host.remove()
    this.#host = null
    this.#root = null
  }
}

function ours(element: Element | null): Element | null {
  return element && isOurs(element) ? element : null
}
