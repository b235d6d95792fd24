import * as pdfjs from 'pdfjs-dist'
import { UnderlagError } from '../../../../shared/errors.ts'
import { bytesOf } from '../../../lib/blob.ts'
import type { PageText, TextItem } from '../../amount-finder/page-text.ts'
import { limits } from './limits.ts'
import type { PageSize, Rotation } from './open-document.ts'
import { PdfAssets } from './pdf-assets.ts'
import { PdfCanvases, speedUp } from './pdf-canvases.ts'
import { LaneRestarted, type PdfLane } from './pdf-lane.ts'

/** PDF points to CSS pixels. */
const cssPixels = 96 / 72
const assets = new URL('/pdfjs/', location.href).href

type Page = pdfjs.PDFPageProxy
type TextContent = Awaited<ReturnType<Page['getTextContent']>>

/**
 * A PDF open in one lane. pdf.js runs no script of the document (its scripting engine is not shipped), no XFA, and no
 * links are laid over the page. Every call throws an `UnderlagError`.
 */
export class PdfFile {
  readonly pages: number
  readonly #lane: PdfLane
  readonly #task: pdfjs.PDFDocumentLoadingTask
  readonly #document: pdfjs.PDFDocumentProxy
  readonly #texts = new Map<number, Promise<{ content: TextContent; text: PageText }>>()
  readonly #closed = new AbortController()
  #itemsLeft: number = limits.textItems
  #drawings = 0

  private constructor(lane: PdfLane, task: pdfjs.PDFDocumentLoadingTask, document: pdfjs.PDFDocumentProxy) {
    this.#lane = lane
    this.#task = task
    this.#document = document
    this.pages = document.numPages
  }

  /**
   * @param closed the document is not wanted any more: the lane is free for the next document, or is started over. Rejects with an `AbortError`
   * @throws `document_encrypted` (data `wrong`: the given password is not right), `document_broken`, `document_too_complex`
   */
  static async open(
    lane: PdfLane,
    blob: Blob,
    password?: string,
    closed: AbortSignal = new AbortController().signal,
  ): Promise<PdfFile> {
    const data = await bytesOf(blob)
    closed.throwIfAborted()
    pdfjs.GlobalWorkerOptions.rendererPorts = lane.rendererPorts
    const task = pdfjs.getDocument({
      data,
      ...(password === undefined ? {} : { password }),
      worker: lane.worker,
      enableXfa: false,
      maxImageSize: limits.imagePixels,
      canvasMaxAreaInBytes: lane.imagePixels * 4,
      BinaryDataFactory: PdfAssets,
      CanvasFactory: PdfCanvases,
      cMapUrl: `${assets}cmaps/`,
      standardFontDataUrl: `${assets}standard_fonts/`,
      wasmUrl: `${assets}wasm/`,
      iccUrl: `${assets}iccs/`,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    })
    try {
      return new PdfFile(lane, task, await lane.within(limits.openMs, task.promise, closed))
    } catch (cause) {
      void lane.release(task.destroy(), false)
      if (cause instanceof LaneRestarted) return PdfFile.open(lane, blob, password, closed)
      throw errorOf(cause, password !== undefined)
    }
  }

