import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import {
  activate,
  addYear,
  card,
  documentShown,
  documentWindow,
  enterClient,
  giveAccess,
  rowButton,
  signIn,
  yearControls,
} from './e2e/drive.ts'
import { startBrowser } from './pages/browser.ts'
import { lightPicture } from './stack/picture.ts'
import { root } from './stack/processes.ts'
import { startStack } from './stack/stack.ts'
import { drawStates } from './window/draw.ts'

/**
 * `npm run tour [-- --books FILE.se] [--pictures FOLDER] [--all]`: the whole way in headless Chromium, from "Aktivera" to
 * the invoice on the row, then (with the built-in books) the document window in each of its states; `--all` draws those in
 * English and dark too. Each step is checked, timed and pictured; the first that does not hold ends the tour with exit
 * code 1.
 */
const { values } = parseArgs({
  options: { books: { type: 'string' }, pictures: { type: 'string' }, all: { type: 'boolean' } },
})
// Somebody's own books are not pictured where everybody's pictures lie.
const pictures = values.pictures ?? join(root, values.books ? '.local/tour' : 'test/tour')
mkdirSync(pictures, { recursive: true })

console.log('Starting sandbox, sign-in, edge and analysis program …')
const books = values.books
  ? [{ name: basename(values.books), bytes: new Uint8Array(readFileSync(resolve(values.books))) }]
  : []
const stack = await startStack({ sandbox: { books } })
const browser = await startBrowser(stack.extension!)
const { sandbox } = stack.sandbox
const analysis = stack.analysis!.url
let page!: Page
let administratorPage!: Page
let failed = false

// The company whose books were given, else the built-in one; its years, the latest first.
const company = sandbox.companies[0]!
const truth = sandbox.truth(company.tenant)
const years = [...truth.years].sort((a, b) => (a.to < b.to ? 1 : -1))
const year = years.find(({ vouchers }) => vouchers.length > 0)!
const administrator = sandbox.users.find(({ companies }) =>
  companies.some(({ tenant, admin }) => admin && tenant === company.tenant),
)!.login
const yearId = `${year.from}_${year.to}`
const withDocuments = year.vouchers.filter(({ documents, rows }) => documents.length > 0 && rows.length > 0)
const documented =
  withDocuments.find(({ documents }) => documents.some(({ origins }) => origins.includes('supplier'))) ??
  withDocuments[0]

const table: { step: string; ms: number; seen: string }[] = []
async function step(name: string, work: () => Promise<string>): Promise<void> {
  if (failed) return
  const begun = performance.now()
  try {
    const seen = await work()
    table.push({ step: name, ms: Math.round(performance.now() - begun), seen })
  } catch (error) {
    failed = true
    const what = (error as Error).message.split('\n').slice(0, 6).join(' ')
    table.push({ step: name, ms: Math.round(performance.now() - begun), seen: `FAILED: ${what}` })
    if (!page.isClosed()) await picture('failed', page).catch(() => undefined)
  }
  const { step, ms, seen } = table.at(-1)!
  console.log(`  ${step.padEnd(34)} ${String(ms).padStart(6)} ms  ${seen}`)
}

async function picture(name: string, of: Page): Promise<void> {
  writeFileSync(join(pictures, `${name}.png`), await lightPicture(of))
}

function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

await step('1 Sign in', async () => {
  const popup = await signIn(browser)
  await picture('1-signed-in', popup)
  await popup.getByText('Norra Revision').first().waitFor()
  await popup.close()
  return 'Anna Lind, Norra Revision AB'
})

await step('2 Läs in data: Aktivera', async () => {
  page = await browser.newPage(`${analysis}/las-in-data`)
  await enterClient(page, analysis, { name: company.name, number: company.organisationNumber })
  for (const { from, to } of years.toReversed()) await addYear(page, from, to)
  const link = await activate(page)
  await picture('2-consent-link', page)
  const waiting = giveAccess(
    browser.context,
    link,
    { user: administrator, tenant: company.tenant },
    async (name, at) => {
      await at.bringToFront()
      await picture(`3-${name}`, at)
    },
  )
  administratorPage = await waiting
  return `link ${new URL(link).pathname.slice(0, 18)}…`
})

await step('3 The consent page', async () => {
  await administratorPage.getByText('Klart. Fortnox är anslutet').waitFor({ timeout: 4000 })
  await picture('3-done', administratorPage)
  await administratorPage.close()
  return `approved by ${administrator} for ${company.name}`
})

