import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import type { Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../shared/errors.ts'
import { errorText } from '../../shared/text/errors.ts'
import { buildExtension, type OpenBrowser, openBrowser } from '../bench/document/browser.ts'
import { bookedInvoice, entryOf, type Invoice, textPdf } from '../bench/document/documents.ts'
import { company, type EdgeBooks, type StandInEdge, startEdge, year } from '../bench/document/edge.ts'
import { hostileFiles } from '../hostile/files.ts'

const invoice: Invoice = {
  supplier: 'Byggvaror i Norr AB',
  number: '70001',
  date: '2026-03-01',
  net: 996_000,
  vat: 249_000,
}
const canary = createServer((request, response) => {
  heard.push(request.url ?? '')
  response.end()
})
const heard: string[] = []
await new Promise<void>((resolve) => canary.listen(0, '127.0.0.3', resolve))
const files = hostileFiles(`http://127.0.0.3:${(canary.address() as AddressInfo).port}`)

let edge: StandInEdge
let browser: OpenBrowser
let frame: Frame
let extension: string
const windows: string[] = []

beforeAll(async () => {
  const books: EdgeBooks = { vouchers: new Map(), documents: new Map(), documentsAt: 1 }
  const add = (number: number, id: string, name: string, bytes: Uint8Array) => {
    books.documents.set(id, { name, bytes })
    books.vouchers.set(
      `A:${number}`,
      bookedInvoice(String(number), invoice, [entryOf(id, invoice, { fileName: name })]),
    )
  }
  add(1, 'good', 'good.pdf', await textPdf(invoice))
  files.forEach(({ name, bytes }, i) => {
    add(i + 2, `hostile-${i}`, name, bytes)
  })
  edge = await startEdge(books)
  extension = await buildExtension()
  browser = await openBrowser(extension, edge.origin)
  browser.context.on('page', (page) => windows.push(page.url()))
  browser.page.on('dialog', (dialog) => {
    windows.push(dialog.message())
    void dialog.dismiss()
  })
  frame = await browser.addFrame()
})

afterAll(async () => {
  await browser?.close()
  await edge?.close()
  canary.close()
  if (extension) await rm(dirname(extension), { recursive: true, force: true })
})

/** Shows a voucher and waits until the window has drawn its document or said why not. */
async function outcome(number: number): Promise<'drawn' | string> {
  await browser.show({ company, year, keys: [`A:${number}`], mismatch: null, neighbours: [], mode: 'window' })
  await frame.waitForFunction(
    (id) => document.querySelector('.voucher-id')?.textContent === id,
    `A ${number}`,
  )
  const handle = await frame.waitForFunction(
    () => {
      const notice = document.querySelector('.notice h2')?.textContent
      if (notice) return notice
      const isDrawn =
        document.querySelector('.page[data-drawn] canvas') && !document.querySelector('.skeleton')
      return isDrawn ? 'drawn' : null
    },
    undefined,
    { timeout: 50_000 },
  )
  return (await handle.jsonValue()) ?? ''
}

const title = (code: ErrorCode) => errorText({ code, data: {} }, 'sv').title

describe('hostile documents', () => {
  it.each(files.map((file, i) => ({ ...file, number: i + 2 })))(
    '$name: $expected',
    async ({ expected, number }) => {
      const seen = await outcome(number)
      if (expected === 'drawn') expect(seen).toBe('drawn')
      else if (expected === 'drawn_or_refused') expect(seen).not.toBe('')
      else expect(seen).toBe(title(expected))

      expect(await outcome(1), 'the next document is drawn').toBe('drawn')
      expect(heard, 'nothing was asked of the canary').toEqual([])
      expect(windows, 'no window, no dialog').toEqual([])
      const pwned = () => 'pwned' in globalThis
      expect(await frame.evaluate(pwned), 'no script ran in the frame').toBe(false)
      expect(await browser.page.evaluate(pwned), 'no script ran in the page').toBe(false)
      expect(browser.page.frames(), 'the frame stayed where it was').toHaveLength(2)
      expect(new URL(frame.url()).pathname).toBe('/document.html')
    },
  )

  it('a page cannot look into the frame, nor ask it for anything', async () => {
    const seen = await browser.page.evaluate(async () => {
      const inner = document.querySelector('iframe')!
      const answers: unknown[] = []
      addEventListener('message', (event) => answers.push(event.data))
      inner.contentWindow!.postMessage({ underlag: 'show', handle: 'guessed' }, '*')
      await new Promise((resolve) => setTimeout(resolve, 500))
      return { document: inner.contentDocument, answers }
    })
    expect(seen).toEqual({ document: null, answers: [] })
  })

  it('a handle opens once', async () => {
    const redeem = (handle: string) =>
      frame.evaluate(
        (handle) =>
          chrome.runtime.sendMessage({
            id: 1,
            type: 'redeemHandle',
            data: { handle, pictures: [] },
            timestamp: Date.now(),
          }),
        handle,
      )
    const worker = await browser.worker()
    const tab = await worker.evaluate(async () => (await chrome.tabs.query({ active: true }))[0]!.id!)
    await worker.evaluate(
      ([tab, request]) =>
        chrome.storage.session.set({
          'handle:mine': { request, tab, frame: 0, expiresAt: Date.now() + 10_000 },
          'handle:other-tab': { request, tab: tab + 1, frame: 0, expiresAt: Date.now() + 10_000 },
          'handle:old': { request, tab, frame: 0, expiresAt: Date.now() - 1 },
        }),
      [tab, { company, year, keys: ['A:1'], mismatch: null, neighbours: [], mode: 'window' }] as const,
    )
    expect((await redeem('mine')).res).toHaveProperty('value')
    for (const handle of ['mine', 'other-tab', 'old', 'guessed']) {
      expect((await redeem(handle)).res, handle).toMatchObject({ error: { code: 'not_found' } })
    }
  })
})
