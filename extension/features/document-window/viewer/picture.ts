import type { PagePicture } from '../../../lib/protocol.ts'
import { encode } from './encode.ts'
import { canvasSize, type OpenDocument } from './open-document.ts'

/** Sharp enough to read until the page itself is drawn, small enough to decode in a few ms. */
const pictureWidth = 840
const picturePixels = 1_100_000
const type = 'image/jpeg'

/** Draws page 1 as a small picture, unturned. */
export async function drawPicture(document: OpenDocument): Promise<Omit<PagePicture, 'document'>> {
  const size = await document.size(1)
  const canvas = window.document.createElement('canvas')
  const wanted = canvasSize(size, Math.min(2, pictureWidth / size.width), 0, picturePixels)
  canvas.width = wanted.width
  canvas.height = wanted.height
  await document.draw(1, canvas, wanted.scale, 0).done
  const bytes = await encode(await createImageBitmap(canvas), type, 0.85)
  return { bytes, ...size, pages: document.pages }
}

const decoded = new WeakMap<PagePicture, Promise<HTMLImageElement>>()

/**
 * A kept picture as an element whose pixels are ready: it is on the screen with the next frame, and nothing of it is
 * copied on the page's own thread, as a canvas would be. Decoded once however often it is asked for.
 */
export function decodePicture(picture: PagePicture): Promise<HTMLImageElement> {
  let decoding = decoded.get(picture)
  if (!decoding) {
    decoding = decode(picture)
    decoded.set(picture, decoding)
  }
  return decoding
}

async function decode({ bytes }: PagePicture): Promise<HTMLImageElement> {
  const image = new Image()
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  image.alt = ''
  image.src = url
  try {
    await image.decode()
  } finally {
    URL.revokeObjectURL(url)
  }
  return image
}
