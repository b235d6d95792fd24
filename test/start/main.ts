/** `npm start [-- --books FILE.se]`: everything on one machine, and Chromium with the extension in front of it. */

import { readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { addYear, enterClient } from '../e2e/drive.ts'
import { BooksError } from '../fortnox/index.ts'
import { chromium } from '../run/ensure.ts'
import { localFolder } from '../stack/processes.ts'
import { type Stack, startStack } from '../stack/stack.ts'
import { openWindow } from './browser.ts'
import { addressProblems } from './ports.ts'
import { introduction } from './say.ts'

const usage = `npm start [-- --books FILE.se]
  --books FILE.se   the Fortnox company's books: a SIE-4E file of your own (default: a made-up company)`

/** What must be ended, the last begun first. */
const begun: (() => Promise<unknown> | unknown)[] = []
let ending = false

async function end(code: number): Promise<never> {
  if (ending) return new Promise<never>(() => {})
  ending = true
  for (const stop of begun.reverse()) await Promise.resolve(stop()).catch((error) => console.error(error))
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!ending) console.log('\nEnding …')
    void end(0)
  })
}

const books = await readBooks()
const problems = await addressProblems()
if (problems.length > 0) {
  console.error(problems.join('\n'))
  await end(1)
}
const executable = await chromium().catch((error: Error) => fail(error.message))

console.log(
  'Starting the Fortnox sandbox, sign-in, the edge and the analysis program; building the extension …',
)
const starting = startStack({ fixedPorts: true, sandbox: { books } })
// A signal meanwhile waits for what has begun, so that it can be ended.
begun.push(() =>
  starting.then(
    async (stack) => {
      await stack.stop()
      rmSync(dirname(stack.extension!), { recursive: true, force: true })
    },
    () => undefined,
  ),
)
const stack = await starting.catch((error: unknown) =>
  fail(error instanceof BooksError ? error.message : String(error)),
)
if (ending) await new Promise(() => {})

const window = await openWindow(executable, stack.extension!)
begun.push(() => window.close())
window.context.once('close', () => {
  if (!ending) console.log('The browser was closed. Ending …')
  void end(0)
})
const picture = await openFirstPage(stack)
console.log(introduction(stack, window.devtools, picture))

/** "Läs in data" with the sandbox's company and years filled in, as a user of the program would have it. */
async function openFirstPage({ analysis, sandbox: { sandbox } }: Stack): Promise<string | null> {
  const company = sandbox.companies[0]!
  const page = window.context.pages()[0] ?? (await window.context.newPage())
  await enterClient(page, analysis!.url, { name: company.name, number: company.organisationNumber })
  const years = [...sandbox.truth(company.tenant).years].sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const { from, to } of years) await addYear(page, from, to)
  await page.getByRole('region', { name: 'Fortnox', exact: true }).getByRole('button').first().waitFor()
  if (window.devtools === null) return null
  const file = join(localFolder('start'), 'las-in-data.png')
  await page.screenshot({ path: file })
  return file
}

async function readBooks(): Promise<{ name: string; bytes: Uint8Array }[]> {
  let path: string | undefined
  try {
    const options = { books: { type: 'string' }, help: { type: 'boolean' } } as const
    const { values } = parseArgs({ options })
    if (values.help) {
      console.log(usage)
      await end(0)
    }
    path = values.books
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${usage}`)
  }
  if (path === undefined) return []
  try {
    return [{ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }]
  } catch {
    return fail(`${path} cannot be read`)
  }
}

async function fail(message: string): Promise<never> {
  if (!ending) console.error(message)
  return end(1)
}
