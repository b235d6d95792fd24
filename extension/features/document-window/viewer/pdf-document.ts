import type { PageText } from '../../amount-finder/index.ts'
import { limits } from './limits.ts'
import type { Drawing, OpenDocument, PageSize, Rotation } from './open-document.ts'
import { PdfFile } from './pdf-file.ts'
import type { PdfLane } from './pdf-lane.ts'

/** The lane that draws first, and the one that draws large. */
export interface PdfLanes {
  coarse: PdfLane
  sharp(): PdfLane
}

/**
 * A PDF that is drawn twice over: a page up to some 2 million pixels by a lane that decodes its pictures small, which
 * shows a 300-dpi scan in a sixth of the time; larger ones by a lane that decodes them whole, started when needed.
 */
export async function openPdf(lanes: PdfLanes, blob: Blob, password?: string): Promise<OpenDocument> {
  const coarse = await PdfFile.open(lanes.coarse, blob, password)
  try {
    await coarse.size(1)
  } catch (error) {
    coarse.close()
    throw error
  }
  return new PdfDocument(coarse, () => PdfFile.open(lanes.sharp(), blob, password))
}

class PdfDocument implements OpenDocument {
  readonly kind = 'pdf'
  readonly pages: number
  readonly shownPages: number
  readonly #coarse: PdfFile
  readonly #openSharp: () => Promise<PdfFile>
  #sharp: Promise<PdfFile> | null = null

  constructor(coarse: PdfFile, openSharp: () => Promise<PdfFile>) {
    this.#coarse = coarse
    this.#openSharp = openSharp
    this.pages = coarse.pages
    this.shownPages = Math.min(coarse.pages, limits.pages)
  }

  size(page: number): Promise<PageSize> {
    return this.#coarse.size(page)
  }

  draw(page: number, canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Drawing {
    const abort = new AbortController()
    const draw = async () => {
      const isLarge = canvas.width * canvas.height > limits.coarsePixels * 1.05
      if (isLarge) this.#sharp ??= this.#openSharp()
      const file = isLarge ? await this.#sharp! : this.#coarse
      await file.draw(page, canvas, scale, rotation, abort.signal)
    }
    return { done: draw(), cancel: () => abort.abort() }
  }

  text(page: number): Promise<PageText> {
    return this.#coarse.text(page)
  }

  layText(page: number, container: HTMLElement, rotation: Rotation): Promise<void> {
    return this.#coarse.layText(page, container, rotation)
  }

  close(): void {
    this.#coarse.close()
    this.#sharp?.then((file) => file.close()).catch(() => {})
  }
}
