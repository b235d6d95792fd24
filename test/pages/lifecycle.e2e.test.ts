import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { documentShown, documentWindow, killBackground, rowButton } from '../e2e/drive.ts'
import { company, openBooks, year } from './books.ts'
import { signIn } from './browser.ts'
import { type PageEdge, startPageEdge } from './edge.ts'
import { addDocuments, openWorld, type World } from './world.ts'

/** What the extension shows to whom, which edge it takes its word from, and what is left of it when it is replaced. */

let world: World
let other: PageEdge
let page: Page

beforeAll(async () => {
  world = await openWorld()
  await addDocuments(world.edge, 20)
  world.browser.context.setDefaultTimeout(10_000)
})
afterEach(() => page?.close())
afterAll(async () => {
  await world?.close()
  await other?.close()
})

/** The background that runs now: the one before may have been ended. */
async function background() {
  const { context } = world.browser
  return context.serviceWorkers().at(-1) ?? (await context.waitForEvent('serviceworker'))
}

describe('a page that frames the document window itself', () => {
  const hostile = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Fälla</title><body></body>')
  })
  const request = { company, year, keys: ['A:1'], mismatch: null, neighbours: [], mode: 'window' }

  beforeAll(() => new Promise<void>((resolve) => hostile.listen(0, '127.0.0.3', resolve)))
  afterAll(() => hostile.close())

  /** Frames the extension's page, hands it a handle as the content script would, and gives it time to show something. */
  async function frameWith(handle: string): Promise<{ text: string; answers: unknown[] }> {
    const source = `chrome-extension://${world.browser.extensionId}/document.html`
    const answers = await page.evaluate(
      async ([source, handle]) => {
        const frame = document.createElement('iframe')
        const answers: unknown[] = []
        addEventListener('message', ({ data }) => answers.push(data))
        frame.src = source
        document.body.replaceChildren(frame)
        await new Promise((resolve) => frame.addEventListener('load', resolve))
        frame.contentWindow!.postMessage({ underlag: 'show', handle }, '*')
        await new Promise((resolve) => setTimeout(resolve, 1000))
        return answers
      },
      [source, handle] as const,
    )
    const frame = await documentWindow(page)
    return { text: (await frame.locator('body').textContent()) ?? '', answers }
  }

  const keep = async (handle: string, tab: number) =>
    (await background()).evaluate(([name, kept]) => chrome.storage.session.set({ [name]: kept }), [
      `handle:${handle}`,
      { request, tab, frame: 0, expiresAt: Date.now() + 60_000 },
    ] as const)
  const tabInFront = async () =>
    (await background()).evaluate(async () => (await chrome.tabs.query({ active: true }))[0]!.id!)

  it('gets nothing by a guessed handle, nor by another tab’s', async () => {
    page = await world.browser.newPage(`http://127.0.0.3:${(hostile.address() as AddressInfo).port}/`)
    await page.bringToFront()
    const tab = await tabInFront()
    await keep('of-another-tab', tab + 1)
    await keep('of-this-tab', tab)
    const asked = () => ['voucher', 'document'].map((call) => world.edge.world.asked.get(call) ?? 0)
    const before = asked()
    for (const handle of ['guessed', 'of-another-tab']) {
      const { text, answers } = await frameWith(handle)
      expect(text, handle).not.toMatch(/A 1|Verifikat|kvitto|faktura/i)
      expect(answers, handle).toEqual([])
    }
    expect(asked()).toEqual(before)
    // What shows that the above was no accident: the tab's own handle does open.
    expect((await frameWith('of-this-tab')).text).toContain('A 1')
  })
})

describe('the edge’s address', () => {
  const field = () => page.getByRole('textbox', { name: 'Byråns adress' })

  it('by policy goes before the build’s, and the options page leaves it alone', async () => {
    other = await startPageEdge()
    openBooks(other.world, 30)
    const origin = other.url
    // The browser's own store of policies is not a test's to write: what it would answer is put in its place.
    const byPolicy = (edgeOrigin: string) => {
      chrome.storage.managed.get = (async () => ({ edgeOrigin })) as typeof chrome.storage.managed.get
    }
    await (await background()).evaluate(byPolicy, origin)
    await signIn(world.browser)
    expect(other.world.asked.get('session')).toBeGreaterThan(0)

    page = await world.browser.context.newPage()
    await page.addInitScript(byPolicy, origin)
    await page.goto(`chrome-extension://${world.browser.extensionId}/options.html`)
    await page.getByText('Adressen är satt av byråns IT').waitFor()
    expect(await field().inputValue()).toBe(origin)
    expect(await field().getAttribute('readonly')).not.toBeNull()

    await killBackground(world.browser)
    await page.close()
    page = await world.browser.newPage(`chrome-extension://${world.browser.extensionId}/options.html`)
    await expect.poll(() => field().inputValue()).toBe(world.edge.url)
    expect(await field().getAttribute('readonly')).toBeNull()
  })
})

describe('a reload of the extension under an open page', () => {
  it('leaves no window, no word and no button behind', async () => {
    await signIn(world.browser)
    page = await world.browser.newPage(`${world.pages}/plain.html?rows=60`)
    await rowButton(page, 'A 1').click()
    const frame = await documentWindow(page)
    await documentShown(frame)
    const asking = await world.browser.newPage(`${world.pages}/year.html`)
    await asking.getByRole('button', { name: /^Underlag A 1 / }).click()
    await asking.getByRole('dialog').waitFor()
    const old = await Promise.all([page, asking].map((one) => one.locator('underlag-ui').elementHandles()))
    expect(old.map(({ length }) => length > 1)).toEqual([true, true])
    await (await background()).evaluate(() => chrome.runtime.reload()).catch(() => undefined)
    const alive = async () =>
      (
        await Promise.all(old.flat().map((element) => element.evaluate(({ isConnected }) => isConnected)))
      ).filter(Boolean).length
    await expect.poll(alive, { timeout: 5000 }).toBe(0)
    await expect.poll(() => frame.isDetached()).toBe(true)
    await asking.close()
  })
})
