import { PDFDocument, StandardFonts } from 'pdf-lib'
import type { Page } from 'playwright-core'
import { scanPdf } from '../bench/document/documents.ts'

/** A one-page invoice of the given lines: what stands to the left, and the amounts to the right. */
export async function invoicePdf(
  head: string,
  title: string,
  lines: readonly (readonly [left: string, right: string])[],
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  const page = document.addPage([595.28, 841.89])
  page.drawText(head, { x: 50, y: 770, size: 20, font: bold })
  page.drawText(title, { x: 50, y: 735, size: 13, font })
  page.drawLine({ start: { x: 50, y: 718 }, end: { x: 545, y: 718 }, thickness: 0.7 })
  lines.forEach(([left, right], i) => {
    const y = 690 - 22 * i
    page.drawText(left, { x: 50, y, size: 11, font })
    page.drawText(right, { x: 545 - font.widthOfTextAtSize(right, 11), y, size: 11, font })
  })
  return document.save()
}

/** A printed invoice as a scanner at 150 dpi saves it, a little askew: a picture in a PDF, without text. */
export async function scannedPdf(
  page: Page,
  title: string,
  lines: readonly (readonly [left: string, right: string])[],
): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ([title, lines]) => {
      const canvas = new OffscreenCanvas(1240, 1754)
      const context = canvas.getContext('2d')!
      context.fillStyle = '#f3f1ec'
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.rotate(0.006)
      context.fillStyle = '#2a2a2c'
      context.font = 'bold 42px sans-serif'
      context.fillText(title, 105, 150)
      context.font = '24px sans-serif'
      lines.forEach(([left, right], i) => {
        context.fillText(left, 105, 250 + 48 * i)
        context.fillText(right, 1130 - context.measureText(right).width, 250 + 48 * i)
      })
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
      const bytes = new Uint8Array(await blob.arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    [title, lines] as const,
  )
  return scanPdf(Buffer.from(base64, 'base64'))
}
