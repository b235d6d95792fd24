import type { BrowserContext, Frame, Locator, Page } from 'playwright-core'
import type { ExtensionBrowser } from '../pages/browser.ts'

/** What a person does, step by step, in a browser with the extension: shared by the tour and the end-to-end tests. */

/** Signs in through the extension's popup page and the identity provider's window. */
export async function signIn({ context, extensionId }: ExtensionBrowser, login = 'anna'): Promise<Page> {
  const popup = await context.newPage()
  await popup.goto(`chrome-extension://${extensionId}/popup.html`)
  const [window] = await Promise.all([
    context.waitForEvent('page'),
    popup.getByRole('button', { name: 'Logga in' }).click(),
  ])
  await window.locator('[name=login]').fill(login)
  await window.locator('[name=password]').fill(login)
  await window.locator('button[type=submit]').click()
  await popup.getByRole('button', { name: 'Logga ut' }).waitFor()
  return popup
}

/** Fills in the client at the analysis program's "Läs in data". */
export async function enterClient(
  page: Page,
  analysis: string,
  client: { name: string; number: string },
): Promise<void> {
  await page.goto(`${analysis}/las-in-data`)
  await page.locator('input[name=name]').fill(client.name)
  await page.locator('input[name=number]').fill(client.number)
  await page.getByRole('button', { name: 'Spara', exact: true }).first().click()
}

export async function addYear(page: Page, from: string, to: string): Promise<void> {
  await page.locator('input[name=from]').fill(from)
  await page.locator('input[name=to]').fill(to)
  await page.getByRole('button', { name: 'Lägg till år' }).click()
  await page.locator('.years').getByText(`${from} – ${to}`).waitFor()
}

/** The Fortnox card on "Läs in data". */
export function card(page: Page): Locator {
  return page.getByRole('region', { name: 'Fortnox', exact: true })
}

/** Confirms the company and chooses "Aktivera"; answers with the consent link, its dialog still open. */
export async function activate(page: Page): Promise<string> {
  await card(page).getByRole('button', { name: 'Bekräfta' }).click()
  await card(page).getByRole('button', { name: 'Aktivera' }).click()
  const link = page.getByRole('dialog').getByRole('textbox', { name: 'Länk för godkännande' })
  await link.waitFor()
  return link.inputValue()
}

/** Opens the link as an administrator without the extension, and gives access in Fortnox' window. */
export async function giveAccess(
  context: BrowserContext,
  link: string,
  who: { user: string; tenant?: number },
  seen: (name: string, page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  const page = await context.newPage()
  await page.goto(link)
  await seen('consent', page)
  const [window] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Ge behörighet' }).click(),
  ])
  await window.locator('input[name=user]').fill(who.user)
  await window.locator('input[name=password]').fill('fortnox')
  await window.getByRole('button', { name: 'Logga in' }).click()
  const choice = window.locator(`button[name=company][value="${who.tenant}"]`)
  const approval = window.getByRole('button', { name: 'Godkänn & aktivera' })
  await choice.or(approval).first().waitFor()
  if (await choice.isVisible()) await choice.click()
  await seen('fortnox', window)
  await approval.click()
  await window
    .getByText(/Fortnox är anslutet|Tillbaka till länken/)
    .first()
    .waitFor()
  return page
}

/** The controls of one fiscal year on "Inläst data". */
export function yearControls(page: Page, from: string, to: string): Locator {
  return page.getByRole('region', { name: `Underlag för ${from} – ${to}` })
}

/** The button on a voucher's row, by how its accessible name begins. */
export function rowButton(page: Page, voucher: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^Underlag ${voucher} \\(`) })
}

/** The document window's frame, once its document page has loaded. */
export async function documentWindow(page: Page): Promise<Frame> {
  const until = Date.now() + 10_000
  for (;;) {
    const frame = page.frames().find((candidate) => candidate.url().endsWith('/document.html'))
    if (frame) return frame
    if (Date.now() > until) throw new Error('no document window')
    await page.waitForTimeout(50)
  }
}

/** Waits until the window shows a drawn page or picture; answers with all that it says. */
export async function documentShown(frame: Frame): Promise<string> {
  await frame.locator('canvas, .page img, img.picture').first().waitFor({ timeout: 15_000 })
  await frame.locator('aside.panel').waitFor()
  return (await frame.locator('body').textContent()) ?? ''
}

/** Ends the extension's service worker, as Chromium does on its own after half a minute without work. */
export async function killBackground({ context, extensionId }: ExtensionBrowser): Promise<void> {
  const session = await context.newCDPSession(context.pages()[0]!)
  const { targetInfos } = await session.send('Target.getTargets')
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && new URL(url).host === extensionId,
  )
  if (!worker) throw new Error('no background to kill')
  await session.send('Target.closeTarget', { targetId: worker.targetId })
  await session.detach()
}
