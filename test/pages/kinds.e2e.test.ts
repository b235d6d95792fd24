import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { markedRows } from './marked.ts'
import { openWorld, type World } from './world.ts'

let world: World
let page: Page

beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => page?.close())
afterAll(() => world?.close())

const open = async (kind: string) => {
  page = await world.browser.newPage(`${world.pages}/kind.html?${kind}`)
}

/** Waits until every marked row in view, so many or more, carries its own button, and no other row any. */
async function expectMarked(atLeast: number): Promise<void> {
  const look = async () => {
    const { right, wrong, buttons } = await markedRows(page)
    return { isEnough: right >= atLeast, wrong, others: buttons - right }
  }
  await expect
    .poll(look, { timeout: 10_000, interval: 150 })
    .toEqual({ isEnough: true, wrong: [], others: 0 })
}

describe('tables of many kinds', () => {
  it.each([
    ['bare', 7],
    ['sticky-clone', 13],
    ['rowspan', 7],
    ['general-ledger', 15],
    ['bootstrap', 15],
    ['react-table', 12],
    ['contents', 12],
    ['tabulator', 14],
    ['handsontable', 20],
    ['slick', 14],
    ['nested-shadow', 10],
    ['dates', 18],
    ['forms', 15],
    ['panes', 11],
    ['copies', 10],
    ['slotted', 10],
    ['split-body', 11],
    ['headed', 7],
    ['headed-plain', 5],
    ['cards', 7],
    ['flat', 14],
    ['late-root', 10],
  ] as const)('%s: each row its own button, at least %i', async (kind, rows) => {
    await open(kind)
    await expectMarked(rows)
  })

  it('drawn anew: sorted, filtered, another page, other columns, another table', async () => {
    await open('changing')
    await expectMarked(12)
    const steps = { Sortera: 12, Filtrera: 6, 'Rita om': 12, 'Nästa sida': 12, 'Annan text': 12 }
    for (const [step, rows] of Object.entries(steps)) {
      await page.getByRole('button', { name: step }).click()
      await expectMarked(rows)
    }
    await page.getByRole('button', { name: 'Byt kolumner' }).click()
    await expectMarked(12)
    await page.getByRole('button', { name: 'Annan tabell' }).click()
    await expectMarked(0)
    await page.getByRole('button', { name: 'Tillbaka' }).click()
    await expectMarked(8)
  })

  it.each([
    ['panes', 'Rulla', 11],
    ['slotted', 'Nästa', 10],
    ['detail', 'Nästa', 1],
  ] as const)('%s: right after its rows have moved', async (kind, step, rows) => {
    await open(kind)
    await expectMarked(rows)
    await page.getByRole('button', { name: step }).click()
    await expectMarked(rows)
  })

  it('clipped: rows below the fold can be reached by Tab', async () => {
    await open('clipped')
    await expectMarked(20)
    const below = await page
      .locator('underlag-ui button[data-key]')
      .evaluateAll(
        (buttons) =>
          buttons.filter(
            (button) =>
              button.getBoundingClientRect().top > innerHeight &&
              getComputedStyle(button).visibility === 'visible',
          ).length,
      )
    expect(below).toBeGreaterThan(10)
  })

  it('a frame that comes later and is written into', async () => {
    await open('late-frame')
    await expectMarked(8)
    await page.getByRole('button', { name: 'Nästa' }).click()
    await expectMarked(8)
  })

  it('no button where numbers, dates and amounts are no vouchers’', async () => {
    await open('none')
    await page.getByText('Slut').waitFor()
    await page.waitForTimeout(1500)
    expect(await page.locator('underlag-ui button[data-key]').count()).toBe(0)
  })
})
