import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { documentsOf, seriesOf } from './books.ts'
import { type SeenRow, seenRows, settle } from './check.ts'
import { openWorld, type World } from './world.ts'

let world: World
let page: Page

beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => page?.close())
afterAll(() => world?.close())

async function open(path: string): Promise<void> {
  page = await world.browser.newPage(`${world.pages}/${path}`)
  await button(/^Underlag/)
    .first()
    .waitFor()
  await page.waitForTimeout(400)
}

const button = (name: RegExp) => page.getByRole('button', { name })

/** The beginning of the label that the n:th voucher's button must have. */
function labelOf(n: number): string {
  const count = documentsOf(n)
  const files = count === 0 ? 'inga filer' : count === 1 ? '1 fil' : `${count} filer`
  return `Underlag ${seriesOf(n)} ${n} (${files}, per `
}

/** Waits until {@link expectRight} holds of the rows in view: a machine that has other work marks them later. */
const expectMarked = (rows: string, atLeast: number) =>
  vi.waitFor(async () => expectRight(await seenRows(page, rows), atLeast), { timeout: 8000, interval: 150 })

/** Every row that names a voucher has its own button, and no other row has any. */
function expectRight(rows: readonly SeenRow[], atLeast: number): void {
  const wrong = rows.filter(({ text, label }) => {
    const n = Number(/[AB] ?(?:\| )?(\d+)/.exec(text)?.[1])
    return Number.isNaN(n) ? label !== null : !label?.startsWith(labelOf(n))
  })
  expect(wrong).toEqual([])
  expect(rows.filter(({ label }) => label !== null).length).toBeGreaterThanOrEqual(atLeast)
}

