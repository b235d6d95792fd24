import { PDFDocument, StandardFonts } from 'pdf-lib'
import type { Page } from 'playwright-core'
import type { VoucherDetail } from '../../../shared/contract/types.ts'
import type { DocumentEntry } from '../../../shared/ledger/types.ts'
import { formatAmount } from '../../../shared/text/format.ts'
import { type EdgeBooks, voucher } from './edge.ts'

/** An invoice's facts, öre. */
export interface Invoice {
  supplier: string
  number: string
  date: string
  net: number
  vat: number
}

/** A two-page A4 invoice with some hundred text items, as a billing program writes it. */
export async function textPdf({ supplier, number, date, net, vat }: Invoice): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  const sek = (amount: number) => formatAmount(amount, 'sv').replaceAll('\u00a0', ' ')
  const page = document.addPage([595.28, 841.89])
  page.drawText(supplier, { x: 50, y: 770, size: 20, font: bold })
  page.drawText('FAKTURA', { x: 430, y: 770, size: 18, font: bold })
  const facts = [
    `Fakturanummer ${number}`,
    `Fakturadatum ${date}`,
    'Betalningsvillkor 30 dagar',
    'Bankgiro 5050-1055',
  ]
  facts.forEach((line, i) => {
    page.drawText(line, { x: 380, y: 735 - 15 * i, size: 10, font })
  })
  page.drawText('Exempel Bygg AB\nStorgatan 1\n111 22 Stockholm', {
    x: 50,
    y: 700,
    size: 10,
    font,
    lineHeight: 14,
  })
  const lines = 24
  for (let i = 0; i < lines; i++) {
    const y = 610 - 15 * i
    const amount = i === 0 ? net - Math.floor(net / lines) * (lines - 1) : Math.floor(net / lines)
    page.drawText(`Artikel ${1000 + i}`, { x: 50, y, size: 9, font })
    page.drawText('Byggmaterial enligt avtal', { x: 130, y, size: 9, font })
    const shown = sek(amount)
    page.drawText(shown, { x: 545 - font.widthOfTextAtSize(shown, 9), y, size: 9, font })
  }
  const sums = [
    ['Netto', net],
    ['Moms 25 %', vat],
    ['Att betala SEK', net + vat],
  ] as const
  sums.forEach(([label, amount], i) => {
    const shown = sek(amount)
    const y = 200 - 20 * i
    page.drawText(label, { x: 380, y, size: 11, font: bold })
    page.drawText(shown, { x: 545 - bold.widthOfTextAtSize(shown, 11), y, size: 11, font: bold })
  })
  const terms = document.addPage([595.28, 841.89])
  terms.drawText('Allmänna villkor', { x: 50, y: 770, size: 14, font: bold })
  return document.save()
}

/** A page of printed lines as a camera or scanner sees it, JPEG, drawn by the browser. */
export async function jpeg(page: Page, width: number, height: number, title: string): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ([width, height, title]) => {
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d')!
      context.fillStyle = '#f4f1ea'
      context.fillRect(0, 0, width, height)
      const noise = context.createImageData(256, 256)
      for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 24 : (i * 2654435761) >>> 24
      const tile = new OffscreenCanvas(256, 256)
      tile.getContext('2d')!.putImageData(noise, 0, 0)
      context.fillStyle = context.createPattern(tile, 'repeat')!
      context.fillRect(0, 0, width, height)
      context.fillStyle = '#222'
      const size = Math.round(width / 34)
      context.font = `${size}px sans-serif`
      context.fillText(title, size * 2, size * 3)
      for (let y = size * 6; y < height - size * 3; y += size * 1.6) {
        context.fillText('Material och arbete enligt offert, 4 timmar', size * 2, y)
        context.fillText('1 234,50', width - size * 7, y)
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 })
      const bytes = new Uint8Array(await blob.arrayBuffer())
      let text = ''
      for (let i = 0; i < bytes.length; i += 32_768)
        text += String.fromCharCode(...bytes.subarray(i, i + 32_768))
      return btoa(text)
    },
    [width, height, title] as const,
  )
  return Buffer.from(base64, 'base64')
}

/** A4 at 300 dpi as one JPEG in a PDF, as a scanner saves it. */
export async function scanPdf(scan: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const image = await document.embedJpg(scan)
  document.addPage([595.28, 841.89]).drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 })
  return document.save()
}

export type Kind = 'text' | 'scan' | 'receipt'
export const kinds: readonly Kind[] = ['text', 'scan', 'receipt']

/** `count` vouchers of each kind, each with its own document: `text-1`, `scan-1` … under keys `A:101`, `A:201`, `A:301` … */
export async function makeBooks(
  page: Page,
  count: number,
): Promise<EdgeBooks & { keys: Record<Kind, string[]> }> {
  const vouchers = new Map<string, VoucherDetail>()
  const documents: EdgeBooks['documents'] = new Map()
  const keys: Record<Kind, string[]> = { text: [], scan: [], receipt: [] }
  const scan = await scanPdf(await jpeg(page, 2480, 3508, 'Inskannad faktura'))
  const receipt = await jpeg(page, 3024, 4032, 'Kvitto')
  for (const [base, kind] of kinds.entries()) {
    for (let i = 1; i <= count; i++) {
      const number = String((base + 1) * 100 + i)
      const invoice: Invoice = {
        supplier: 'Byggvaror i Norr AB',
        number: String(70_000 + base * 100 + i),
        date: '2026-03-01',
        net: 996_000 + i * 400,
        vat: 249_000 + i * 100,
      }
      const id = `${kind}-${i}`
      const bytes = kind === 'text' ? await textPdf(invoice) : kind === 'scan' ? scan : receipt
      documents.set(id, { name: kind === 'receipt' ? `${id}.jpg` : `${id}.pdf`, bytes })
      vouchers.set(`A:${number}`, bookedInvoice(number, invoice, [entryOf(id, invoice)]))
      keys[kind].push(`A:${number}`)
    }
  }
  return { vouchers, documents, documentsAt: Date.now(), keys }
}

export function bookedInvoice(number: string, invoice: Invoice, documents: DocumentEntry[]): VoucherDetail {
  const { net, vat, date, supplier } = invoice
  const rows = [
    ['2440', 'Leverantörsskulder', -(net + vat)],
    ['2641', 'Debiterad ingående moms', vat],
    ['4010', 'Inköp material och varor', net],
  ] as const
  return voucher(number, date, `Leverantörsfaktura ${supplier}`, rows, documents)
}

export function entryOf(id: string, invoice: Invoice, part: Partial<DocumentEntry> = {}): DocumentEntry {
  const { net, vat, date, supplier, number } = invoice
  return {
    id,
    origin: 'supplier',
    role: 'invoice',
    name: `${supplier} ${number}`,
    fileName: `${id}.pdf`,
    rendered: false,
    invoice: {
      number: '512',
      externalNumber: number,
      counterparty: supplier,
      date,
      dueDate: '2026-03-31',
      total: net + vat,
      currency: 'SEK',
      credit: false,
      cancelled: false,
    },
    ...part,
  }
}
