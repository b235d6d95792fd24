import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { IndexLine } from '../../shared/contract/types.ts'
import { booksIndex, company, year } from './books.ts'
import { setIndex } from './edge.ts'
import { addDocuments, openWorld, type World } from './world.ts'

/** The extension's own page: a year's vouchers, chosen, saved, and what happens when something is not there. */

let world: World
let page: Page
const large = '2024-01-01_2024-12-31'
const long = '2023-01-01_2023-12-31'

beforeAll(async () => {
  world = await openWorld()
  await addDocuments(world.edge, 40)
  setIndex(world.edge.world, company, { ...booksIndex(20_000), year: large })
  const { lines, ...rest } = booksIndex(20)
  const renamed = lines.map(([, number, ...others]): IndexLine => ['LEVFAKT', `12345${number}`, ...others])
  setIndex(world.edge.world, company, { ...rest, lines: renamed, year: long })
})
afterEach(async () => {
  world.edge.world.down = false
  await page?.close()
})
afterAll(() => world?.close())

async function open(hash = `#/${company}/${year}`): Promise<void> {
  page = await world.browser.newPage(`chrome-extension://${world.browser.extensionId}/underlag.html${hash}`)
}

const count = () => page.locator('.bar-count').first().textContent()
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? ''

describe('the Underlag page', () => {
  it('chooses all that the filter finds, keeps the choice beside another filter, and leaves it with the year', async () => {
    await open(`#/${company}/${large}`)
    await page.locator('.list-open').first().waitFor()
    await page.getByRole('checkbox', { name: 'Välj alla i listan' }).check()
    await expect.poll(async () => plain(await count()), { timeout: 30_000 }).toContain('20 000 valda')
    await page.getByRole('button', { name: 'Välj inga' }).click()
    await page.getByRole('checkbox', { name: 'Välj A 1', exact: true }).check()
    await page.getByLabel('Text').fill('A 2000')
    await page.getByRole('checkbox', { name: 'Välj A 2000', exact: true }).check()
    expect(plain(await count())).toContain('2 valda')
    await page.getByLabel('Räkenskapsår').selectOption(year)
    await expect.poll(async () => plain(await count())).not.toContain('vald')
  })

  it('draws long voucher numbers beside their dates, not over them', async () => {
    await open(`#/${company}/${long}`)
    const row = page.locator('.list-open').last()
    await row.waitFor()
    const [id, date] = await Promise.all(
      ['.voucher-id', '.list-date'].map((part) => row.locator(part).boundingBox()),
    )
    expect(id!.x + id!.width).toBeLessThanOrEqual(date!.x)
  })

  it('reaches the end of 20 000 vouchers', async () => {
    await open(`#/${company}/${large}`)
    await page.locator('.list-open').first().waitFor()
    await page.locator('.list-scroller').evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await page.getByRole('button', { name: 'A 20000' }).waitFor({ timeout: 30_000 })
    expect(await page.locator('.list-row').last().textContent()).toContain('A 20000')
    expect(await page.locator('.list-row').count()).toBeLessThan(120)
  })

  it('shows no voucher of one company under a link to another', async () => {
    await open('#/5590000000/2025-01-01_2025-12-31/A:1')
    await page.getByText('Länken leder till något som inte finns här').waitFor()
    expect(await page.locator('[data-active]').count()).toBe(0)
    expect(await page.locator('.documents-view').isVisible()).toBe(false)
  })

  it('says what went wrong and tries again, without counting what it does not know', async () => {
    world.edge.world.down = true
    await open()
    const again = page.getByRole('button', { name: 'Försök igen' })
    await again.waitFor()
    world.edge.world.down = false
    await again.click()
    await page.locator('.list-open').first().waitFor()
    world.edge.world.down = true
    await page.getByLabel('Text').fill('A 2')
    await again.waitFor()
    expect(await count()).not.toMatch(/\d verifikat/)
    world.edge.world.down = false
    await again.click()
    await page.getByRole('button', { name: /^A 2 / }).waitFor()
  })

  it('says what a filter’s field must hold', async () => {
    await open()
    await page.getByLabel('Belopp', { exact: true }).fill('abc')
    await page.getByText('Skriv ett belopp, till exempel 12 450,00').waitFor()
    await page.getByLabel('Belopp', { exact: true }).fill('')
    await page.getByLabel('Från', { exact: true }).fill('2025-05-01')
    await page.getByLabel('Till', { exact: true }).fill('2025-04-01')
    await page.getByText('Perioden slutar innan den börjar').waitFor()
  })

  it('shows the next documents as the last ones were shown, and gives the focus back after a search', async () => {
    await open(`#/${company}/${year}/A:1`)
    await page.locator('.page[data-drawn] canvas').first().waitFor()
    await page.getByRole('button', { name: 'Visa hela sidan' }).click()
    await page.reload()
    await page.locator('.page[data-drawn] canvas').first().waitFor()
    const fits = () => page.getByRole('button', { name: 'Visa hela sidan' }).getAttribute('aria-pressed')
    await expect.poll(fits).toBe('true')
    await page.keyboard.press('/')
    await page.getByRole('searchbox', { name: 'Sök i dokumentet' }).fill('faktura')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('scroller')
    await page.keyboard.press('w')
    await expect.poll(fits).toBe('false')
  })

  it('steps with the keys while a row’s box has the focus', async () => {
    await open(`#/${company}/${year}/A:1`)
    await page.getByRole('checkbox', { name: 'Välj A 1', exact: true }).check()
    await page.keyboard.press('j')
    await page.locator('.list-row[data-active]', { hasText: 'A 2' }).first().waitFor()
  })

  it('saves chosen documents as a ZIP that lists what is missing from it, and asks before a great many', async () => {
    await open()
    await page.getByRole('checkbox', { name: 'Välj A 2', exact: true }).check()
    world.edge.world.documents.delete('dA2-1')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Spara valda dokument (ZIP)' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('Underlag Provbolaget AB 2025-01-01_2025-12-31.zip')
    const zip = (await readFile(await saved.path())).toString('utf8')
    expect(zip).toContain('A2 2025-01-03 Kvitto A2 0,00.pdf')
    expect(zip).toMatch(/A 2\tKvitto A2\tDokumentet finns inte längre i Fortnox/)
    await page.getByText('1 dokument gick inte att hämta; de är uppräknade i Saknas.txt').waitFor()

    await page.getByRole('button', { name: 'Välj inga' }).click()
    await page.getByRole('checkbox', { name: 'Välj A 4', exact: true }).check()
    await page.getByRole('button', { name: 'Spara valda dokument (ZIP)' }).click()
    await page.getByText('Inget av verifikaten har dokument att spara').waitFor()
    await page.getByRole('button', { name: 'Välj inga' }).click()
    await page.getByRole('button', { name: 'Spara listans dokument (ZIP)' }).click()
    await page.getByText(/Det är 4\s500 dokument\. Ska alla hämtas\?/).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Hämta alla')
    await page.getByRole('button', { name: 'Avbryt' }).click()
    await page.getByRole('button', { name: 'Spara listan (CSV)' }).waitFor()
  })
})

describe('the options page', () => {
  it('asks before documents are removed from the computer, and gives the focus back', async () => {
    await open(`#/${company}/${year}/A:1`)
    await page.locator('.page[data-drawn] canvas').first().waitFor()
    await page.goto(`chrome-extension://${world.browser.extensionId}/options.html`)
    const clear = page.getByRole('button', { name: 'Töm' })
    await clear.click()
    const question = page.getByRole('alertdialog', { name: /^Ta bort .*från datorn\?$/ })
    await question.waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => question.count()).toBe(0)
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '')
    await expect.poll(focused).toBe('Töm')
    expect(await page.getByText(/^0 B av/).count()).toBe(0)
    await clear.click()
    await question.getByRole('button', { name: 'Ta bort' }).click()
    await page.getByText('Dokumenten är borttagna från datorn.').waitFor()
    await page.getByText(/^0 B av/).waitFor()
    await clear.click()
    expect(await question.count(), 'nothing is left to lose').toBe(0)
  })
})
