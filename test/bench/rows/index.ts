import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { documentsOf, openBooks, seriesOf } from '../../pages/books.ts'
import { signIn, startBrowser } from '../../pages/browser.ts'
import { buildExtension } from '../../pages/build.ts'
import { seenRows, settle } from '../../pages/check.ts'
import { startPageEdge } from '../../pages/edge.ts'
import { startPages } from '../../pages/server.ts'
import { atLeast, atMost, type Figure, shown } from '../figure.ts'

const plainRows = 10_000
const loads = 5
const recycledRows = 2700
const recycledHeight = 30

/**
 * Part `rows`: buttons on a plain automatic table of 10,000 rows and on a list that uses its rows again, in real Chromium
 * with the built extension; and the content script's size.
 */
export async function run(): Promise<Figure[]> {
  const edge = await startPageEdge()
  openBooks(edge.world, plainRows)
  const pages = await startPages()
  const built = await buildExtension(edge.url)
  const browser = await startBrowser(built.folder)
  try {
    await signIn(browser)
    const plain = await bestOf(loads, async () =>
      measurePlain(await browser.context.newPage(), `${pages.url}/plain.html?rows=${plainRows}`),
    )
    const recycled = await measureRecycled(await browser.newPage(`${pages.url}/recycled.html`))
    const script = join(built.folder, 'content-scripts/analysis.js')
    const panels = join(built.folder, 'panels.js')
    return [
      atMost('rows.plain.longest_task_ms', plain.longestTask, 50),
      // What of that the page's own thread ran: the rest it waited for other work of the machine.
      shown('rows.plain.longest_task_thread_ms', plain.longestThread),
      atMost('rows.plain.total_ms', plain.total, 300),
      atMost('rows.plain.known_ms', plain.known, 1000),
      shown('rows.plain.own_relayout_ms', plain.relayout),
      atLeast('rows.recycled.right', recycled, 1),
      atMost('content_script.gzip_kb', await gzipped(script), 25),
      shown('panels.gzip_kb', await gzipped(panels)),
    ]
  } finally {
    await browser.close()
    await built.remove()
    await pages.close()
    await edge.close()
  }
}

/** The least of each figure over several loads: what else the machine does only ever adds. */
async function bestOf<T extends Record<string, number>>(
  times: number,
  measure: () => Promise<T>,
): Promise<T> {
  let best = await measure()
  for (let time = 1; time < times; time++) {
    const next = await measure()
    best = Object.fromEntries(
      Object.entries(best).map(([name, value]) => [name, Math.min(value, next[name]!)]),
    ) as T
  }
  return best
}

async function gzipped(file: string): Promise<number> {
  const packed = await promisify(gzip)(await readFile(file), { level: 9 })
  return Math.round(packed.length / 10) / 100
}

interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  /** Time that the thread itself ran, microseconds. */
  tdur?: number
  pid: number
  tid: number
}

/** From the content script's start until the visible rows carry their buttons, and until all rows are known; ms. */
async function measurePlain(page: Page, url: string) {
  // Once beforehand: the background is awake and has the index, as after the first page of a working day.
  await page.goto(url)
  await marks(page)
  const session = await page.context().newCDPSession(page)
  const events = await traced(session, async () => {
    await page.goto(url)
    await marks(page)
  })
  const { start, rows, known } = await marks(page)
  const task = longestTask(events)
  const relayout = await page.evaluate(() => {
    const cell = document.querySelector('tbody td:nth-child(3)')!
    void document.body.offsetHeight
    const before = performance.now()
    cell.textContent = 'En text som är så mycket längre än alla andra att spalten blir bredare'
    void document.body.offsetHeight
    return performance.now() - before
  })
  await page.close()
  return {
    longestTask: round(task.wall),
    longestThread: round(task.thread),
    total: round(rows - start),
    known: round(known - start),
    relayout: round(relayout),
  }
}

/** The times of the content script's marks, once all rows are known. */
async function marks(page: Page): Promise<{ start: number; rows: number; known: number }> {
  const found = await page.waitForFunction(
    (count) => {
      const all = performance.getEntriesByType('mark') as PerformanceMark[]
      const known = all.find(({ name, detail }) => name === 'underlag:known' && detail === count)
      const rows = all.find(({ name, detail }) => name === 'underlag:rows' && detail > 0)
      const start = all.find(({ name }) => name === 'underlag:start')
      return known && rows && start
        ? { start: start.startTime, rows: rows.startTime, known: known.startTime }
        : null
    },
    plainRows,
    { timeout: 60_000 },
  )
  return (await found.jsonValue())!
}

async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const categories = ['toplevel', 'blink.user_timing']
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: categories },
    transferMode: 'ReportEvents',
  })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
}

/** The longest task of the page's main thread that began between the script's start and the last row known, ms. */
function longestTask(events: readonly TraceEvent[]): { wall: number; thread: number } {
  const start = events.find(({ name }) => name === 'underlag:start')
  const ends = events.filter(({ name, pid }) => name === 'underlag:known' && pid === start?.pid)
  const end = ends.at(-1)
  if (!start || !end) throw new Error('the trace has no marks of the content script')
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts, dur }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      ph === 'X' &&
      pid === start.pid &&
      tid === start.tid &&
      ts + (dur ?? 0) >= start.ts &&
      ts <= end.ts,
  )
  if (tasks.length === 0) throw new Error('the trace has no tasks')
  return {
    wall: Math.max(...tasks.map(({ dur }) => dur ?? 0)) / 1000,
    thread: Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000,
  }
}

/** Right rows ÷ rows shown, scrolled from end to end: each row in view has its button with its count, and no other. */
async function measureRecycled(page: Page): Promise<number> {
  const rows = '.scroller [role=row]'
  await page.waitForFunction(() => document.querySelector('underlag-ui') !== null)
  const right = new Set<number>()
  let wrong = 0
  for (let top = 0; top < recycledRows * recycledHeight; top += recycledHeight * 10) {
    await page.evaluate((at) => {
      document.querySelector('.scroller')!.scrollTop = at
    }, top)
    await settle(page)
    // Nothing wrong may stand on a row at any time; what is missing may come within a moment.
    for (const { text, label } of await seenRows(page, rows))
      if (label !== null && !isRight(text, label)) wrong++
    await page.waitForTimeout(60)
    for (const { text, label } of await seenRows(page, rows)) {
      const n = numberOf(text)
      if (label !== null && isRight(text, label)) right.add(n)
      else wrong++
    }
  }
  await page.close()
  return round((right.size - wrong) / recycledRows, 4)
}

function numberOf(text: string): number {
  return Number(/^[AB] (\d+) /.exec(text)?.[1])
}

function isRight(text: string, label: string): boolean {
  const n = numberOf(text)
  const count = documentsOf(n)
  const files = count === 0 ? 'inga filer' : count === 1 ? '1 fil' : `${count} filer`
  return label.startsWith(`Underlag ${seriesOf(n)} ${n} (${files}`)
}

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
