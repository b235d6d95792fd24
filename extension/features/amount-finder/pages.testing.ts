import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PageText, TextItem } from './page-text.ts'

/** A line of text at a place, as pdf.js would give it, 10 points high. Origin: bottom left, as in a PDF. */
export function item(str: string, x: number, y: number, part: Partial<TextItem> = {}): TextItem {
  const height = part.height ?? 10
  return { str, transform: [height, 0, 0, height, x, y], width: str.length * height * 0.5, height, ...part }
}

/** An A4 page of these items. */
export function page(items: TextItem[], number = 1): PageText {
  return { page: number, items, viewport: [1, 0, 0, -1, 0, 842], width: 595, height: 842, capped: false }
}

/** A page with one item per line. */
export function lines(...texts: string[]): PageText {
  return page(texts.map((text, i) => item(text, 50, 800 - 20 * i)))
}

/** What pdf.js makes of a PDF that `draw` draws. */
export async function drawn(draw: (page: PDFPage, font: PDFFont) => void, turned = 0): Promise<PageText[]> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  const made = document.addPage([595, 842])
  draw(made, font)
  if (turned) made.setRotation({ type: 'degrees', angle: turned } as Parameters<PDFPage['setRotation']>[0])
  return readPdf(await document.save())
}

export async function readPdf(data: Uint8Array): Promise<PageText[]> {
  const task = getDocument({ data, verbosity: 0 })
  const document = await task.promise
  const pages: PageText[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const proxy = await document.getPage(number)
    const { items } = await proxy.getTextContent()
    const { transform, width, height } = proxy.getViewport({ scale: 1 })
    const isItem = (each: (typeof items)[number]): each is TextItem & typeof each => 'str' in each
    pages.push({
      page: number,
      items: items.filter(isItem),
      viewport: transform as number[],
      width,
      height,
      capped: false,
    })
  }
  await task.destroy()
  return pages
}
