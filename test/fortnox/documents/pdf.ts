/** Prints a `Paper` as a one-page PDF with real text. The same paper gives the same bytes. */

import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib'
import { swedishKronor } from '../numbers.ts'
import { type Paper, paperTitle } from './paper.ts'

const ink = rgb(0.1, 0.12, 0.16)
const faint = rgb(0.45, 0.48, 0.53)

/** Only what the standard fonts can draw (WinAnsi); the rest becomes `?`. */
function drawable(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff€–—’”•]/g, '?')
}

class Sheet {
  private readonly page: PDFPage
  private readonly regular: PDFFont
  private readonly bold: PDFFont

  constructor(page: PDFPage, regular: PDFFont, bold: PDFFont) {
    this.page = page
    this.regular = regular
    this.bold = bold
  }

  text(
    x: number,
    y: number,
    text: string,
    options: { size?: number; bold?: boolean; faint?: boolean } = {},
  ): void {
    this.page.drawText(drawable(text), {
      x,
      y,
      size: options.size ?? 10,
      font: options.bold ? this.bold : this.regular,
      color: options.faint ? faint : ink,
    })
  }

  /** Text that ends at `x`. */
  right(x: number, y: number, text: string, options: { size?: number; bold?: boolean } = {}): void {
    const font = options.bold ? this.bold : this.regular
    this.text(x - font.widthOfTextAtSize(drawable(text), options.size ?? 10), y, text, options)
  }

  rule(y: number, thickness = 0.6): void {
    this.page.drawLine({ start: { x: 56, y }, end: { x: 539, y }, thickness, color: faint })
  }

  band(y: number, height: number): void {
    this.page.drawRectangle({ x: 56, y, width: 483, height, color: rgb(0.93, 0.95, 0.97) })
  }
}

function pairs(sheet: Sheet, x: number, y: number, rows: (readonly [string, string | null])[]): number {
  for (const [label, value] of rows) {
    if (value === null) continue
    sheet.text(x, y, label, { faint: true, size: 9 })
    sheet.text(x + 92, y, value)
    y -= 15
  }
  return y
}

/** With its rate, where the amounts tell one. */
function vatLabel(paper: Paper): string {
  const rate = [6, 12, 25].find((one) => Math.abs((paper.net * one) / 100 - paper.vat) < 1)
  return paper.vat === 0 || rate === undefined ? 'Moms' : `Moms ${rate} %`
}

/** The PDF's bytes. */
export async function printPdf(paper: Paper): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const when = new Date(`${paper.date}T09:00:00Z`)
  document.setTitle(`${paperTitle(paper)} ${paper.number}`)
  document.setAuthor(paper.issuer.name)
  document.setProducer('Sandbox')
  document.setCreator('Sandbox')
  document.setCreationDate(when)
  document.setModificationDate(when)
  const page = document.addPage([595, 842])
  const sheet = new Sheet(
    page,
    await document.embedFont(StandardFonts.Helvetica),
    await document.embedFont(StandardFonts.HelveticaBold),
  )

  sheet.text(56, 778, paper.issuer.name, { size: 15, bold: true })
  sheet.text(56, 762, `${paper.issuer.street}, ${paper.issuer.town}`, { faint: true, size: 9 })
  sheet.right(539, 778, paperTitle(paper), { size: 18, bold: true })
  sheet.rule(748, 1)

  pairs(sheet, 56, 722, [
    [paper.type === 'receipt' ? 'Kvittonummer' : 'Fakturanummer', paper.number],
    [paper.type === 'receipt' ? 'Datum' : 'Fakturadatum', paper.date],
    ['Förfallodatum', paper.due],
    ['OCR', paper.ocr],
  ])
  sheet.text(330, 722, paper.recipient.name, { bold: true })
  sheet.text(330, 707, paper.recipient.town)
  sheet.text(330, 692, `Org.nr ${paper.recipient.organisationNumber}`, { faint: true, size: 9 })

  sheet.band(624, 20)
  sheet.text(62, 630, 'Beskrivning', { bold: true, size: 9 })
  sheet.right(533, 630, 'Belopp', { bold: true, size: 9 })
  let y = 604
  for (const line of paper.lines.slice(0, 20)) {
    sheet.text(62, y, line.text.slice(0, 80))
    sheet.right(533, y, swedishKronor(line.amount))
    y -= 18
  }
  y -= 8
  sheet.rule(y + 12)
  sheet.text(360, y - 6, 'Netto', { faint: true, size: 9 })
  sheet.right(533, y - 6, swedishKronor(paper.net))
  sheet.text(360, y - 22, vatLabel(paper), { faint: true, size: 9 })
  sheet.right(533, y - 22, swedishKronor(paper.vat))
  sheet.text(360, y - 44, paper.type === 'credit-note' ? 'Att kreditera' : 'Att betala', {
    bold: true,
    size: 12,
  })
  sheet.right(533, y - 44, `${swedishKronor(paper.total)} SEK`, { size: 12, bold: true })

  sheet.rule(96)
  sheet.text(56, 78, `Bankgiro ${paper.issuer.bankgiro}`, { size: 9 })
  sheet.text(220, 78, `Org.nr ${paper.issuer.organisationNumber}`, { size: 9 })
  sheet.text(400, 78, 'Godkänd för F-skatt', { size: 9 })
  return document.save({ useObjectStreams: false })
}
