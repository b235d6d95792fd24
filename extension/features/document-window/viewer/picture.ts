import type { PagePicture } from '../../../lib/protocol.ts'
import { canvasSize, type OpenDocument } from './open-document.ts'

/** Sharp enough to read until the page itself is drawn, small enough to decode in a few ms. */
const pictureWidth = 1000
const picturePixels = 1_600_000

/** Draws page 1 as a small picture, unturned. */
export async function drawPicture(document: OpenDocument): Promise<Omit<PagePicture, 'document'>> {
  const size = await document.size(1)
  const canvas = window.document.createElement('canvas')
  const wanted = canvasSize(size, Math.min(2, pictureWidth / size.width), 0, picturePixels)
  canvas.width = wanted.width
  canvas.height = wanted.height
  await document.draw(1, canvas, wanted.scale, 0).done
  return { ...(await pictureOf(canvas)), ...size, pages: document.pages }
}

/** A drawn page's canvas as a picture; one drawn larger than needed is drawn down. */
async function pictureOf(canvas: HTMLCanvasElement): Promise<{ blob: Blob }> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  if (!blob) throw new Error('the picture could not be encoded')
  return { blob }
}
