import type { PagePicture } from '../../../lib/protocol.ts'
import { limits } from './limits.ts'
import { type Mark, placeMarks } from './marks.ts'
import { canvasSize, type Drawing, type OpenDocument, type PageSize, type Rotation } from './open-document.ts'
import { decodePicture } from './picture.ts'
import { nextScale, scaleFor, type Zoom } from './zoom.ts'

/** The kept picture, a first quick look, or the page as it is read. */
export type Painted = 'picture' | 'look' | 'page'

export interface ViewerEvents {
  /** Something of page 1 is on the screen. */
  onPainted(what: Painted): void
  onFailed(error: unknown): void
  /** Page, scale or zoom changed. */
  onChanged(): void
}

interface PageView {
  page: number
  element: HTMLElement
  /** The page's canvas, or its kept picture. */
  canvas: HTMLElement | null
  marks: HTMLElement
  text: HTMLElement | null
  size: PageSize
  isMeasured: boolean
  /** What the canvas was drawn for; null: nothing yet, or only the kept picture. */
  drawnAt: number | null
  /** The most pixels that the canvas could have had. */
  drawnPixels: number
  drawing: Drawing | null
  isVisible: boolean
}

/** Pages that keep their canvas. */
const mostCanvases = 8
const redrawDelay = 120
const padding = 16

/**
 * Draws a document's pages into a scrolling element: those in view and the next ones, nearest first, one at a time.
 * While a page is drawn anew for another scale its old canvas is stretched.
 */
export class Viewer {
  readonly #scroller: HTMLElement
  readonly #stack: HTMLElement
  readonly #events: ViewerEvents
  readonly #visible: IntersectionObserver
  readonly #resized: ResizeObserver
  #document: OpenDocument | null = null
  #pages: PageView[] = []
  #zoom: Zoom = 'width'
  #rotation: Rotation = 0
  #scale = 1
  #marks: Mark[] = []
  #mostPages = Number.POSITIVE_INFINITY
  #isDrawing = false
  #redraw: ReturnType<typeof setTimeout> | undefined
  #page = 1
  /** Counts what was taken away: a picture that is decoded too late is dropped. */
  #turn = 0

