import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended } from '../stack/member.ts'
import { activate, card, documentShown, documentWindow, enterClient, yearControls } from './drive.ts'
import { getReady, type Ready } from './ready.ts'
import { lostWhenZoomed } from './zoom.ts'

/** Every surface of ours, light and dark, by axe: WCAG 2.2 A and AA, contrast included; and at 200 % zoom. */

let ready: Ready
/** The company's ledger as a SIE-4 file. */
let sie: Buffer<ArrayBuffer>
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

beforeAll(async () => {
  ready = await getReady()
  const { anna, company, year, page } = ready
  const params = { company: company.organisationNumber }
  const [started] = await anna.json('startSync', { params, body: { years: [{ ...year, ledger: 'fetch' }] } })
  await ended(anna, company.organisationNumber, started!.sync!.id)
  const answer = await anna.bytes('ledgerSie', { params: { ...params, year: `${year.from}_${year.to}` } })
  sie = Buffer.from(await answer.arrayBuffer())
  // The program reads the ledger in, so that it has rows to show.
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'bok.se', mimeType: 'text/plain', buffer: sie })
})
afterAll(() => ready?.stop())

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Since Chromium 130, and long before in Firefox, what scrolls takes focus by itself.
  rules: { 'scrollable-region-focusable': { enabled: false } },
}

/** What axe finds: on a page of ours all of it, on someone else's only what is in `within`. */
async function violations(where: Page | Frame, within?: string): Promise<string[]> {
  await where.evaluate(axeSource)
  const found = await where.evaluate(
    async ([selector, options]) => {
      const { axe } = globalThis as unknown as {
        axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> }
      }
      const context = selector === null ? document : { include: [selector] }
      const { violations, passes } = await axe.run(context, options)
      return {
        checked: passes.length,
        violations: violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
        ),
      }
    },
    [within ?? null, options] as const,
  )
  expect(found.checked, 'axe found something to check').toBeGreaterThan(0)
  return found.violations
}

const ours = 'underlag-ui'

async function openIn(colorScheme: 'light' | 'dark', url: string): Promise<Page> {
  const page = await ready.browser.context.newPage()
  page.setDefaultTimeout(15_000)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.goto(url)
  return page
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  const at = (url: string) => openIn(colorScheme, url)
  const extensionPage = (path: string) => at(`chrome-extension://${ready.browser.extensionId}/${path}`)

  it.each(['popup.html', 'options.html'])('the extension’s %s', async (path) => {
    const page = await extensionPage(path)
    await page.getByText('Anna Lind').first().waitFor()
    expect(await violations(page)).toEqual([])
    // A popup is never larger than 800 by 600 px.
    const size = path === 'popup.html' ? { width: 800, height: 600 } : undefined
    expect(await lostWhenZoomed(page, page, null, size)).toEqual([])
    await page.close()
  })

  it('the page Underlag', async () => {
    const { company, year } = ready
    const page = await extensionPage(
      `underlag.html#/${company.organisationNumber}/${year.from}_${year.to}/A:1`,
    )
    await documentShown(page.mainFrame())
    expect(await violations(page)).toEqual([])
    expect(await lostWhenZoomed(page, page)).toEqual([])
    await page.close()
  })

  it('the Fortnox card and its question before a sync', async () => {
    const page = await at(`${ready.analysis}/las-in-data`)
    await card(page).getByText('Ansluten').waitFor()
    expect(await violations(page, ours)).toEqual([])
    expect(await lostWhenZoomed(page, page, ours)).toEqual([])
    await card(page)
      .getByRole('button', { name: /^Synka/ })
      .click()
    await page.getByRole('dialog').waitFor()
    expect(await violations(page, ours)).toEqual([])
    expect(await lostWhenZoomed(page, page, ours)).toEqual([])
    await page.close()
  })

  it('a year’s controls', async () => {
    const { analysis, year } = ready
    const page = await at(`${analysis}/bokforing/inlast-data`)
    await yearControls(page, year.from, year.to)
      .getByText(/verifikat$/)
      .waitFor()
    expect(await violations(page, ours)).toEqual([])
    expect(await lostWhenZoomed(page, page, ours)).toEqual([])
    await page.close()
  })

  it('row buttons and the document window', async () => {
    const page = await at(`${ready.analysis}/bokforing/verifikat`)
    const button = page.getByRole('button', { name: /^Underlag .*\(\d+ filer?\b/ }).first()
    await button.waitFor()
    expect(await violations(page, ours)).toEqual([])
    await button.click()
    const frame = await documentWindow(page)
    await documentShown(frame)
    expect(await violations(frame)).toEqual([])
    expect(await lostWhenZoomed(page, frame)).toEqual([])
    await frame.locator('body').press('?')
    expect(await violations(frame)).toEqual([])
    await page.close()
  })

  it('the consent page', async () => {
    const { anna } = ready
    const params = { company: '5560360793' }
    await anna.json('confirmCompany', { params, body: { name: 'Ett annat bolag AB' } })
    const { url } = await anna.json('createConsentLink', { params })
    const page = await at(url)
    await page.getByRole('button', { name: 'Ge behörighet' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await lostWhenZoomed(page, page)).toEqual([])
    await page.goto(`${url}x`)
    expect(await violations(page)).toEqual([])
    await page.close()
  })
  it('the question before a read-in file is written over', async () => {
    const { anna, analysis, company, year } = ready
    const params = { company: company.organisationNumber, year: `${year.from}_${year.to}` }
    await anna.json('uploadSie', { params, query: { name: 'bok.se' }, bytes: gzipSync(sie), gzip: true })
    const page = await at(`${analysis}/bokforing/inlast-data`)
    await yearControls(page, year.from, year.to).getByRole('button', { name: 'Synka', exact: true }).click()
    await page.getByRole('dialog').getByText('Ska den skrivas över med Fortnox?').waitFor()
    expect(await violations(page, ours)).toEqual([])
    expect(await lostWhenZoomed(page, page, ours)).toEqual([])
    await page.close()
  })
})

// Last: the analysis program forgets its years with its client.
it.each(['light', 'dark'] as const)('the dialog with the consent link, %s', async (colorScheme) => {
  const page = await openIn(colorScheme, `${ready.analysis}/las-in-data`)
  const number = colorScheme === 'light' ? '556012-5790' : '556042-7220'
  await enterClient(page, ready.analysis, { name: 'Oansluten AB', number })
  await activate(page)
  expect(await violations(page, ours)).toEqual([])
  expect(await lostWhenZoomed(page, page, ours)).toEqual([])
  await page.close()
})
