import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chromium, type Frame, type Page, type Worker } from 'playwright-core'
import type { ShowRequest } from '../../../extension/lib/protocol.ts'
import { chromium as chromiumPath } from '../../run/ensure.ts'
import { atMost, type Figure, shown } from '../figure.ts'
import { buildExtension, type OpenBrowser, openBrowser } from './browser.ts'
import { type Kind, kinds, makeBooks } from './documents.ts'
import { company, type EdgeBooks, startEdge, year } from './edge.ts'

/** Documents of each kind that are timed. */
const perKind = 5
/** The longest that one document may take before the run is given up. */
const patience = 20_000

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const round = (ms: number) => Math.round(ms * 10) / 10

/**
 * Bench part `document`: from click to first page painted, in real Chromium with the built extension and an edge over
 * real HTTP. Painted means that a frame with something of page 1 has been handed to the compositor.
 */
export async function run(): Promise<Figure[]> {
  const books = await inPlainBrowser((page) => makeBooks(page, 3 * perKind + 1))
  const edge = await startEdge(books)
  const extension = await buildExtension()
  const browser = await openBrowser(extension, edge.origin)
  try {
    return await measure(browser, books)
  } finally {
    await browser.close()
    await edge.close()
    await rm(dirname(extension), { recursive: true, force: true })
  }
}

async function measure(
  browser: OpenBrowser,
  { keys }: EdgeBooks & { keys: Record<Kind, string[]> },
): Promise<Figure[]> {
  const uncached: Record<Kind, number[]> = { text: [], scan: [], receipt: [] }
  const prefetched: Record<Kind, number[]> = { text: [], scan: [], receipt: [] }
  const cached: Record<Kind, number[]> = { text: [], scan: [], receipt: [] }
  const frame = await browser.addFrame()
  await warm(browser, frame, keys)

  for (const kind of kinds) {
    const [timed, ahead] = [keys[kind].slice(1, 1 + perKind), keys[kind].slice(1 + perKind, 1 + 2 * perKind)]
    for (const key of timed) {
      const worker = await browser.worker()
      await worker.evaluate(() => performance.clearResourceTimings())
      const ms = await timeClick(browser, frame, request(key))
      uncached[kind].push(ms - (await networkTime(worker)))
      await settle(frame)
    }
    for (const key of ahead) {
      await browser.show({ ...request(key), mode: 'prefetch' })
      await fetchedAhead(frame, `${kind}-${Number(key.slice(2)) % 100}`)
      prefetched[kind].push(await timeClick(browser, frame, request(key)))
      await settle(frame)
    }
  }
  // A new frame has nothing in memory: what it shows comes from the cache.
  await browser.removeFrame()
  const second = await browser.addFrame()
  await second.waitForTimeout(1_000)
  for (const kind of kinds) {
    for (const key of keys[kind].slice(1, 1 + perKind)) {
      cached[kind].push(await timeClick(browser, second, request(key)))
      await settle(second)
    }
  }
  const asleep: number[] = []
  const first: number[] = []
  for (const kind of kinds) {
    const key = keys[kind][1]!
    await browser.prepare(request(key))
    await browser.killWorker()
    await second.waitForTimeout(300)
    asleep.push(await timeClick(browser, second, null))
    await settle(second)
  }
  for (const kind of kinds) {
    await browser.removeFrame()
    await browser.page.waitForTimeout(300)
    first.push(await timeCold(browser, request(keys[kind][2]!)))
  }
  const worst = (of: Record<Kind, number[]>) => round(Math.max(...kinds.map((kind) => median(of[kind]))))
  return [
    atMost('document.cached.median_ms', worst(cached), 100),
    atMost('document.prefetched.median_ms', worst(prefetched), 100),
    atMost('document.first.ms', round(Math.max(...first)), 500),
    atMost('document.worker_asleep.ms', round(Math.max(...asleep)), 300),
    atMost('document.uncached.over_network_ms', worst(uncached), 150),
    ...kinds.flatMap((kind) => [
      shown(`document.cached.${kind}_ms`, round(median(cached[kind]))),
      shown(`document.prefetched.${kind}_ms`, round(median(prefetched[kind]))),
      shown(`document.uncached.${kind}_ms`, round(median(uncached[kind]))),
    ]),
  ]
}

/** Long enough for what follows a painted page: its picture is kept, its text is read. */
const settleMs = 700

function request(key: string): ShowRequest {
  return { company, year, keys: [key], mismatch: null, neighbours: [], mode: 'window' }
}

async function warm(browser: OpenBrowser, frame: Frame, keys: Record<Kind, string[]>): Promise<void> {
  for (const kind of kinds) {
    await timeClick(browser, frame, request(keys[kind][0]!))
    await settle(frame)
  }
}

async function settle(frame: Frame): Promise<void> {
  await frame.waitForTimeout(settleMs)
}

/** Waits until a document that was fetched ahead is there whole, page 1 drawn. */
async function fetchedAhead(frame: Frame, document: string): Promise<void> {
  const deadline = Date.now() + patience
  const ask = { id: 1, type: 'documentPicture', data: { company, document }, timestamp: 0 }
  while (Date.now() < deadline) {
    const isThere = await frame.evaluate(
      async (ask) => (await chrome.runtime.sendMessage(ask))?.res?.value != null,
      ask,
    )
    if (isThere) return settle(frame)
    await frame.waitForTimeout(50)
  }
  throw new Error(`${document} was not fetched ahead`)
}

/** Milliseconds from the click to the painted page. `null`: what was prepared before. */
async function timeClick(browser: OpenBrowser, frame: Frame, wanted: ShowRequest | null): Promise<number> {
  await frame.evaluate(() => performance.clearMarks('underlag:painted'))
  if (wanted) await browser.prepare(wanted)
  const clicked = await browser.click()
  return (await paintedAt(frame)) - clicked
}

/** As {@link timeClick}, with no frame there at the click. */
async function timeCold(browser: OpenBrowser, wanted: ShowRequest): Promise<number> {
  const clicked = await browser.clickCold(wanted)
  return (await paintedAt(await browser.frame())) - clicked
}

async function paintedAt(frame: Frame): Promise<number> {
  const painted = await frame.waitForFunction(
    () => {
      const [mark] = performance.getEntriesByName('underlag:painted')
      return mark ? performance.timeOrigin + mark.startTime : null
    },
    undefined,
    { timeout: patience },
  )
  return (await painted.jsonValue()) ?? Number.NaN
}

/**
 * What the network itself took, by the background's own resource timing: first the voucher, then its document, each
 * from request to last byte. Everything that the extension does before, between and after counts as ours.
 */
async function networkTime(worker: Worker): Promise<number> {
  return worker.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/vouchers/') || name.includes('/documents/'))
      .reduce((sum, { duration }) => sum + duration, 0),
  )
}

async function inPlainBrowser<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const plain = await chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--headless=new', '--no-sandbox'],
  })
  try {
    return await work(await plain.newPage())
  } finally {
    await plain.close()
  }
}