  async #page(page: number): Promise<Page> {
    return this.#within(limits.openMs, this.#document.getPage(page))
  }

  #within<T>(ms: number, work: Promise<T>): Promise<T> {
    return this.#lane.within(ms, work, this.#closed.signal)
  }

  async size(page: number): Promise<PageSize> {
    try {
      const { width, height } = (await this.#page(page)).getViewport({ scale: cssPixels })
      if (!(width > 0 && height > 0 && width < 1e6 && height < 1e6))
        throw new UnderlagError('document_broken')
      return { width, height }
    } catch (cause) {
      throw errorOf(cause)
    }
  }

  /** @param signal ends the drawing: rejects with an `AbortError` */
  async draw(
    page: number,
    canvas: HTMLCanvasElement,
    scale: number,
    rotation: Rotation,
    signal: AbortSignal,
  ): Promise<void> {
    this.#drawings++
    try {
      const proxy = await this.#page(page)
      signal.throwIfAborted()
      const viewport = proxy.getViewport({
        scale: scale * cssPixels,
        rotation: (proxy.rotate + rotation) % 360,
      })
      const task = proxy.render({ canvas, viewport, background: 'white' })
      speedUp(task, canvas)
      signal.addEventListener('abort', () => task.cancel(), { once: true })
      await this.#within(limits.drawMs, task.promise)
    } catch (cause) {
      signal.throwIfAborted()
      throw errorOf(cause)
    } finally {
      this.#drawings--
    }
  }

  async text(page: number): Promise<PageText> {
    return (await this.#read(page)).text
  }

  async layText(page: number, container: HTMLElement, rotation: Rotation): Promise<void> {
    const { content } = await this.#read(page)
    const proxy = await this.#page(page)
    const viewport = proxy.getViewport({ scale: 1, rotation: (proxy.rotate + rotation) % 360 })
    await new pdfjs.TextLayer({ textContentSource: content, container, viewport }).render()
  }

  #read(page: number) {
    let read = this.#texts.get(page)
    if (!read) {
      read = this.#readPage(page).catch((cause: unknown) => {
        this.#texts.delete(page)
        throw errorOf(cause)
      })
      this.#texts.set(page, read)
    }
    return read
  }

  async #readPage(page: number): Promise<{ content: TextContent; text: PageText }> {
    const proxy = await this.#page(page)
    const most = Math.min(limits.pageTextItems, this.#itemsLeft)
    const { content, capped } = await this.#within(limits.textMs, readText(proxy, most))
    this.#itemsLeft -= content.items.length
    const viewport = proxy.getViewport({ scale: 1 })
    const { width, height, transform } = viewport
    const isItem = (item: (typeof content.items)[number]): item is TextItem & typeof item => 'str' in item
    const items = [...content.items.filter(isItem), ...(await this.#fieldTexts(proxy))]
    return { content, text: { page, items, viewport: transform as number[], width, height, capped } }
  }

  /** Form fields' values are annotations, not text; they are drawn in the page all the same. */
  async #fieldTexts(proxy: Page): Promise<TextItem[]> {
    const annotations = await this.#within(limits.textMs, proxy.getAnnotations())
    return annotations.slice(0, limits.fields).flatMap((annotation: Record<string, unknown>) => {
      const { fieldValue, rect, hidden } = annotation
      if (typeof fieldValue !== 'string' || fieldValue === '' || hidden === true || !isRect(rect)) return []
      const [x, y, right, top] = rect
      const height = Math.min(12, (top - y) * 0.8)
      const width = Math.min(right - x, fieldValue.length * height * 0.55)
      return [
        { str: fieldValue, transform: [height, 0, 0, height, x, y + (top - y - height) / 2], width, height },
      ]
    })
  }

  close(): void {
    const wasDrawing = this.#drawings > 0
    this.#closed.abort(new DOMException('closed', 'AbortError'))
    void this.#lane.release(this.#task.destroy(), wasDrawing)
  }
}

function isRect(rect: unknown): rect is [number, number, number, number] {
  return Array.isArray(rect) && rect.length === 4 && rect.every((n) => Number.isFinite(n))
}

/** Reads a page's text up to `most` items and then stops the worker's stream. */
async function readText(page: Page, most: number): Promise<{ content: TextContent; capped: boolean }> {
  const content: TextContent = { items: [], styles: {}, lang: null }
  const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return { content, capped: false }
    content.lang ??= value.lang
    Object.assign(content.styles, value.styles)
    for (const item of value.items) {
      if (content.items.length >= most) {
        await reader.cancel(new DOMException('enough', 'AbortError')).catch(() => {})
        return { content, capped: true }
      }
      content.items.push(item)
    }
  }
}

function errorOf(cause: unknown, hadPassword = false): Error {
  if (cause instanceof UnderlagError) return cause
  if (cause instanceof DOMException && cause.name === 'AbortError') return cause
  if (cause instanceof pdfjs.PasswordException) {
    return new UnderlagError('document_encrypted', { wrong: hadPassword }, { cause })
  }
  return new UnderlagError('document_broken', {}, { cause })
}
