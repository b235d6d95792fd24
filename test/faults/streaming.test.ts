import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentEntry } from '../../shared/ledger/types.ts'
import type { RequestRecord } from '../fortnox/index.ts'
import { approve, type Edge, type Edges, startEdges } from './workerd/workerd.ts'

const size = 50_000_000

let edges: Edges
let edge: Edge
beforeAll(async () => {
  edges = await startEdges([{ vouchers: 60 }])
  edge = edges.edges[0]!
  await approve(edge)
}, 120_000)
afterAll(() => edges?.close())

/** A new file on a voucher, so that each test finds its own request. */
function bigFile(name: string, bytes = size): { entry: DocumentEntry; path: string } {
  const { sandbox } = edge.running
  const { series, number } = sandbox.company().books.years.at(-1)!.vouchers[0]!
  const { id } = sandbox.addFile(edge.tenant, {
    name: `${name}.pdf`,
    content: { kind: 'big', bytes, name },
    to: { voucher: { year: edge.year, series, number } },
  })
  const entry: DocumentEntry = {
    id: `file.${id}`,
    origin: 'bookkeeping',
    role: 'file',
    name,
    fileName: `${name}.pdf`,
    rendered: false,
    invoice: null,
  }
  return { entry, path: `/3/archive/${id}` }
}

/** The document's answer, of which nothing is read yet. */
function open(entry: DocumentEntry): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(edge.documentUrl(entry), resolve).once('error', reject)
  })
}

function requestOf(path: string): RequestRecord {
  return edge.running.sandbox.log.findLast((one) => one.path === path)!
}

/** Reads to the end; how many bytes came, and whether it ended as it should. */
async function readAll(answer: IncomingMessage): Promise<{ bytes: number; whole: boolean }> {
  let bytes = 0
  try {
    for await (const chunk of answer) bytes += (chunk as Buffer).length
    return { bytes, whole: answer.complete }
  } catch {
    return { bytes, whole: false }
  }
}

/** Waits until Fortnox has sent nothing more for a second. */
async function settled(record: RequestRecord): Promise<number> {
  for (let before = -1; before !== record.sent; ) {
    before = record.sent
    await sleep(1_000)
  }
  return record.sent
}

test('a client that stalls holds Fortnox back below 16 MB, and gets every byte when it goes on', async () => {
  const { entry, path } = bigFile('stannar')
  const answer = await open(entry)
  const sent = await settled(requestOf(path))
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(16_000_000)
  expect(answer.headers['content-type']).toBe('application/pdf')
  expect(await readAll(answer)).toEqual({ bytes: size, whole: true })
}, 60_000)

test('a client that leaves ends the request to Fortnox within a second', async () => {
  const { entry, path } = bigFile('lämnar')
  const answer = await open(entry)
  await new Promise((resolve) => answer.once('data', resolve))
  const record = requestOf(path)
  const left = Date.now()
  answer.destroy()
  while (record.end === 'open' && Date.now() - left < 5_000) await sleep(10)
  expect(record.end).toBe('aborted')
  expect(record.endedAt! - left).toBeLessThan(1_000)
  expect(record.sent).toBeLessThan(16_000_000)
}, 60_000)

test('a stalled client that leaves ends it too', async () => {
  const { entry, path } = bigFile('stannar och lämnar')
  const answer = await open(entry)
  const record = requestOf(path)
  await settled(record)
  const left = Date.now()
  answer.destroy()
  while (record.end === 'open' && Date.now() - left < 5_000) await sleep(10)
  expect(record.end).toBe('aborted')
  expect(record.endedAt! - left).toBeLessThan(1_000)
}, 60_000)

test.each(['cut', 'truncated'] as const)(
  'a document that is %s on its way is not taken for whole',
  async (kind) => {
    const bytes = 8_000_000
    const { entry, path } = bigFile(`bruten ${kind}`, bytes)
    edge.running.sandbox.addFault({ kind, path, times: 1, afterBytes: 3_000_000 })
    const broken = await readAll(await open(entry))
    expect(broken.whole).toBe(false)
    expect(await readAll(await open(entry))).toEqual({ bytes, whole: true })
  },
  60_000,
)
