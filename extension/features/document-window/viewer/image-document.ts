import { UnderlagError } from '../../../../shared/errors.ts'
import { bytesOf } from '../../../lib/blob.ts'
import { declaredSize, type SniffedType } from '../../../lib/magic.ts'
import { limits } from './limits.ts'
import type { Drawing, OpenDocument, PageSize, Rotation } from './open-document.ts'

/** A picture is first decoded to this many pixels or more; a phone's 12 million at a quarter of its width. */
const firstPixels = 700_000

/**
 * Opens a picture as a document of one page. The size it declares is checked before anything is decoded: a file of a
 * few kB can declare a picture of many GB. It is decoded no larger than needed to be drawn.
 *
 * @throws `document_too_complex` (too many pixels), `document_broken`
 */
export async function openImage(blob: Blob): Promise<OpenDocument> {
  const bytes = await bytesOf(blob)
  const declared = declaredSize(blob.type as SniffedType, bytes)
  if (!declared || declared.width < 1 || declared.height < 1) throw new UnderlagError('document_broken')
  const { width, height } = declared
  if (width * height > limits.imagePixels || Math.max(width, height) > limits.imageSide) {
    throw new UnderlagError('document_too_complex', { pixels: width * height })
  }
  try {
    const power = Math.max(0, Math.floor(Math.log2(Math.sqrt((width * height) / firstPixels))))
    const first = await decode(blob, bytes, declared, power)
    // The camera's orientation is applied by the decoder: only then is it known which side is up.
    const isTurned = first.width > first.height !== width > height
    return new ImageDocument(
      blob,
      declared,
      isTurned ? { width: height, height: width } : declared,
      power,
      first,
    )
  } catch (cause) {
    throw cause instanceof UnderlagError ? cause : new UnderlagError('document_broken', {}, { cause })
  }
}

/** Decodes a picture at `1 / 2 ** power` of its size; a JPEG decoder skips most of the work then. */
async function decode(
  blob: Blob,
  bytes: Uint8Array<ArrayBuffer> | null,
  { width, height }: PageSize,
  power: number,
): Promise<ImageBitmap> {
  // Only a secure page has ImageDecoder, and the frame may stand in one that is not.
  if (power === 0 || blob.type !== 'image/jpeg' || typeof ImageDecoder === 'undefined') {
    return createImageBitmap(blob)
  }
  const decoder = new ImageDecoder({
    type: blob.type,
    data: bytes ?? (await bytesOf(blob)),
    preferAnimation: false,
    desiredWidth: Math.ceil(width / 2 ** power),
    desiredHeight: Math.ceil(height / 2 ** power),
  })
  try {
    const { image } = await decoder.decode()
    try {
      return await createImageBitmap(image)
    } finally {
      image.close()
    }
  } finally {
    decoder.close()
  }
}

class ImageDocument implements OpenDocument {
  readonly kind = 'image'
  readonly pages = 1
  readonly shownPages = 1
  readonly firstPixels = limits.coarsePixels
  readonly #blob: Blob
  readonly #declared: PageSize
  readonly #size: PageSize
  #power: number
  #bitmap: ImageBitmap
  #isClosed = false

  constructor(blob: Blob, declared: PageSize, size: PageSize, power: number, bitmap: ImageBitmap) {
    this.#blob = blob
    this.#declared = declared
    this.#size = size
    this.#power = power
    this.#bitmap = bitmap
  }

  async size(): Promise<PageSize> {
    return this.#size
  }

  draw(_page: number, canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Drawing {
    return { done: this.#draw(canvas, scale, rotation), cancel: () => {} }
  }

  async #draw(canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Promise<void> {
    const isTooSmall = this.#power > 0 && scale > 1.3 / 2 ** this.#power
    if (isTooSmall) {
      const power = Math.max(0, Math.floor(Math.log2(1.3 / scale)))
      const sharper = await decode(this.#blob, null, this.#declared, power)
      if (this.#isClosed) return sharper.close()
      this.#bitmap.close()
      this.#bitmap = sharper
      this.#power = power
    }
    drawTurned(canvas, this.#bitmap, this.#size.width * scale, this.#size.height * scale, rotation)
  }

  async text() {
    return null
  }

  async layText() {}

  close(): void {
    this.#isClosed = true
    this.#bitmap.close()
  }
}

/** Draws the picture `w` by `h` pixels large, turned, its upper left corner in the canvas's. */
function drawTurned(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  w: number,
  h: number,
  rotation: Rotation,
): void {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new UnderlagError('document_too_complex')
  const [width, height] = rotation % 180 === 0 ? [w, h] : [h, w]
  context.imageSmoothingQuality = 'medium'
  context.setTransform(1, 0, 0, 1, width / 2, height / 2)
  context.rotate((rotation * Math.PI) / 180)
  context.fillStyle = 'white'
  context.fillRect(-w / 2, -h / 2, w, h)
  context.drawImage(bitmap, -w / 2, -h / 2, w, h)
  context.setTransform(1, 0, 0, 1, 0, 0)
}
