import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { firefox } from '../run/ensure.ts'
import { approve } from '../stack/member.ts'
import { type Stack, startStack } from '../stack/stack.ts'

/** The way in real Firefox, over WebDriver BiDi: activate, sync, hand over the ledger, open a document. */

let stack: Stack
let browser: Browser
let page: Page

beforeAll(async () => {
  stack = await startStack({ browser: 'firefox' })
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox(),
    headless: true,
    args: ['--width=1280', '--height=900'],
    extraPrefsFirefox: { 'intl.accept_languages': 'sv-SE' },
  })
  await browser.installExtension(stack.extension!)
  page = await browser.newPage()
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** Text of the extension's own elements on the page. */
const ours = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('underlag-ui')].map((host) => host.shadowRoot?.textContent ?? '').join(' '),
  )

async function says(text: RegExp): Promise<void> {
  const until = Date.now() + 30_000
  for (let seen = await ours(); !text.test(seen); seen = await ours()) {
    if (Date.now() > until) throw new Error(`never said ${text}: ${seen.slice(0, 600)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function press(label: RegExp): Promise<void> {
  const until = Date.now() + 15_000
  for (;;) {
    const found = await page.evaluateHandle(
      ([source]) => {
        const wanted = new RegExp(source!)
        const buttons = [...document.querySelectorAll('underlag-ui')].flatMap((host) => [
          ...(host.shadowRoot?.querySelectorAll('button') ?? []),
        ])
        const named = buttons.filter((one) =>
          wanted.test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
        )
        // A dialog's own button lies above the card's of the same name.
        return named.at(-1) ?? null
      },
      [label.source],
    )
    const button = found.asElement() as import('puppeteer-core').ElementHandle<Element> | null
    // The page may draw itself anew between finding and clicking.
    if (
      button &&
      (await button.click().then(
        () => true,
        () => false,
      ))
    )
      return
    if (Date.now() > until) throw new Error(`no button ${label}: ${(await ours()).slice(0, 600)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

it('signs in, activates, syncs, hands over the ledger and opens a document', async () => {
  const { name, organisationNumber, tenant } = stack.sandbox.sandbox.companies[0]!
  await page.goto(`${stack.analysis!.url}/las-in-data`)
  await page.type('input[name=name]', name)
  await page.type('input[name=number]', organisationNumber)
  await page.click('form.fields button')
  for (const { from, to } of stack.sandbox.sandbox.truth(tenant).years) {
    await page.evaluate(
      ([first, last]) => {
        for (const [field, value] of [
          ['from', first],
          ['to', last],
        ]) {
          document.querySelector<HTMLInputElement>(`input[name=${field}]`)!.value = value!
        }
        document.querySelector('input[name=to]')!.closest('form')!.requestSubmit()
      },
      [from, to],
    )
  }

  await press(/^Logga in$/)
  const signIn = await browser.waitForTarget((target) => target.url().includes('/interaction/'), {
    timeout: 20_000,
  })
  const window = (await signIn.page())!
  await window.type('[name=login]', 'anna')
  await window.type('[name=password]', 'anna')
  await window.click('button[type=submit]')

  await press(/^Bekräfta$/)
  await press(/^Aktivera$/)
  await says(/Länken gäller till/)
  const link = await page.evaluate(
    () =>
      [...document.querySelectorAll('underlag-ui')]
        .map((host) =>
          host.shadowRoot?.querySelector<HTMLInputElement>('dialog input[readonly], dialog input'),
        )
        .find(Boolean)?.value ?? '',
  )
  expect((await approve(stack, link, { user: 'admin', tenant })).status).toBe(200)
  await says(/Ansluten/)
  await press(/^Stäng$/)
  await press(/^Synka två senaste åren$/)
  await press(/^Synka$/)
  await says(/Synkat \d{4}/)

  await says(/Lämna till sidan/)
  await press(/^Lämna till sidan/)
  await says(/Sidan svarar|går inte att se|släpptes på sidans yta|Spara den och välj/)

  await page.goto(`${stack.analysis!.url}/bokforing/verifikat`)
  await press(/^Underlag A 1 \(/)
  const until = Date.now() + 20_000
  for (;;) {
    // The frame's address is the extension's own; WebDriver BiDi calls it about:blank but runs in it.
    const counts = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) =>
          frame.evaluate(() => document.querySelectorAll('canvas, .page img').length).catch(() => 0),
        ),
    )
    const drawn = counts.some((count) => count > 0)
    if (drawn) break
    expect(Date.now(), 'no document was drawn').toBeLessThan(until)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}, 180_000)
