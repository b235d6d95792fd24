import { readFileSync } from 'node:fs'
import { parseSie, readSie, type SieHandlers } from '../../../shared/sie/index.ts'

/**
 * One measurement in a process of its own: `node measure.ts MODE FILE`. Prints the best of 15 in ms, and how far the
 * process's memory ever rose above what it was with the file loaded, in MB.
 */
const RUNS = 15
const CHUNK = 1 << 16
const MB = 1 << 20

export interface Measurement {
  ms: number
  growthMb: number
}

const [mode, path] = process.argv.slice(2)
const file = readFileSync(path!)
const baseline = process.memoryUsage.rss()

/** The file as it comes over the net: chunks of 64 kB, cut anywhere. */
function stream(): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= file.length) controller.close()
      else controller.enqueue(file.subarray(at, at + CHUNK))
      at += CHUNK
    },
  })
}

/** Streams the file with all checks on, touching every text and amount; fails if the reader finds anything wrong. */
async function read(ksumma: 'OK' | null): Promise<void> {
  let texts = 0
  let balance = 0
  const handlers: SieHandlers = {
    voucher({ text, rows }) {
      texts += text === null ? 0 : text.length
      for (const row of rows) {
        balance += row.amount
        if (row.text !== null) texts += row.text.length
      }
    },
    diagnostic: (finding) => {
      throw new Error(`unexpected finding ${finding.code}`)
    },
  }
  const summary = await readSie(stream(), handlers)
  if (
    !summary.ok ||
    summary.ksumma !== ksumma ||
    summary.vouchers !== 100_000 ||
    balance !== 0 ||
    texts === 0
  )
    throw new Error('the bench file was not read as it was made')
}

async function collect(): Promise<void> {
  const { vouchers, summary } = await parseSie(stream())
  if (!summary.ok || vouchers.length !== 100_000)
    throw new Error('the bench file was not collected as it was made')
}

function yardstick(): void {
  const lines = file.toString('latin1').split('\n')
  if (lines.length < 100_000) throw new Error('the bench file has too few lines')
}

const modes: Record<string, () => void | Promise<void>> = {
  yardstick,
  stream: () => read(null),
  ksumma: () => read('OK'),
  collect,
}

let ms = Number.POSITIVE_INFINITY
for (let run = 0; run < RUNS; run++) {
  const start = performance.now()
  await modes[mode!]!()
  ms = Math.min(ms, performance.now() - start)
}
const growthMb = (process.resourceUsage().maxRSS * 1024 - baseline) / MB
const measurement: Measurement = { ms, growthMb }
process.stdout.write(JSON.stringify(measurement))
