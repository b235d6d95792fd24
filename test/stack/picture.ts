import type { Page } from 'playwright-core'

/** The most that a picture may weigh, bytes. */
const heaviest = 200_000

/** A PNG of the visible page; one with a photograph in it is drawn smaller until it weighs little enough. */
export async function lightPicture(of: Page): Promise<Buffer> {
  let png = await of.screenshot({ animations: 'disabled' })
  if (png.length <= heaviest) return png
  const paper = await of.context().newPage()
  for (let scale = 0.85; png.length > heaviest && scale > 0.3; scale *= 0.85)
    png = await smaller(paper, png, scale)
  await paper.close()
  return png
}

async function smaller(paper: Page, png: Buffer, scale: number): Promise<Buffer> {
  const drawn = await paper.evaluate(
    async ([source, by]) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = Math.round(image.width * by)
      canvas.height = Math.round(image.height * by)
      const context = canvas.getContext('2d')!
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, canvas.width, canvas.height)
      return canvas.toDataURL('image/png')
    },
    [`data:image/png;base64,${png.toString('base64')}`, scale] as const,
  )
  return Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64')
}