describe('voucher rows on other people’s pages', () => {
  it('a plain table in automatic layout', async () => {
    await open('plain.html?rows=400')
    await expectMarked('tbody tr', 15)
    await page.evaluate(() => scrollTo(0, 4000))
    await page.waitForTimeout(400)
    await expectMarked('tbody tr', 15)
  })

  it('leaves the number and its neighbour readable in a column that is as narrow as they are', async () => {
    await open('plain.html?rows=60')
    for (const n of [1, 9, 10, 12, 14, 18]) {
      const name = `${seriesOf(n)} ${n}`
      const own = await button(new RegExp(`^Underlag ${name} `)).boundingBox()
      const [number, date] = await page.evaluate((name) => {
        const cell = [...document.querySelectorAll('td')].find((cell) => cell.textContent?.trim() === name)!
        return [cell, cell.nextElementSibling!].map((of) => {
          const range = document.createRange()
          range.selectNodeContents(of)
          return range.getBoundingClientRect().toJSON() as DOMRect
        })
      }, name)
      expect(own!.x, name).toBeGreaterThanOrEqual(number!.right)
      expect(own!.x + own!.width, name).toBeLessThanOrEqual(date!.left)
    }
  })

  it('rows under a sticky header carry no button over it', async () => {
    await open('plain.html?rows=400')
    await page.evaluate(() => scrollTo(0, 1010))
    await page.waitForTimeout(400)
    const over = await page.evaluate(() => {
      const head = document.querySelector('thead th')!.getBoundingClientRect()
      return [...document.querySelectorAll('underlag-ui')]
        .flatMap((host) => [...(host.shadowRoot?.querySelectorAll('button[data-key]') ?? [])])
        .filter((one) => getComputedStyle(one).visibility === 'visible')
        .map((one) => one.getBoundingClientRect())
        .filter(({ top, bottom }) => (top + bottom) / 2 > head.top && (top + bottom) / 2 < head.bottom).length
    })
    expect(over).toBe(0)
  })

  it('rows that are used again, scrolled from end to end', async () => {
    await open('recycled.html')
    for (let at = 0; at < 2700 * 30; at += 600) {
      await page.evaluate((top) => {
        document.querySelector('.scroller')!.scrollTop = top
      }, at)
      await settle(page, 3)
      const rows = await seenRows(page, '.scroller [role=row]')
      // A button may still be on its way; one that stands there is the right one.
      expectRight(
        rows.filter(({ label }) => label !== null),
        0,
      )
    }
    await page.waitForTimeout(300)
    await expectMarked('.scroller [role=row]', 12)
  })

  it('a grid with columns by key, in another order than its headers', async () => {
    await open('mui.html')
    await expectMarked('.scroller [role=row]', 10)
  })

  it('series and number apart, one button for a group of rows', async () => {
    await open('split.html')
    await expectMarked('.scroller .split-row', 5)
  })

  it('two tables with vouchers, one without', async () => {
    await open('two.html')
    const rows = await seenRows(page, 'tr')
    expect(rows.filter(({ label }) => label).length).toBe(8)
    expect(rows.filter(({ text }) => text.includes('El AB')).every(({ label }) => label === null)).toBe(true)
  })

  it('a frame of the same origin and an open shadow root', async () => {
    await open('frames.html')
    await expectMarked('tbody tr', 6 + 6)
  })

  it('ag-grid with a pinned column, sorted and scrolled under its hands', async () => {
    await open('ag-grid.html')
    const rows = '[role=row][row-index]'
    await expectMarked(rows, 5)
    await page.getByText('Datum').click()
    await page.getByText('Datum').click()
    // The grid moves its rows to their new places in its own time.
    await page.waitForTimeout(1500)
    await expectMarked(rows, 5)
    await page.mouse.move(300, 300)
    await page.mouse.wheel(0, 3000)
    await page.waitForTimeout(900)
    expect((await seenRows(page, rows))[0]?.text).not.toContain(' 400 |')
    await expectMarked(rows, 5)
  })

  it('asks for the year once, and marks what does not agree', async () => {
    await open('year.html')
    const before = await seenRows(page, 'tbody tr')
    expect(before.slice(0, 6).every(({ label }) => label?.includes('(?,'))).toBe(true)
    await button(/^Underlag A 1 /).click()
    await page.getByRole('button', { name: '2025-01-01 – 2025-12-31' }).click()
    await button(/^Underlag A 1 \(1 fil/).waitFor()
    const rows = await seenRows(page, 'tbody tr')
    expect(rows[0]?.label).toMatch(/^Underlag A 1 \(1 fil, per/)
    expect(rows[2]?.label).toContain('beloppet stämmer inte med verifikatet')
    expect(rows[5]?.label).toContain('finns inte i synkad data')
    expect(rows[6]?.label).toBeNull()
  })
})

describe('what the extension never does', () => {
  it('leaves the page’s own elements as they were', async () => {
    page = await world.browser.newPage(`${world.pages}/plain.html?rows=100`)
    await page.waitForLoadState()
    const before = await page.evaluate(() => document.body.innerHTML)
    await button(/^Underlag/)
      .first()
      .waitFor()
    expect(await page.evaluate(() => document.body.innerHTML)).toBe(before)
  })

  it('takes no keys, no focus, and makes no work for itself', async () => {
    await open('plain.html?rows=100')
    const quiet = await page.evaluate(async () => {
      let records = 0
      const keys: string[] = []
      addEventListener('keydown', ({ key }) => keys.push(key))
      const observer = new MutationObserver((list) => {
        records += list.length
      })
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      await new Promise((resolve) => setTimeout(resolve, 800))
      return { records, focus: document.activeElement === document.body, keys }
    })
    expect(quiet.records).toBe(0)
    expect(quiet.focus).toBe(true)
  })

  it('stands in tab order, row after row, and opens from the keyboard', async () => {
    await open('plain.html?rows=100')
    const first = button(/^Underlag A 1 /)
    await first.focus()
    await page.keyboard.press('Tab')
    const next = await page.evaluate(
      () => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '',
    )
    expect(next).toMatch(/^Underlag A 2 /)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.frames().some((frame) => frame.url().includes('document.html'))).toBe(true)
    await page.waitForTimeout(800)
    await page.keyboard.press('Escape')
    await expect
      .poll(() =>
        page.evaluate(
          () => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '',
        ),
      )
      .toMatch(/^Underlag A 2 /)
  })

  it('leaves no dead buttons when it is reloaded', async () => {
    await open('plain.html?rows=100')
    await world.browser.worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined)
    await expect
      .poll(() => page.evaluate(() => document.querySelectorAll('underlag-ui').length), { timeout: 5000 })
      .toBe(0)
  })
})
