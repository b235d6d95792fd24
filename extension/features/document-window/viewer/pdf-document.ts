import type { PageText } from '../../amount-finder/index.ts'
import { limits } from './limits.ts'
import type { Drawing, OpenDocument, PageSize, Rotation } from './open-document.ts'
import { PdfFile } from './pdf-file.ts'
import type { PdfLane } from './pdf-lane.ts'

/**
 * A PDF that is drawn as finely as is asked for: lanes decode its pictures to their own number of pixels, so that a
 * 300-dpi scan is seen in a sixth of the time. The document is opened in the first lane, in another one when a canvas
 * is larger than those before it are good for.
 *
 * @param lanes coarsest first
 */
export async function openPdf(
  lanes: readonly PdfLane[],
  blob: Blob,
  password?: string,
): Promise<OpenDocument> {
  const [lane] = lanes
  if (!lane) throw new RangeError('no lane to open the document in')
  const first = await PdfFile.open(lane, blob, password)
  try {
    await first.size(1)
  } catch (error) {
    first.close()
    throw error
  }
  return new PdfDocument(first, lanes, (lane, closed) => PdfFile.open(lane, blob, password, closed))
}

/** @param closed ends the opening */
type OpenIn = (lane: PdfLane, closed: AbortSignal) => Promise<PdfFile>

class PdfDocument implements OpenDocument {
  readonly kind = 'pdf'
  readonly pages: number
  readonly shownPages: number
  readonly firstPixels: number
  readonly #first: PdfFile
  readonly #lanes: readonly PdfLane[]
  readonly #open: OpenIn
  readonly #closed = new AbortController()
  readonly #files = new Map<PdfLane, Promise<PdfFile>>()

  constructor(first: PdfFile, lanes: readonly PdfLane[], open: OpenIn) {
    this.#first = first
    this.#lanes = lanes
    this.#open = open
    this.#files.set(lanes[0]!, Promise.resolve(first))
    this.firstPixels = lanes[0]!.imagePixels
    this.pages = first.pages
    this.shownPages = Math.min(first.pages, limits.pages)
  }

  size(page: number): Promise<PageSize> {
    return this.#first.size(page)
  }

  draw(page: number, canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Drawing {
    const abort = new AbortController()
    const draw = async () => {
      const file = await this.#fileFor(canvas.width * canvas.height)
      await file.draw(page, canvas, scale, rotation, abort.signal)
    }
    return { done: draw(), cancel: () => abort.abort() }
  }

  #fileFor(pixels: number): Promise<PdfFile> {
    const lane = this.#lanes.find(({ imagePixels }) => pixels <= imagePixels * 1.05) ?? this.#lanes.at(-1)!
    let file = this.#files.get(lane)
    if (!file) {
      file = this.#open(lane, this.#closed.signal)
      this.#files.set(lane, file)
    }
    return file
  }

  text(page: number): Promise<PageText> {
    return this.#first.text(page)
  }

  layText(page: number, container: HTMLElement, rotation: Rotation): Promise<void> {
    return this.#first.layText(page, container, rotation)
  }

  close(): void {
    this.#closed.abort(new DOMException('closed', 'AbortError'))
    for (const opening of this.#files.values()) opening.then((file) => file.close()).catch(() => {})
  }
}
