import type { Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { documentShown, documentWindow, killBackground, rowButton } from '../e2e/drive.ts'
import { company } from './books.ts'
import { addDocuments, openWorld, type World } from './world.ts'

/** The document window over a page that is not ours: what opens it, steps it, moves it and takes it away. */

let world: World
let page: Page

beforeAll(async () => {
  world = await openWorld()
  await addDocuments(world.edge, 120)
})
afterEach(() => page?.close())
afterAll(() => world?.close())

async function open(path: string): Promise<void> {
  page = await world.browser.newPage(`${world.pages}/${path}`)
  await rowButton(page, 'A 1').waitFor()
}

async function openVoucher(voucher: string): Promise<Frame> {
  await rowButton(page, voucher).click()
  const frame = await documentWindow(page)
  await documentShown(frame)
  return frame
}

/** The name of the row button that has the focus; the empty string when none has. */
const focused = () =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '')

const shownVoucher = (frame: Frame) => frame.locator('.voucher-id').first().textContent()

/** Where the window stands; null when it is not seen. Its element is in a closed shadow root, so the frame tells. */
async function windowBox(): Promise<{ x: number; y: number; width: number; height: number } | null> {
  const element = await (await documentWindow(page)).frameElement()
  // While it draws ahead it is transparent, not hidden.
  const isShown = await element.evaluate((frame) => !frame.parentElement!.hidden)
  return isShown ? element.boundingBox() : null
}

describe('the document window over a page', () => {
  it('opens by a click after the background was killed', async () => {
    await open('plain.html?rows=60')
    await killBackground(world.browser)
    const frame = await openVoucher('A 1')
    expect(await shownVoucher(frame)).toBe('A 1')
  })

  it('gives the focus back to the row on Esc, also when the row was scrolled away meanwhile', async () => {
    await open('plain.html?rows=60')
    const frame = await openVoucher('A 2')
    await frame.locator('body').press('Escape')
    await expect.poll(focused).toMatch(/^Underlag A 2 /)
    expect(await windowBox()).toBeNull()

    for (const [path, list] of [
      ['plain.html?rows=400', 'html'],
      ['recycled.html', '.scroller'],
    ] as const) {
      await page.close()
      await open(path)
      const other = await openVoucher('A 3')
      await page.locator(list).evaluate((element) => element.scrollTo(0, 9000))
      await expect.poll(() => rowButton(page, 'A 3').count()).toBe(0)
      await other.locator('body').press('Escape')
      await expect.poll(focused).toMatch(/^Underlag A 3 /)
    }
  })

  it('steps through a virtualised list by k and j, past the rows that exist', async () => {
    await open('recycled.html')
    const list = page.locator('.scroller')
    await list.evaluate((element) => element.scrollTo(0, 100 * 30))
    const frame = await openVoucher('A 101')
    const isThere = (text: string) => list.getByText(text, { exact: true }).count()
    expect([await isThere('A 95'), await isThere('A 94')], 'six rows above are drawn').toEqual([1, 0])
    const press = async (key: 'j' | 'k', n: number) => {
      await frame.locator('body').press(key)
      await expect.poll(() => shownVoucher(frame)).toBe(`${n % 7 === 0 ? 'B' : 'A'} ${n}`)
    }
    for (let n = 100; n >= 90; n--) await press('k', n)
    for (let n = 91; n <= 94; n++) await press('j', n)
    await frame.locator('body').press('Escape')
    await expect.poll(focused).toMatch(/^Underlag A 94 /)
  })

  it('shows a preview once the pointer has stayed, and takes it away a moment after it left', async () => {
    await open('plain.html?rows=60')
    const button = rowButton(page, 'A 1')
    // By the focus the frame is there before the pointer comes, so that its times can be told.
    await button.focus()
    const element = await (await documentWindow(page)).frameElement()
    await button.blur()
    const times = await element.evaluateHandle((frame) => {
      const times: Record<'came' | 'left' | 'shown' | 'hidden', number> = {
        ...{ came: 0, left: 0, shown: 0, hidden: 0 },
      }
      const isOurs = ({ target }: Event) => (target as Element).localName === 'underlag-ui'
      document.addEventListener('pointerover', (event) => {
        if (isOurs(event)) times.came ||= event.timeStamp
      })
      document.addEventListener('pointerout', (event) => {
        if (isOurs(event)) times.left = event.timeStamp
      })
      const section = frame.parentElement!
      new MutationObserver(() => {
        times[section.hidden ? 'hidden' : 'shown'] ||= performance.now()
      }).observe(section, { attributeFilter: ['hidden'] })
      return times
    })
    await button.hover()
    await expect.poll(windowBox, { timeout: 5000 }).not.toBeNull()
    await (await documentWindow(page)).locator('canvas, .page img').first().waitFor()
    expect(await focused(), 'a preview takes no focus').toBe('')
    await page.mouse.move(700, 5)
    await expect.poll(windowBox, { timeout: 5000 }).toBeNull()
    // By the page's own clock: a machine that has other work is late, never early.
    const { came, left, shown, hidden } = await times.jsonValue()
    expect(came).toBeGreaterThan(0)
    expect(left).toBeGreaterThan(shown)
    expect(shown - came, 'a passing pointer shows nothing').toBeGreaterThan(250)
    expect(hidden - left, 'the pointer may be on its way to the preview').toBeGreaterThan(100)
  })

  it('fetches and draws what the pointer stays at, unseen: a click then asks the edge for nothing', async () => {
    await open('plain.html?rows=60')
    // Its own document: once it is shown, those of the next vouchers are fetched ahead.
    const asked = () => world.edge.world.asked.get('document dA45-0') ?? 0
    expect(asked()).toBe(0)
    const button = rowButton(page, 'A 45')
    await button.hover()
    await expect.poll(asked).toBe(1)
    await page.mouse.move(700, 5)
    const frame = await documentWindow(page)
    const data = { company, document: 'dA45-0' }
    const message = { id: 1, type: 'documentPicture', data, timestamp: 0 }
    await expect
      .poll(
        () =>
          frame.evaluate(async (ask) => (await chrome.runtime.sendMessage(ask)).res.value?.pages, message),
        { timeout: 8000 },
      )
      .toBe(2)
    const opacity = () =>
      frame
        .frameElement()
        .then((element) => element.evaluate((frame) => getComputedStyle(frame.parentElement!).opacity))
    await expect.poll(opacity).toBe('0')
    await openVoucher('A 45')
    await expect.poll(opacity).toBe('1')
    expect(asked()).toBe(1)
  })

  it('stays where it was docked and as wide as it was made, on the next page too', async () => {
    await open('plain.html?rows=60')
    const frame = await openVoucher('A 1')
    await frame.getByRole('button', { name: /^Placering: .*vänster/i }).click()
    await expect.poll(windowBox).toMatchObject({ x: 1, width: 638 })
    const handle = frame.getByRole('separator')
    const box = (await (await handle.elementHandle())!.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, 300)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 - 120, 300, { steps: 4 })
    await page.mouse.up()
    const isMade = (width: number) => width > 505 && width < 535
    await expect.poll(async () => isMade((await windowBox())?.width ?? 0)).toBe(true)
    await page.waitForTimeout(500)
    await page.close()

    await open('recycled.html')
    await openVoucher('A 1')
    const again = await windowBox()
    expect(again?.x).toBe(1)
    expect(isMade(again?.width ?? 0)).toBe(true)
  })
})
