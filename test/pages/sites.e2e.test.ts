import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowButton } from '../e2e/drive.ts'
import { startPages } from './server.ts'
import { openWorld, type World } from './world.ts'

/** A site that the extension does not know: turned on, told its company and its column, and turned off, by the popup. */

let world: World
let site: Awaited<ReturnType<typeof startPages>>
let page: Page

beforeAll(async () => {
  world = await openWorld()
  site = await startPages('127.0.0.3')
  page = await world.browser.newPage(`${site.url}/nameless.html`)
  const { context } = world.browser
  context.setDefaultTimeout(10_000)
  // A click on the toolbar's icon lets the popup see the address of the tab in front (activeTab). There is no such click here.
  await context.addInitScript((url) => {
    if (location.pathname !== '/popup.html') return
    const query = chrome.tabs.query.bind(chrome.tabs)
    chrome.tabs.query = async (filter: chrome.tabs.QueryInfo) =>
      (await query(filter)).map((tab) => (tab.active ? { ...tab, url } : tab))
  }, page.url())
})
afterAll(async () => {
  await world?.close()
  await site?.close()
})

/** The toolbar popup's page for the tab in front: it stands in a tab behind, since a test cannot reach the bubble. */
async function popup(): Promise<Page> {
  await page.bringToFront()
  const [opened] = await Promise.all([
    world.browser.context.waitForEvent('page'),
    world.browser.worker.evaluate(
      () => void chrome.tabs.create({ active: false, url: chrome.runtime.getURL('/popup.html') }),
    ),
  ])
  await opened.getByRole('button', { name: 'Logga ut' }).waitFor()
  return opened
}

/** The member's yes, given beforehand on the browser's own page for extensions: its question cannot be answered here. */
async function allowSite(pattern: string): Promise<void> {
  const settings = await world.browser.newPage('chrome://extensions/')
  await settings.evaluate(
    async ([id, pattern]) => {
      type Private = { addHostPermission(id: string, pattern: string): Promise<void> }
      await (chrome as unknown as { developerPrivate: Private }).developerPrivate.addHostPermission(
        id,
        pattern,
      )
    },
    [world.browser.extensionId, pattern] as const,
  )
  await settings.close()
}

const buttons = () => page.locator('underlag-ui button[data-key]')

describe('a site that is not known', () => {
  it('is left alone until the member turns it on', async () => {
    await page.waitForTimeout(500)
    expect(await page.locator('underlag-ui').count()).toBe(0)
    const scripts = () => world.browser.worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())
    expect(await scripts()).toEqual([])
    await allowSite('http://127.0.0.3/*')
    const opened = await popup()
    await opened.getByRole('button', { name: 'Slå på för den här webbplatsen' }).click()
    await expect.poll(async () => (await scripts())[0]?.matches).toEqual(['http://127.0.0.3/*'])
    await opened.close()
  })

  it('whose pages name no company is asked for it once, and remembers', async () => {
    const opened = await popup()
    expect(await buttons().count()).toBe(0)
    await opened.getByRole('combobox').selectOption('5560160680')
    await opened.getByRole('button', { name: 'Välj', exact: true }).click()
    await rowButton(page, '501')
      .or(page.getByRole('button', { name: /^Underlag 501 / }))
      .first()
      .waitFor()
    await opened.close()
    await page.reload()
    await page.getByRole('button', { name: /^Underlag 501 / }).waitFor()
  })

  it('whose column was guessed wrong is put right by pointing, on the next visit too', async () => {
    const opened = await popup()
    await opened.getByRole('button', { name: /^Peka ut kolumner/ }).click()
    await page.getByText('Klicka i kolumnen').waitFor()
    await page.getByRole('cell', { name: 'A 2', exact: true }).click()
    await rowButton(page, 'A 1').waitFor()
    expect(await page.getByText('Klicka i kolumnen').count()).toBe(0)
    expect(await page.getByRole('button', { name: /^Underlag 50/ }).count()).toBe(0)
    await page.reload()
    await rowButton(page, 'A 1').waitFor()
    expect(await page.getByRole('button', { name: /^Underlag 50/ }).count()).toBe(0)
  })

  it('whose date and amount stand under words of its own is told so by pointing', async () => {
    const point = async (role: string, cell: string) => {
      const opened = await popup()
      await opened.getByRole('button', { name: /^Peka ut kolumner/ }).click()
      await page.getByRole('radio', { name: role }).check()
      await page.getByRole('cell', { name: cell, exact: true }).first().click()
    }
    const first = page.getByRole('button', { name: /^Underlag A 1 / })
    await expect.poll(() => first.getAttribute('aria-label')).toContain('räkenskapsåret är okänt')
    await point('Datum', '2025-01-02')
    await expect.poll(() => first.getAttribute('aria-label')).toMatch(/^Underlag A 1 \(1 fil, per/)
    await point('Belopp', '1,00')
    await expect.poll(() => first.getAttribute('aria-label')).toContain('beloppet stämmer inte')
    await point('Belopp', '101,37')
    await expect.poll(() => first.getAttribute('aria-label')).toMatch(/^Underlag A 1 \(1 fil, per/)
    await page.reload()
    await expect.poll(() => first.getAttribute('aria-label')).toMatch(/^Underlag A 1 \(1 fil, per/)
  })

  it('is left alone again once it is turned off', async () => {
    const opened = await popup()
    await opened.getByRole('button', { name: 'Slå av för den här webbplatsen' }).click()
    await expect.poll(() => page.locator('underlag-ui').count()).toBe(0)
    await page.reload()
    await page.waitForTimeout(800)
    expect(await page.locator('underlag-ui').count()).toBe(0)
    await opened.close()
  })
})
