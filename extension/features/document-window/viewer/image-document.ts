import { UnderlagError } from '../../../../shared/errors.ts'
import { declaredSize, type SniffedType } from '../../../lib/magic.ts'
import { limits } from './limits.ts'
import type { OpenDocument, Rotation } from './open-document.ts'

/** The part of a picture that has its declared size: a phone's JPEG may carry 64 kB of notes and a preview before it. */
const headLength = 1_000_000

/**
 * Opens a picture as a document of one page. The size it declares is checked before anything is decoded: a file of a
 * few kB can declare a picture of many GB.
 *
 * @throws `document_too_large`, `document_too_complex` (too many pixels), `document_broken`
 */
export async function openImage(blob: Blob): Promise<OpenDocument> {
  if (blob.size > limits.bytes) throw new UnderlagError('document_too_large', { bytes: blob.size })
  const head = new Uint8Array(await blob.slice(0, headLength).arrayBuffer())
  const declared = declaredSize(blob.type as SniffedType, head)
  if (!declared || declared.width < 1 || declared.height < 1) throw new UnderlagError('document_broken')
  const { width, height } = declared
  if (width * height > limits.imagePixels || Math.max(width, height) > limits.imageSide) {
    throw new UnderlagError('document_too_complex', { pixels: width * height })
  }
  try {
    return new ImageDocument(await createImageBitmap(blob))
  } catch (cause) {
    throw new UnderlagError('document_broken', {}, { cause })
  }
}

class ImageDocument implements OpenDocument {
  readonly kind = 'image'
  readonly pages = 1
  readonly shownPages = 1
  readonly #bitmap: ImageBitmap

  constructor(bitmap: ImageBitmap) {
    this.#bitmap = bitmap
  }

  async size() {
    return { width: this.#bitmap.width, height: this.#bitmap.height }
  }

  draw(_page: number, canvas: HTMLCanvasElement, _scale: number, rotation: Rotation) {
    drawTurned(canvas, this.#bitmap, rotation)
    return { done: Promise.resolve(), cancel: () => {} }
  }

  async text() {
    return null
  }

  async layText() {}

  close(): void {
    this.#bitmap.close()
  }
}

/** Fills the canvas with the picture, turned. */
export function drawTurned(canvas: HTMLCanvasElement, bitmap: ImageBitmap, rotation: Rotation): void {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new UnderlagError('document_too_complex')
  const { width, height } = canvas
  const [w, h] = rotation % 180 === 0 ? [width, height] : [height, width]
  context.imageSmoothingQuality = 'high'
  context.setTransform(1, 0, 0, 1, width / 2, height / 2)
  context.rotate((rotation * Math.PI) / 180)
  context.fillStyle = 'white'
  context.fillRect(-w / 2, -h / 2, w, h)
  context.drawImage(bitmap, -w / 2, -h / 2, w, h)
  context.setTransform(1, 0, 0, 1, 0, 0)
}
