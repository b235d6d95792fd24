import { decode } from 'jpeg-js'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import type { StoredFile } from '../model.ts'
import { swedishKronor } from '../numbers.ts'
import { caller } from '../testing.ts'
import { bigPdf } from './big.ts'
import { bytesOf, sizeOf } from './bytes.ts'
import { glyph } from './dot-font.ts'
import { printJpeg } from './jpeg.ts'
import type { Paper } from './paper.ts'

async function textOf(bytes: Uint8Array): Promise<string> {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const page = await document.getPage(1)
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join('\n')
}

const files = [...caller().sandbox.company().books.files.values()]
const withPaper = (kind: 'pdf' | 'jpeg') =>
  files.flatMap((file) => (file.content.kind === kind ? [{ file, paper: file.content.paper }] : []))

describe('invoices as PDF', () => {
  test.each(withPaper('pdf').slice(0, 12))('$file.name says what the books say', async ({ file, paper }) => {
    const bytes = await bytesOf(file.content)
    if (!(bytes instanceof Uint8Array)) throw new Error('a made PDF is bytes')
    const text = await textOf(bytes)
    for (const part of [
      paper.issuer.name,
      paper.date,
      paper.number,
      swedishKronor(paper.net),
      swedishKronor(paper.vat),
    ]) {
      expect(text).toContain(part)
    }
    expect(text).toContain(`${swedishKronor(paper.total)} SEK`)
    expect(text).toContain(paper.issuer.bankgiro)
  })

  test('net and VAT are the total, and the lines are the net, on every paper', () => {
    for (const { paper } of [...withPaper('pdf'), ...withPaper('jpeg')]) {
      expect(paper.net + paper.vat).toBe(paper.total)
      expect(paper.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(paper.net)
    }
  })

  test('the same bytes every time, in another sandbox too', async () => {
    const again = [...caller().sandbox.company().books.files.values()]
    expect(again.map((file) => file.id)).toEqual(files.map((file) => file.id))
    const [one] = withPaper('pdf')
    if (one === undefined) throw new Error('no PDF')
    const twin = again.find((file) => file.id === one.file.id)
    expect(await bytesOf(twin?.content ?? one.file.content)).toEqual(await bytesOf(one.file.content))
  })
})

describe('receipts as JPEG', () => {
  test('a baseline JPEG with ink where the text is', () => {
    const [{ paper } = { paper: null }] = withPaper('jpeg')
    if (paper === null) throw new Error('no JPEG')
    const bytes = printJpeg(paper)
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
    expect(bytes.indexOf(0xc0, 2)).toBeGreaterThan(0)
    const picture = decode(bytes, { useTArray: true })
    const dark = picture.data.filter((value, index) => index % 4 === 0 && value < 110).length
    expect(picture.width).toBeGreaterThan(400)
    expect(dark / (picture.width * picture.height)).toBeGreaterThan(0.02)
  })

  test('every character of a receipt has a glyph of its own', () => {
    const missing = String(glyph('?'))
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜ0123456789.,:-/%&()=+#*') {
      expect(String(glyph(character)), character).not.toBe(missing)
    }
    expect(glyph(' ')).toEqual([])
  })
})

describe('a big PDF', () => {
  test.each([2000, 65_536, 65_537, 1_000_000])(
    'of %d bytes is a PDF of just that size, cut any way',
    async (size) => {
      const pdf = bigPdf(size, 'Stort (dokument)')
      for (const piece of [777, 65_536]) {
        const parts: Uint8Array[] = []
        for (let at = 0; at < pdf.length; at += piece) parts.push(pdf.slice(at, piece))
        const bytes = new Uint8Array(Buffer.concat(parts))
        expect(bytes.length).toBe(size)
        if (piece === 777 && size > 100_000) continue
        expect(await textOf(bytes)).toContain('Stort ?dokument?')
      }
    },
  )

  test('is refused when it cannot be that small', () => expect(() => bigPdf(100, 'x')).toThrow())
})

test('folders say the right size', async () => {
  const paper = withPaper('pdf')[0]?.paper as Paper
  const file: StoredFile = { ...(files[0] as StoredFile), content: { kind: 'pdf', paper } }
  expect(await sizeOf(file)).toBe(((await bytesOf(file.content)) as Uint8Array).length)
  expect(await sizeOf({ ...file, content: { kind: 'big', bytes: 50_000_000, name: 'x' } })).toBe(50_000_000)
})
