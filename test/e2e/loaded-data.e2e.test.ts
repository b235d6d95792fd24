import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended } from '../stack/member.ts'
import { card, documentShown, documentWindow, killBackground, yearControls } from './drive.ts'
import { getReady, type Ready } from './ready.ts'

/** "Inläst data" under a person's hands: where a ledger comes from, what is asked, and what survives. */

let ready: Ready
let controls: Locator
const folder = mkdtempSync(join(tmpdir(), 'underlag-files-'))
/** The company's own ledger as a SIE-4 file, as a person would have it on disk. */
const file = join(folder, 'egen-bok.se')

beforeAll(async () => {
  ready = await getReady()
  const { anna, company, year } = ready
  const params = { company: company.organisationNumber }
  const [started] = await anna.json('startSync', { params, body: { years: [{ ...year, ledger: 'fetch' }] } })
  await ended(anna, company.organisationNumber, started!.sync!.id)
  const answer = await anna.bytes('ledgerSie', { params: { ...params, year: `${year.from}_${year.to}` } })
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()))
})
afterAll(async () => {
  await ready?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const open = async () => {
  const { page, analysis, year } = ready
  await page.goto(`${analysis}/bokforing/inlast-data`)
  controls = yearControls(page, year.from, year.to)
  await controls.getByText(/verifikat$/).waitFor()
}
const state = () => {
  const { anna, company, year } = ready
  return anna.json('year', {
    params: { company: company.organisationNumber, year: `${year.from}_${year.to}` },
  })
}
const readIn = async (path: string) => controls.locator('input[type=file]').setInputFiles(path)
const source = () => controls.locator('.tag').textContent()

describe('a SIE file', () => {
  it('takes the place of Fortnox’ ledger when the member reads it in', async () => {
    await open()
    expect(await source()).toBe('Fortnox')
    await readIn(file)
    await controls.getByText(/^Inläst: \d+ verifikat|^Filen är redan inläst/).waitFor()
    await expect.poll(source).toBe('Inläst SIE')
    await controls.getByText('egen-bok.se, Anna Lind').waitFor()
  })

  it('that is none is refused, says why, and leaves what was there', async () => {
    const before = await state()
    const poem = join(folder, 'dikt.se')
    writeFileSync(poem, 'Ja visst gör det ont när knoppar brister.\n')
    await readIn(poem)
    await controls.getByRole('alert').waitFor()
    expect(await controls.getByRole('alert').textContent()).toMatch(/SIE/)
    expect(await state()).toEqual(before)
    expect(await source()).toBe('Inläst SIE')
  })

  it('is never overwritten without a question; “no” brings the documents only', async () => {
    await controls.getByRole('button', { name: 'Synka', exact: true }).click()
    const dialog = ready.page.getByRole('dialog')
    await dialog.getByText('Ska den skrivas över med Fortnox?').waitFor()
    expect(await dialog.getByRole('radio', { name: 'Nej, bara dokument' }).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Synka', exact: true }).click()
    await controls.getByText(/^Klart:/).waitFor({ timeout: 60_000 })
    expect(await source()).toBe('Inläst SIE')
    expect((await state()).counts.documents).toBeGreaterThan(0)
  })

  it('gives way to Fortnox’ ledger after “yes”', async () => {
    await controls.getByRole('button', { name: 'Synka', exact: true }).click()
    const dialog = ready.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Ja, skriv över' }).check()
    await dialog.getByRole('button', { name: 'Synka', exact: true }).click()
    await expect.poll(source, { timeout: 60_000 }).toBe('Fortnox')
  })

  it('chosen in the page’s own field is noticed, and read in at the edge when the member wants', async () => {
    const { page, analysis } = ready
    await page.goto(`${analysis}/las-in-data`)
    const fortnox = card(page)
    await fortnox.getByText('Ansluten').waitFor()
    // Only what a person does counts, so the file goes in by way of the browser's own dialog.
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page
        .locator('input[type=file]')
        .first()
        .evaluate((input: HTMLInputElement) => input.click()),
    ])
    await chooser.setFiles(file)
    await page.getByText('Du läste in egen-bok.se här').waitFor()
    await page.getByRole('button', { name: 'Läs in i Underlag' }).click()
    await page.getByText(/^Inläst: \d+ verifikat|^Filen är redan inläst/).waitFor()
    expect((await state()).source).toBe('sie')
  })
})

describe('a running sync', () => {
  it('shows its progress, again after a reload, and goes on when the background is killed', async () => {
    const { stack, page, browser } = ready
    const { sandbox } = stack.sandbox
    await open()
    const before = await state()
    const slow = sandbox.addFault({ kind: 'slow-first-byte', path: '/3/**', delayMs: 1500 })
    await controls.getByRole('button', { name: 'Synka', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Synka', exact: true }).click()
    await controls.getByRole('progressbar').waitFor()
    await page.reload()
    await controls.getByRole('progressbar').waitFor()
    await killBackground(browser)
    sandbox.removeFault(slow)
    await controls.getByText(/^Klart:/).waitFor({ timeout: 60_000 })
    const after = await state()
    expect(after.sync).toBeNull()
    expect(after.documentsAt).toBeGreaterThan(before.documentsAt!)
  })
})

describe('a killed background', () => {
  it('comes back for the next document', async () => {
    const { page, analysis, browser } = ready
    await page.goto(`${analysis}/bokforing/verifikat`)
    const button = page.getByRole('button', { name: /^Underlag .*\(\d+ filer?\b/ }).first()
    await button.waitFor()
    await killBackground(browser)
    await button.click()
    expect(await documentShown(await documentWindow(page))).not.toBe('')
  })
})

describe('a reload of the extension', () => {
  it('takes the card and the years’ controls out of the open pages', async () => {
    const { page, analysis, browser, year } = ready
    await open()
    const other = await browser.newPage(`${analysis}/las-in-data`)
    await card(other).getByText('Ansluten').waitFor()
    const old = [
      await card(other).elementHandle(),
      await yearControls(page, year.from, year.to).elementHandle(),
    ]
    const worker = browser.context.serviceWorkers().at(-1)!
    await worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined)
    const left = () => Promise.all(old.map((element) => element!.evaluate(({ isConnected }) => isConnected)))
    await expect.poll(left, { timeout: 10_000 }).toEqual([false, false])
  })
})