await step('4 Green light', async () => {
  await page.bringToFront()
  await card(page).getByText('Ansluten').waitFor({ timeout: 6000 })
  await page.keyboard.press('Escape')
  await card(page)
    .getByRole('button', { name: /Synka två senaste åren|Synka året/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Synka', exact: true }).click()
  await card(page)
    .getByText(/^Synkat \d{4}/)
    .nth(Math.min(years.length, 2) - 1)
    .waitFor({ timeout: 60_000 })
  await picture('4-green-light', page)
  return 'card green without a reload; the two latest years synced'
})

await step('5 Bokföring › Inläst data', async () => {
  await page.goto(`${analysis}/bokforing/inlast-data`)
  const controls = yearControls(page, year.from, year.to)
  await controls.getByText(/Synkat/).waitFor()
  await picture('5-loaded-data', page)
  const [kept] = await stack.edge.query<{ vouchers: number; debit: number; documents: number }>(
    'LEDGER',
    `SELECT b.vouchers, b.documents, (SELECT SUM(v.amount) FROM voucher v WHERE v.generation = b.generation) AS debit
     FROM books b WHERE b.year = '${yearId}'`,
  )
  const debit = year.vouchers
    .flatMap(({ rows }) => rows)
    .reduce((sum, { amount }) => sum + Math.max(amount, 0), 0)
  expect(kept, 'no year in D1')
  expect(
    kept.vouchers === year.vouchers.length,
    `D1 has ${kept.vouchers} vouchers, Fortnox ${year.vouchers.length}`,
  )
  expect(kept.debit === debit, `D1 sums ${kept.debit}, Fortnox ${debit}`)
  const expected = expectedFigures()
  if (expected) {
    expect(kept.vouchers === expected.vouchers, `expected.json has ${expected.vouchers} vouchers`)
    expect(kept.debit === expected.debit, `expected.json sums ${expected.debit}`)
  }
  return `${kept.vouchers} vouchers, debit ${(kept.debit / 100).toFixed(2)}, ${kept.documents} documents${expected ? ', as expected.json' : ''}`
})

await step('8 The ledger to the program', async () => {
  await page.goto(`${analysis}/las-in-data`)
  await card(page).getByText('Huvudbok till programmet').scrollIntoViewIfNeeded()
  await card(page).getByRole('button', { name: 'Lämna till sidan' }).first().click()
  await card(page)
    .getByText(/Sidan svarar|går inte att se/)
    .waitFor({ timeout: 15_000 })
  await picture('8-handed-over', page)
  const said = await card(page)
    .getByText(/Sidan svarar|går inte att se/)
    .textContent()
  return said?.slice(0, 90) ?? ''
})

const opened = documented ? `${documented.series} ${documented.number}` : ''
/** The row's button, the program's own search having brought the row into view. */
async function findRow() {
  await page.getByRole('searchbox', { name: 'Sök' }).fill(opened)
  const button = rowButton(page, opened)
  await button.waitFor({ timeout: 10_000 })
  return button
}

await step('6 Voucher rows', async () => {
  expect(documented, 'these books have no document')
  await page.goto(`${analysis}/bokforing/verifikat`)
  await page
    .getByRole('button', { name: /^Underlag / })
    .first()
    .waitFor({ timeout: 10_000 })
  await picture('6-rows', page)
  const button = await findRow()
  await button.click()
  const frame = await documentWindow(page)
  const panel = await documentShown(frame)
  expect(panel.includes(opened), `the window does not say ${opened}: ${panel.slice(0, 200)}`)
  await page.waitForTimeout(700)
  await picture('6-document', page)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  const label = await page.evaluate(() => {
    const host = document.activeElement
    return (host?.shadowRoot?.activeElement ?? host)?.getAttribute('aria-label') ?? ''
  })
  expect(label.startsWith(`Underlag ${opened}`), `focus came back to "${label}"`)
  return `${opened}: document drawn, its rows beside it, Esc back to the row`
})

await step('9 Cron', async () => {
  await stack.edge.query('DIRECTORY', 'UPDATE integration SET due_at = 0')
  const before = sandbox.log.length
  const answer = await stack.edge.scheduled()
  expect(answer.ok, `scheduled answered ${answer.status}`)
  const until = Date.now() + 20_000
  while (!sandbox.log.slice(before).some(({ path }) => path.startsWith('/3/sie/4'))) {
    expect(Date.now() < until, 'no sync came of it')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return `${sandbox.log.length - before} requests to Fortnox, ledger fetched again`
})

await step('7 Cache', async () => {
  await stack.edge.stop()
  await stack.sandbox.close()
  await page.goto(`${analysis}/bokforing/verifikat`)
  await (await findRow()).click()
  const frame = await documentWindow(page)
  const panel = await documentShown(frame)
  await page.waitForTimeout(500)
  await picture('7-cached', page)
  return panel.includes('cache')
    ? 'opened with edge and Fortnox stopped, and says so'
    : 'opened with edge and Fortnox stopped'
})

await browser.close()
await stack.stop()
if (!values.books && !failed) {
  console.log('The document window in each of its states …')
  const languages = values.all ? (['sv', 'en'] as const) : (['sv'] as const)
  const themes = values.all ? (['light', 'dark'] as const) : (['light'] as const)
  const looks = languages.flatMap((language) => themes.map((theme) => ({ language, theme })))
  await drawStates(stack.extension!, join(pictures, 'window'), looks, step)
}
const acting = Object.values(sandbox.counts().acting).reduce((sum, count) => sum + count, 0)
if (acting > 0) {
  failed = true
  console.log(`  FAILED: ${acting} requests that Fortnox would act on`)
}
console.log(
  failed
    ? '\nThe tour did not hold.'
    : `\nThe tour holds: ${table.length} steps. Pictures: ${relative(root, pictures)}/`,
)
process.exit(failed ? 1 : 0)

/** The figures of expected.json for a file of the corpus, where it is there; null otherwise. */
function expectedFigures(): { vouchers: number; debit: number } | null {
  if (!values.books) return null
  try {
    const list = JSON.parse(readFileSync(resolve(values.books, '../../expected.json'), 'utf8')) as {
      file: string
      vouchers: number
      sumDebitTRANS: string
    }[]
    const found = list.find(({ file }) => file === basename(values.books!))
    return found ? { vouchers: found.vouchers, debit: Math.round(Number(found.sumDebitTRANS) * 100) } : null
  } catch {
    return null
  }
}