  constructor(scroller: HTMLElement, events: ViewerEvents) {
    this.#scroller = scroller
    this.#events = events
    this.#stack = document.createElement('div')
    this.#stack.className = 'pages'
    scroller.append(this.#stack)
    this.#visible = new IntersectionObserver((entries) => this.#seen(entries), {
      root: scroller,
      rootMargin: '75% 0px',
    })
    this.#resized = new ResizeObserver(() => this.#layOut())
    this.#resized.observe(scroller)
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true })
  }

  get zoom(): Zoom {
    return this.#zoom
  }
  get scale(): number {
    return this.#scale
  }
  get rotation(): Rotation {
    return this.#rotation
  }
  /** The page that fills most of the view. */
  get page(): number {
    return this.#page
  }

  /** Lays out page 1 with its kept picture. Does nothing once the document itself is open, or another is asked for. */
  async showPicture(picture: PagePicture, rotation: Rotation): Promise<void> {
    const turn = this.#turn
    const image = await decodePicture(picture)
    if (turn !== this.#turn || this.#document) return
    this.#rotation = rotation
    this.#makePages(1, picture)
    image.className = `turned-${rotation}`
    image.style.setProperty('--ratio', String(picture.width / picture.height))
    this.#place(this.#pages[0]!, image)
    this.#layOut()
    this.#events.onPainted('picture')
  }

  /** @param mostPages 1 in a preview */
  async open(opened: OpenDocument, rotation: Rotation, mostPages = Number.POSITIVE_INFINITY): Promise<void> {
    this.#document = opened
    this.#rotation = rotation
    this.#mostPages = mostPages
    const size = await opened.size(1).catch((error: unknown) => {
      if (this.#document === opened) this.#events.onFailed(error)
    })
    if (!size || this.#document !== opened) return
    const picture = this.#pages[0]?.canvas ?? null
    this.#makePages(Math.min(opened.shownPages, mostPages), size)
    const first = this.#pages[0]!
    if (picture) this.#place(first, picture)
    first.isMeasured = true
    first.isVisible = true
    this.#layOut()
    for (const { element } of this.#pages) this.#visible.observe(element)
    this.#draw()
  }

  /** Takes everything away. */
  clear(): void {
    this.#document = null
    this.#turn++
    this.#marks = []
    this.#makePages(0, { width: 1, height: 1 })
    this.#scroller.scrollTo(0, 0)
  }

  destroy(): void {
    this.clear()
    this.#visible.disconnect()
    this.#resized.disconnect()
    this.#stack.remove()
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom
    this.#layOut(true)
  }

  zoomBy(step: 1 | -1): void {
    this.setZoom(nextScale(this.#scale, step))
  }

  setRotation(rotation: Rotation): void {
    this.#rotation = rotation
    for (const view of this.#pages) this.#forget(view)
    this.#layOut()
    this.#draw()
  }

  setMarks(marks: Mark[]): void {
    this.#marks = marks
    for (const view of this.#pages) this.#mark(view)
  }

  goTo(page: number): void {
    this.#pages[page - 1]?.element.scrollIntoView({ block: 'start' })
  }

  /** Brings the mark that stands at this place into the middle of the view. */
  reveal({ page, x, y }: Pick<Mark, 'page' | 'x' | 'y'>): void {
    const view = this.#pages[page - 1]
    if (!view) return
    const i = this.#marks.findIndex((mark) => mark.page === page && mark.x === x && mark.y === y)
    const element = view.marks.querySelector(`[data-mark="${i}"]`) ?? view.element
    element.scrollIntoView({ block: 'center', inline: 'center' })
  }

  #makePages(count: number, size: PageSize): void {
    for (const view of this.#pages) {
      view.drawing?.cancel()
      this.#visible.unobserve(view.element)
    }
    this.#pages = Array.from({ length: count }, (_, i) => {
      const element = document.createElement('div')
      element.className = 'page'
      element.dataset.page = String(i + 1)
      const marks = document.createElement('div')
      marks.className = 'marks'
      element.append(marks)
      return {
        page: i + 1,
        element,
        canvas: null,
        marks,
        text: null,
        size: { width: size.width, height: size.height },
        isMeasured: false,
        drawnAt: null,
        drawnPixels: 0,
        drawing: null,
        isVisible: false,
      }
    })
    this.#stack.replaceChildren(...this.#pages.map(({ element }) => element))
    this.#page = 1
  }

  #layOut(keepMiddle = false): void {
    const first = this.#pages[0]
    if (!first) return
    const { clientWidth, clientHeight, scrollHeight, scrollTop } = this.#scroller
    const middle = (scrollTop + clientHeight / 2) / Math.max(1, scrollHeight)
    const width = clientWidth - 2 * padding
    const height = clientHeight - 2 * padding
    if (width <= 0 || height <= 0) return
    this.#scale = scaleFor(this.#zoom, first.size, this.#rotation, width, height)
    for (const view of this.#pages) this.#size(view)
    if (keepMiddle) {
      this.#scroller.scrollTop = middle * this.#scroller.scrollHeight - clientHeight / 2
    }
    this.#events.onChanged()
    clearTimeout(this.#redraw)
    this.#redraw = setTimeout(
      () => this.#draw(),
      this.#pages.some((view) => view.drawnAt === null) ? 0 : redrawDelay,
    )
  }

  #size({ element, size }: PageView): void {
    const [width, height] = this.#turned(size)
    element.style.width = `${Math.round(width * this.#scale)}px`
    element.style.height = `${Math.round(height * this.#scale)}px`
    element.style.setProperty('--total-scale-factor', String((this.#scale * 96) / 72))
  }

  #turned({ width, height }: PageSize): [number, number] {
    return this.#rotation % 180 === 0 ? [width, height] : [height, width]
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const view = this.#pages[Number((target as HTMLElement).dataset.page) - 1]
      if (view?.element === target) view.isVisible = isIntersecting
    }
    this.#draw()
  }

  #scrolled(): void {
    const { scrollTop, clientHeight } = this.#scroller
    const middle = scrollTop + clientHeight / 3
    const view = this.#pages.findLast(({ element }) => element.offsetTop <= middle)
    if (!view || view.page === this.#page) return
    this.#page = view.page
    this.#events.onChanged()
  }

  /** Draws what is in view and not yet drawn for this scale, one page at a time. */
  async #draw(): Promise<void> {
    if (this.#isDrawing) return
    this.#isDrawing = true
    try {
      for (;;) {
        const opened = this.#document
        const view = this.#next()
        if (!opened || !view) return
        await this.#drawPage(opened, view)
        // A quick look is seen before the page is drawn anew: two processors do not do both at once.
        if (view.drawnPixels < limits.coarsePixels) await nextPaint()
      }
    } finally {
      this.#isDrawing = false
    }
  }

  #next(): PageView | undefined {
    const wanted = this.#pages.filter((view) => view.isVisible && view.drawnAt !== this.#wantedScale())
    return wanted.sort((a, b) => Math.abs(a.page - this.#page) - Math.abs(b.page - this.#page))[0]
  }

  #wantedScale(): number {
    return this.#scale * devicePixelRatio
  }

  async #drawPage(opened: OpenDocument, view: PageView): Promise<void> {
    const scale = this.#wantedScale()
    const rotation = this.#rotation
    const isCurrent = () => this.#document === opened && this.#pages[view.page - 1] === view
    try {
      if (!view.isMeasured) {
        view.size = await opened.size(view.page)
        view.isMeasured = true
        if (!isCurrent()) return
        this.#size(view)
      }
      const canvas = document.createElement('canvas')
      // A large page is drawn coarsely first, and then again. Where its kept picture stands, a quick look adds nothing.
      const steps = [view.canvas ? 0 : opened.firstPixels, limits.coarsePixels, limits.canvasPixels]
      const most = steps.find((pixels) => pixels > view.drawnPixels) ?? limits.canvasPixels
      const wanted = canvasSize(view.size, scale, rotation, most)
      const height = Math.ceil(wanted.height * (view.canvas ? 1 : this.#inView(view)))
      const isTop = height < wanted.height
      canvas.width = wanted.width
      canvas.height = height
      canvas.style.height = `${(height / wanted.height) * 100}%`
      view.drawing = opened.draw(view.page, canvas, wanted.scale, rotation)
      await view.drawing.done
      view.drawing = null
      if (!isCurrent() || rotation !== this.#rotation) return
      this.#place(view, canvas)
      const isFinal = most === limits.canvasPixels || wanted.scale === scale
      view.drawnAt = isTop ? null : isFinal ? scale : wanted.scale
      view.drawnPixels = isTop ? 0 : most
      this.#mark(view)
      if (view.page === 1) this.#events.onPainted(view.drawnPixels < limits.coarsePixels ? 'look' : 'page')
      this.#discard()
      if (!isTop && !view.text && this.#mostPages > 1) void this.#layText(opened, view, rotation)
    } catch (error) {
      view.drawing = null
      view.drawnAt = scale
      view.drawnPixels = limits.canvasPixels
      const isCancelled = error instanceof DOMException && error.name === 'AbortError'
      if (!isCancelled && isCurrent()) this.#events.onFailed(error)
    }
  }

  /** How much of page 1 is in view from its top: what is drawn first, for pixels are what costs. 1: all, or nearly. */
  #inView({ page, element }: PageView): number {
    const { scrollTop, clientHeight } = this.#scroller
    const part = (scrollTop + clientHeight - element.offsetTop) / element.offsetHeight
    return page === 1 && part > 0 && part < 0.85 ? part : 1
  }

  async #layText(opened: OpenDocument, view: PageView, rotation: Rotation): Promise<void> {
    const text = document.createElement('div')
    text.className = 'textLayer'
    view.text = text
    try {
      await opened.layText(view.page, text, rotation)
      if (view.text === text) view.element.append(text)
    } catch {
      // The page is drawn; that its text cannot be selected is no reason to take it away.
    }
  }

  #place(view: PageView, canvas: HTMLElement): void {
    if (view.canvas) view.canvas.replaceWith(canvas)
    else view.element.prepend(canvas)
    view.canvas = canvas
    view.element.dataset.drawn = ''
  }

  /** Far pages give up their canvas: each is some 10 MB. */
  #discard(): void {
    const far = this.#pages
      .filter((view) => view.canvas && !view.isVisible)
      .sort((a, b) => Math.abs(b.page - this.#page) - Math.abs(a.page - this.#page))
    const drawn = this.#pages.filter((view) => view.canvas).length
    for (const view of far.slice(0, Math.max(0, drawn - mostCanvases))) this.#forget(view)
  }

  #forget(view: PageView): void {
    view.drawing?.cancel()
    view.canvas?.remove()
    view.text?.remove()
    view.canvas = null
    view.text = null
    view.drawnAt = null
    view.drawnPixels = 0
    delete view.element.dataset.drawn
  }

  #mark(view: PageView): void {
    placeMarks(view.marks, this.#marks, view.page, view.size, this.#rotation)
  }
}

/** Resolves once what was changed is on the screen; also in a window that is never painted. */
function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100)
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(timer)
        resolve()
      }),
    )
  })
}
