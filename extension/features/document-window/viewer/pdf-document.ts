import * as pdfjs from 'pdfjs-dist'
import { UnderlagError } from '../../../../shared/errors.ts'
import type { PageText, TextItem } from '../../amount-finder/page-text.ts'
import { limits } from './limits.ts'
import type { Drawing, OpenDocument, PageSize, Rotation } from './open-document.ts'
import type { PdfLane } from './pdf-lane.ts'

/** PDF points to CSS pixels. */
const cssPixels = 96 / 72
const assets = new URL('/pdfjs/', location.href).href

type Page = pdfjs.PDFPageProxy
type TextContent = Awaited<ReturnType<Page['getTextContent']>>

/**
 * Opens a PDF in `lane`. pdf.js runs no script of the document (its scripting engine is not shipped), no XFA, and no
 * links are laid over the page.
 *
 * @throws `document_encrypted` (data `wrong`: a password was given and is not right), `document_broken`,
 * `document_too_complex`, `document_too_large`
 */
export async function openPdf(lane: PdfLane, blob: Blob, password?: string): Promise<OpenDocument> {
  if (blob.size > limits.bytes) throw new UnderlagError('document_too_large', { bytes: blob.size })
  const data = await blob.arrayBuffer()
  pdfjs.GlobalWorkerOptions.rendererPorts = lane.rendererPorts
  const task = pdfjs.getDocument({
    data,
    ...(password === undefined ? {} : { password }),
    worker: lane.worker,
    enableXfa: false,
    maxImageSize: limits.imagePixels,
    cMapUrl: `${assets}cmaps/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
    wasmUrl: `${assets}wasm/`,
    iccUrl: `${assets}iccs/`,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  try {
    const document = await lane.within(limits.openMs, task.promise)
    const opened = new PdfDocument(lane, task, document)
    await opened.size(1)
    return opened
  } catch (cause) {
    void task.destroy().catch(() => {})
    throw errorOf(cause, password !== undefined)
  }
}

class PdfDocument implements OpenDocument {
  readonly kind = 'pdf'
  readonly pages: number
  readonly shownPages: number
  readonly #lane: PdfLane
  readonly #task: pdfjs.PDFDocumentLoadingTask
  readonly #document: pdfjs.PDFDocumentProxy
  readonly #texts = new Map<number, Promise<{ content: TextContent; text: PageText }>>()
  #itemsLeft: number = limits.textItems

  constructor(lane: PdfLane, task: pdfjs.PDFDocumentLoadingTask, document: pdfjs.PDFDocumentProxy) {
    this.#lane = lane
    this.#task = task
    this.#document = document
    this.pages = document.numPages
    this.shownPages = Math.min(document.numPages, limits.pages)
  }

  #page(page: number): Promise<Page> {
    return this.#lane.within(limits.openMs, this.#document.getPage(page))
  }

  async size(page: number): Promise<PageSize> {
    try {
      const { width, height } = (await this.#page(page)).getViewport({ scale: cssPixels })
      if (!(width > 0 && height > 0 && width < 1e6 && height < 1e6))
        throw new UnderlagError('document_broken')
      return { width, height }
    } catch (cause) {
      throw errorOf(cause, false)
    }
  }

  draw(page: number, canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Drawing {
    let task: pdfjs.RenderTask | null = null
    let isCancelled = false
    const draw = async () => {
      const proxy = await this.#page(page)
      if (isCancelled) throw new DOMException('cancelled', 'AbortError')
      const viewport = proxy.getViewport({
        scale: scale * cssPixels,
        rotation: (proxy.rotate + rotation) % 360,
      })
      task = proxy.render({ canvas, viewport, background: 'white' })
      await this.#lane.within(limits.drawMs, task.promise)
    }
    return {
      done: draw().catch((cause: unknown) => {
        if (isCancelled) throw new DOMException('cancelled', 'AbortError')
        throw errorOf(cause, false)
      }),
      cancel: () => {
        isCancelled = true
        task?.cancel()
      },
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
        throw errorOf(cause, false)
      })
      this.#texts.set(page, read)
    }
    return read
  }

  async #readPage(page: number): Promise<{ content: TextContent; text: PageText }> {
    const proxy = await this.#page(page)
    const { content, capped } = await this.#lane.within(
      limits.textMs,
      readText(proxy, Math.min(limits.pageTextItems, this.#itemsLeft)),
    )
    this.#itemsLeft -= content.items.length
    const viewport = proxy.getViewport({ scale: 1 })
    const { width, height, transform } = viewport
    const items = content.items.filter(
      (item): item is TextItem & (typeof content.items)[number] => 'str' in item,
    )
    return { content, text: { page, items, viewport: transform as number[], width, height, capped } }
  }

  close(): void {
    void this.#task.destroy().catch(() => {})
  }
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

function errorOf(cause: unknown, hadPassword: boolean): UnderlagError {
  if (cause instanceof UnderlagError) return cause
  if (cause instanceof pdfjs.PasswordException) {
    return new UnderlagError('document_encrypted', { wrong: hadPassword }, { cause })
  }
  return new UnderlagError('document_broken', {}, { cause })
}
