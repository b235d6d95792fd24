import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExtensionBrowser, startBrowser } from '../pages/browser.ts'
import { ended } from '../stack/member.ts'
import { card, documentShown, documentWindow, killBackground, yearControls } from './drive.ts'
import { getReady, type Ready } from './ready.ts'

/** "Gör året tillgängligt direkt" under a person's hands: what it survives, and that it keeps its word. */

const profile = mkdtempSync(join(tmpdir(), 'underlag-profile-'))
let ready: Ready
/** The browser and its page; another one after the browser was closed. */
let browser: ExtensionBrowser
let page: Page
let line: Locator
let begun: number
/** When all of it began once more, after sign-out. */
let anew: number

beforeAll(async () => {
  ready = await getReady({ sandbox: { vouchers: 40 }, profile })
  browser = ready.browser
  page = ready.page
  const { anna, company, year } = ready
  const params = { company: company.organisationNumber }
  const [started] = await anna.json('startSync', { params, body: { years: [{ ...year, ledger: 'fetch' }] } })
  await ended(anna, company.organisationNumber, started!.sync!.id)
  await page.goto(`${ready.analysis}/las-in-data`)
  await card(page).getByRole('button', { name: 'Lämna till sidan' }).first().click()
  await card(page)
    .getByText(/Sidan svarar|går inte att se/)
    .waitFor()
  await page.goto(`${ready.analysis}/bokforing/inlast-data`)
})
afterAll(async () => {
  await browser?.close()
  await ready?.stack.stop()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
})

const controls = () => yearControls(page, ready.year.from, ready.year.to)
const atHand = () => controls().getByRole('region', { name: 'Årets dokument till den här datorn' })
/** Requests for documents since the year was asked for. */
const fetched = () =>
  ready.stack.sandbox.sandbox.log.filter(
    ({ at, path }) => at >= begun && /^\/3\/(archive|inbox|invoices\/\d+\/preview)/.test(path),
  )
const until = (count: number, timeout = 60_000) =>
  expect.poll(() => fetched().length, { timeout, interval: 200 }).toBeGreaterThanOrEqual(count)

describe('a year made available', () => {
  it('is offered, and goes on in the background with its progress', async () => {
    begun = Date.now()
    await controls().getByRole('button', { name: 'Gör året tillgängligt direkt' }).click()
    line = atHand()
    await line.getByText('Hämtar dokumenten').waitFor()
    await line.getByText(/^\d+ av \d+ · [\d,]+ [kM]B$/).waitFor()
    await line.getByText(/kvar$/).waitFor({ timeout: 20_000 })
  })

  it('goes on after the background was killed, with no page of ours open', async () => {
    await page.goto('about:blank')
    await killBackground(browser)
    const before = fetched().length
    // Chrome's alarms come every half minute.
    await until(before + 3, 45_000)
  })

  it('pauses, and goes on where it was', async () => {
    await page.goto(`${ready.analysis}/bokforing/inlast-data`)
    await line.getByRole('button', { name: 'Pausa' }).click()
    await line.getByText('Pausad').waitFor()
    await page.waitForTimeout(600)
    const before = fetched().length
    await page.waitForTimeout(1_500)
    expect(fetched()).toHaveLength(before)
    await line.getByRole('button', { name: 'Fortsätt' }).click()
    await until(before + 2)
  })

  it('stops at sign-out, which wipes what was fetched, and begins anew when the member signs in', async () => {
    const popup = await browser.newPage(`chrome-extension://${browser.extensionId}/popup.html`)
    await popup.getByRole('button', { name: 'Logga ut' }).click()
    const again = popup.getByRole('button', { name: 'Logga in' })
    await again.waitFor()
    await page.waitForTimeout(600)
    const before = fetched().length
    await page.waitForTimeout(1_500)
    expect(fetched()).toHaveLength(before)
    anew = Date.now()
    // The identity provider still knows her: no window comes.
    await again.click()
    await popup.getByRole('button', { name: 'Logga ut' }).waitFor()
    await popup.close()
    await until(before + 2)
  })

  it('goes on when the browser was closed and is opened again', async () => {
    await browser.close()
    const before = fetched().length
    browser = await startBrowser(ready.stack.extension!, { profile })
    await until(before + 2)
    page = await browser.newPage(`${ready.analysis}/bokforing/inlast-data`)
    line = atHand()
    await line.getByText('Årets dokument finns på den här datorn').waitFor({ timeout: 60_000 })
    expect(await line.textContent()).not.toContain('gick inte att hämta')
  })

  it('took at most half of what Fortnox takes, and each document once', () => {
    const times = fetched().map(({ at }) => at)
    for (let i = 13; i < times.length; i++) expect(times[i]! - times[i - 13]!).toBeGreaterThan(4_900)
    const asked = fetched()
      .filter(({ at, end, status }) => at >= anew && end === 'complete' && status === 200)
      .map(({ path, query }) => path + query)
    // The one under way when the browser was closed is asked for again.
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1)
  })

  it('opens every document with edge and Fortnox stopped', async () => {
    const { company, year, stack } = ready
    const truth = stack.sandbox.sandbox.truth(company.tenant)
    const vouchers = truth.years
      .find(({ from }) => from === year.from)!
      .vouchers.filter(({ documents }) => documents.length > 0)
    await stack.edge.stop()
    await stack.sandbox.close()
    const options = await browser.newPage(`chrome-extension://${browser.extensionId}/options.html`)
    const place = { company: company.organisationNumber, year: `${year.from}_${year.to}` }
    const opened: { key: string; documents: number }[] = []
    for (const { series, number } of vouchers) {
      const key = `${series}:${number}`
      const detail = (await ask(options, 'voucherDetail', { ...place, key })) as {
        documents: { id: string }[]
      }
      for (const { id } of detail.documents) {
        const bytes = await ask(options, 'documentBytes', { ...place, document: id, priority: 'person' })
        expect(bytes).toMatchObject({ fromCache: true })
      }
      opened.push({ key, documents: detail.documents.length })
    }
    expect(opened).toEqual(
      vouchers.map(({ series, number, documents }) => ({
        key: `${series}:${number}`,
        documents: documents.length,
      })),
    )
    await options.close()
    await page.goto(`${ready.analysis}/bokforing/verifikat`)
    await page
      .getByRole('button', { name: /^Underlag .*\(\d+ fil/ })
      .first()
      .click({ timeout: 10_000 })
    expect(await documentShown(await documentWindow(page))).not.toBe('')
  })
})

/** Asks the background as a page of the extension does. */
async function ask(from: Page, type: string, data: object): Promise<unknown> {
  const answer = await from.evaluate(
    (message) => (globalThis as unknown as { chrome: typeof chrome }).chrome.runtime.sendMessage(message),
    { id: 1, type, data, timestamp: Date.now() },
  )
  const { res } = answer as { res: { value?: unknown; error?: unknown } }
  if (res.error) throw new Error(`${type}: ${JSON.stringify(res.error)}`)
  return res.value
}
