import type { PagePicture } from '../../../lib/protocol.ts'
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
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.85))
  if (!blob) throw new Error('the picture could not be encoded')
  return { bytes: await blob.arrayBuffer(), ...size, pages: document.pages }
}

/** A kept picture, ready to be drawn. The caller closes it. */
export async function decodePicture({ bytes }: PagePicture): Promise<ImageBitmap | VideoFrame> {
  // Only a secure page has ImageDecoder, and the frame may stand in one that is not.
  if (typeof ImageDecoder === 'undefined') return createImageBitmap(new Blob([bytes], { type }))
  const decoder = new ImageDecoder({ type, data: bytes, preferAnimation: false })
  try {
    return (await decoder.decode()).image
  } finally {
    decoder.close()
  }
}
