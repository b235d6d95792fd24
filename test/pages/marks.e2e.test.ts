import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { degrees, PDFDocument, type PDFPage, StandardFonts } from 'pdf-lib'
import type { Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExtension, type OpenBrowser, openBrowser } from '../bench/document/browser.ts'
import { bookedInvoice, entryOf, type Invoice } from '../bench/document/documents.ts'
import { company, type EdgeBooks, startEdge, year } from '../bench/document/edge.ts'

const invoice: Invoice = {
  supplier: 'Leverantör AB',
  number: '9177',
  date: '2026-03-01',
  net: 996_000,
  vat: 249_000,
}

/** Pages on which nothing is printed but the voucher's amount: every dark pixel belongs to it. */
const pages: Record<string, (page: PDFPage) => void> = {
  upright: () => {},
  'turned a quarter': (page) => page.setRotation(degrees(90)),
  'turned half': (page) => page.setRotation(degrees(180)),
  'turned three quarters': (page) => page.setRotation(degrees(270)),
  'cut out of a larger sheet': (page) => page.setCropBox(120, 200, 400, 420),
  'cut out and turned': (page) => {
    page.setCropBox(120, 200, 400, 420)
    page.setRotation(degrees(90))
  },
  'not beginning at zero': (page) => page.setMediaBox(-60, -80, 595, 842),
}

async function paper(change: (page: PDFPage) => void): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([595.28, 841.89])
  const font = await document.embedFont(StandardFonts.Helvetica)
  page.drawText('12 450,00', { x: 240, y: 480, size: 16, font })
  change(page)
  return document.save()
}

let browser: OpenBrowser
let frame: Frame
let end = async () => {}

beforeAll(async () => {
  const books: EdgeBooks = { vouchers: new Map(), documents: new Map(), documentsAt: Date.now() }
  for (const [i, change] of Object.values(pages).entries()) {
    const id = `page-${i}`
    books.documents.set(id, { name: `${id}.pdf`, bytes: await paper(change) })
    books.vouchers.set(`A:${i + 1}`, bookedInvoice(String(i + 1), invoice, [entryOf(id, invoice)]))
  }
  const edge = await startEdge(books)
  const extension = await buildExtension()
  browser = await openBrowser(extension, edge.origin)
  frame = await browser.addFrame()
  end = async () => {
    await browser.close()
    await edge.close()
    await rm(dirname(extension), { recursive: true, force: true })
  }
})
afterAll(() => end())

describe('the amount found in a page', () => {
  it.each(Object.keys(pages))('%s is marked where its ink is, however it is turned', async (name) => {
    const key = `A:${Object.keys(pages).indexOf(name) + 1}`
    await browser.show({ company, year, keys: [key], mismatch: null, neighbours: [], mode: 'window' })
    for (let quarter = 0; quarter < 4; quarter++) {
      await expect.poll(() => frame.evaluate(inkAndMarks)).toEqual({ inkOutside: 0, isTight: true })
      await frame.locator('body').press('r')
      await frame.waitForSelector('.page[data-drawn] > canvas')
    }
  })
})

/**
 * Runs in the frame: dark pixels of page 1 that no mark covers, and whether the marks are about as large as what they
 * mark. Null until page 1 is drawn whole and marked.
 */
function inkAndMarks(): { inkOutside: number; isTight: boolean } | null {
  const canvas = document.querySelector<HTMLCanvasElement>('.page > canvas')
  const marks = [...document.querySelectorAll<HTMLElement>('.page .mark')]
  if (canvas?.style.height !== '100%' || marks.length === 0) return null
  const { width, height } = canvas
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(canvas, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const part = (mark: HTMLElement, side: 'left' | 'top' | 'width' | 'height') =>
    (Number.parseFloat(mark.style[side]) / 100) * (side === 'left' || side === 'width' ? width : height)
  const boxes = marks.map((mark) => {
    const [left, top] = [part(mark, 'left'), part(mark, 'top')]
    return { left, top, right: left + part(mark, 'width'), bottom: top + part(mark, 'height') }
  })
  const slack = 3
  let inkOutside = 0
  const ink = { left: width, top: height, right: 0, bottom: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4]! > 128) continue
      ink.left = Math.min(ink.left, x)
      ink.right = Math.max(ink.right, x)
      ink.top = Math.min(ink.top, y)
      ink.bottom = Math.max(ink.bottom, y)
      const isIn = boxes.some(
        (box) =>
          x >= box.left - slack && x <= box.right + slack && y >= box.top - slack && y <= box.bottom + slack,
      )
      if (!isIn) inkOutside++
    }
  }
  const area = (box: typeof ink) => Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top)
  const most = Math.max(...boxes.map(area))
  return { inkOutside, isTight: area(ink) > 0 && most < 3 * area(ink) }
}
