import { fileURLToPath } from 'node:url'
import { schema } from '../../ledger/database.ts'
import { atMost, type Figure, shown } from '../figure.ts'
import { benchFile } from '../sie/file.ts'
import { bodyOf, changedFile, largeFile } from './files.ts'
import type { Measured } from './worker.ts'
import { type Running, startWorker } from './workerd.ts'

const VOUCHERS = 100_000
const WORKER = new URL('worker.ts', import.meta.url)

interface ReadIn {
  state: string
  written: number
  changed: number
  counts: { vouchers: number; rows: number }
  findings: number
}

/** The figures of `npm run bench -- ledger`: D1 rows, bytes and times in workerd, and its memory. */
export async function run(): Promise<Figure[]> {
  return [
    ...(await rowsAndTimes()),
    ...(await memory('memory', false)),
    ...(await memory('memory_gzip', true)),
  ]
}

async function rowsAndTimes(): Promise<Figure[]> {
  const worker = await start()
  try {
    const file = benchFile(VOUCHERS)
    const empty = await call<number>(worker, '/size')
    const started = performance.now()
    const first = await readIn(worker, bodyOf(file))
    const seconds = (performance.now() - started) / 1000
    const size = (await call<number>(worker, '/size')) - empty
    const same = await readIn(worker, bodyOf(file))
    const changed = await readIn(worker, bodyOf(changedFile(file)))
    if (
      first.counts.vouchers !== VOUCHERS ||
      same.state !== 'unchanged' ||
      changed.changed !== 1 ||
      changed.findings > 0
    )
      throw new Error(`not what was meant to be measured: ${JSON.stringify({ first, same, changed })}`)
    const vouchers = await best(() => call<Measured>(worker, '/voucher'))
    if (vouchers.found !== 1000) throw new Error(`only ${vouchers.found} of 1000 vouchers were found`)
    const account = await best(() => call<Measured>(worker, '/account?account=1950'))
    return [
      atMost('ledger.first.rows_written_per_voucher', first.written / VOUCHERS, 1.2),
      shown('ledger.first.rows_per_voucher', first.counts.rows / VOUCHERS),
      shown('ledger.first.seconds', seconds),
      atMost('ledger.same.rows_written', same.written, 0),
      atMost('ledger.changed.rows_written', changed.written, 5),
      shown('ledger.bytes_per_voucher', size / VOUCHERS),
      atMost('ledger.voucher.mean_ms', vouchers.ms / 1000, 2),
      shown('ledger.voucher.rows_read', vouchers.rowsRead / 1000),
      atMost('ledger.account_year.ms', account.ms, 200),
      shown('ledger.account_year.rows_read', account.rowsRead),
      shown('ledger.account_year.rows', account.found),
    ]
  } finally {
    await worker.close()
  }
}

/**
 * Memory of the whole workerd process (the worker, and the D1 that runs beside it) while 100 MB are read in. The bar is
 * for a worker that has read in a year before, as one that is in use has: growth from a cold start, code and first heaps
 * included, is printed beside. Once plain, once as gzip.
 */
async function memory(name: string, gzip: boolean): Promise<Figure[]> {
  const worker = await start()
  try {
    const cold = worker.memory()
    await readIn(worker, bodyOf(benchFile(VOUCHERS)), 'other', gzip)
    const { body, size } = largeFile()
    const warm = worker.memory()
    let most = warm
    const watch = setInterval(() => {
      most = Math.max(most, worker.memory())
    }, 20)
    await readIn(worker, body, 'bench', gzip).finally(() => clearInterval(watch))
    return [
      shown(`ledger.${name}.file_mb`, size / 1e6),
      { figure: `ledger.${name}.growth_mb`, ...below((most - warm) / 1e6, 64) },
      shown(`ledger.${name}.growth_from_cold_mb`, (most - cold) / 1e6),
    ]
  } finally {
    await worker.close()
  }
}

function below(value: number, bar: number): Omit<Figure, 'figure'> {
  return { value, bar: `< ${bar}`, holds: value < bar }
}

async function start(): Promise<Running> {
  const worker = await startWorker(WORKER)
  await call(worker, '/schema', JSON.stringify(schema()))
  return worker
}

async function readIn(
  worker: Running,
  file: ReadableStream<Uint8Array>,
  books = 'bench',
  gzip = false,
): Promise<ReadIn> {
  const path = `/read-in?books=${books}`
  if (!gzip) return await call<ReadIn>(worker, path, file)
  return await call<ReadIn>(worker, path, gzipped(file), { 'content-encoding': 'gzip' })
}

function gzipped(file: ReadableStream): ReadableStream<Uint8Array> {
  return file.pipeThrough(new CompressionStream('gzip'))
}

async function call<T>(
  worker: Running,
  path: string,
  body?: string | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body, headers, duplex: 'half' }
  const answer = await fetch(new URL(path, worker.url), init)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** The quickest of five: other work on the machine only ever slows. */
async function best(measure: () => Promise<Measured>): Promise<Measured> {
  const runs: Measured[] = []
  for (let i = 0; i < 5; i++) runs.push(await measure())
  return runs.reduce((a, b) => (b.ms < a.ms ? b : a))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await run())
