import { encode } from './viewer/encode.ts'
import { canvasSize, type OpenDocument, type Rotation } from './viewer/open-document.ts'

/** 150 dots per inch: legible on paper, and a page of some 2 million pixels. */
const printScale = 150 / 96
const printPixels = 6_000_000
const mostPages = 100

/**
 * Draws the pages beside the window (`#print`, seen on paper only) and opens the browser's print dialog.
 *
 * @returns how many pages were printed: the first ones, where there are a great many
 */
export async function printDocument(opened: OpenDocument, rotation: Rotation): Promise<number> {
  const sheet = document.createElement('div')
  sheet.id = 'print'
  const urls: string[] = []
  try {
    const pages = Math.min(opened.shownPages, mostPages)
    for (let page = 1; page <= pages; page++) {
      const size = await opened.size(page)
      const canvas = document.createElement('canvas')
      const wanted = canvasSize(size, printScale, rotation, printPixels)
      canvas.width = wanted.width
      canvas.height = wanted.height
      await opened.draw(page, canvas, wanted.scale, rotation).done
      const bytes = await encode(await createImageBitmap(canvas), 'image/png')
      const image = new Image()
      image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }))
      urls.push(image.src)
      await image.decode()
      sheet.append(image)
    }
    document.body.append(sheet)
    window.print()
    return pages
  } finally {
    sheet.remove()
    for (const url of urls) URL.revokeObjectURL(url)
  }
}
