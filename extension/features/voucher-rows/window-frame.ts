import type { FrameMessage, WindowPlace } from '../../lib/protocol.ts'
import { makeHost, pin } from '../../lib/ui/host-element.ts'

const style = `
:host { all:initial }
section { position:fixed; z-index:2147483646; box-sizing:border-box; background:Canvas; border:1px solid #0003; border-radius:10px; overflow:hidden;
  box-shadow:0 2px 6px #0003,0 12px 40px #0000004d; opacity:1; transition:opacity .12s }
section[hidden] { display:block; visibility:hidden; opacity:0; pointer-events:none }
section[hidden][data-ahead] { visibility:visible; transition:none }
section.docked { border-radius:0 }
iframe { display:block; width:100%; height:100%; border:0; color-scheme:normal }
@media (prefers-reduced-motion:reduce) { section { transition:none } }
`
const least = { width: 320, height: 220 }
const preview = { width: 380, height: 460 }
const margin = 12
/** The browser gives a frame that is hidden no frames to draw in: while one may draw ahead it is only transparent, ms. */
const aheadMs = 10_000

/**
 * The document window: an extension page in a frame over the page, in a closed shadow root. It is loaded when a person
 * seems to be about to use it, stays loaded, and is shown a document by a one-time handle.
 */
export class WindowFrame {
  readonly #title: string
  readonly #origin = new URL(chrome.runtime.getURL('/')).origin
  #host: HTMLElement | null = null
  #section: HTMLElement | null = null
  #frame: HTMLIFrameElement | null = null
  #ready: Promise<void> | null = null
  #mode: 'hidden' | 'window' | 'preview' = 'hidden'
  #aheadTimer = 0
  #place: WindowPlace

  constructor(title: string, place: WindowPlace, signal: AbortSignal) {
    this.#title = title
    this.#place = place
    addEventListener('resize', () => this.#mode === 'window' && this.#layOut(), { signal })
    signal.addEventListener('abort', () => {
      clearTimeout(this.#aheadTimer)
      this.#host?.remove()
    })
  }

  get mode(): 'hidden' | 'window' | 'preview' {
    return this.#mode
  }

  /** Loads the frame, unseen, if it is not there. */
  warm(): Promise<void> {
    if (this.#ready && this.#host?.isConnected) return this.#ready
    this.#host?.remove()
    const { host, root } = makeHost(document, style, 'closed')
    const section = document.createElement('section')
    section.hidden = true
    section.ariaHidden = 'true'
    section.inert = true
    const frame = document.createElement('iframe')
    frame.title = this.#title
    frame.tabIndex = -1
    this.#ready = new Promise((resolve) => frame.addEventListener('load', () => resolve(), { once: true }))
    frame.src = chrome.runtime.getURL('/document.html')
    section.append(frame)
    root.append(section)
    pin(host, { all: 'initial' })
    document.documentElement.append(host)
    this.#host = host
    this.#section = section
    this.#frame = frame
    this.#layOut()
    return this.#ready
  }

  /** Shows what the handle stands for, as the window or as a preview beside `anchor`. */
  async show(handle: string, mode: 'window' | 'preview', anchor: DOMRect | null): Promise<void> {
    await this.warm()
    this.#mode = mode
    if (mode === 'window') this.#layOut()
    else this.#layOutPreview(anchor ?? new DOMRect(0, 0, 0, 0))
    this.#reveal(true)
    this.#post({ underlag: 'show', handle })
    if (mode === 'window') this.#frame?.focus()
  }

  /** A handle to fetch ahead with; nothing is shown. */
  async prefetch(handle: string): Promise<void> {
    await this.warm()
    const section = this.#section
    if (section) {
      section.dataset.ahead = ''
      clearTimeout(this.#aheadTimer)
      this.#aheadTimer = window.setTimeout(() => delete section.dataset.ahead, aheadMs)
    }
    this.#post({ underlag: 'show', handle })
  }

  hide(): void {
    if (this.#mode === 'hidden') return
    this.#mode = 'hidden'
    this.#reveal(false)
    this.#post({ underlag: 'hide' })
  }

  /** Where it stands from now on. */
  set place(place: WindowPlace) {
    this.#place = {
      ...place,
      width: Math.max(least.width, Math.round(place.width)),
      height: Math.max(least.height, Math.round(place.height)),
    }
    if (this.#mode === 'window') this.#layOut()
  }

  get place(): WindowPlace {
    return this.#place
  }

  #post(message: FrameMessage): void {
    this.#frame?.contentWindow?.postMessage(message, this.#origin)
  }

  #reveal(isShown: boolean): void {
    const section = this.#section
    if (!section || !this.#frame) return
    section.hidden = !isShown
    section.ariaHidden = isShown ? null : 'true'
    section.inert = !isShown
    this.#frame.tabIndex = isShown ? 0 : -1
  }

  #layOut(): void {
    const { side, width, height } = this.#place
    const w = Math.min(width, innerWidth - (side === 'float' ? 2 * margin : 80))
    const h = Math.min(height, innerHeight - (side === 'float' ? 2 * margin : 80))
    const at: Record<WindowPlace['side'], Record<string, string>> = {
      right: { inset: '0 0 0 auto', width: `${w}px`, height: '100%' },
      left: { inset: '0 auto 0 0', width: `${w}px`, height: '100%' },
      bottom: { inset: 'auto 0 0 0', width: '100%', height: `${h}px` },
      float: { inset: `${margin}px auto auto ${margin}px`, width: `${w}px`, height: `${h}px` },
    }
    this.#section!.className = side === 'float' ? '' : 'docked'
    Object.assign(this.#section!.style, at[side])
  }

  /** Beside the button, on the side with more room, inside the viewport. */
  #layOutPreview(anchor: DOMRect): void {
    const width = Math.min(preview.width, innerWidth - 2 * margin)
    const height = Math.min(preview.height, innerHeight - 2 * margin)
    const fitsRight = anchor.right + margin + width <= innerWidth
    const left = fitsRight ? anchor.right + margin : Math.max(margin, anchor.left - margin - width)
    const top = Math.min(Math.max(margin, anchor.top - height / 3), innerHeight - margin - height)
    this.#section!.className = ''
    Object.assign(this.#section!.style, {
      inset: `${top}px auto auto ${left}px`,
      width: `${width}px`,
      height: `${height}px`,
    })
  }
}
