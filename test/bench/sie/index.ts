import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { atLeast, atMost, type Figure, shown } from '../figure.ts'
import { benchFile } from './file.ts'
import type { Measurement } from './measure.ts'

const start = promisify(execFile)
const script = fileURLToPath(new URL('./measure.ts', import.meta.url))

/**
 * Measured in turn, so that a machine that slows down slows all of them; each time best of 15 in a fresh process. The
 * best of the rounds counts for yardstick and reader alike; for memory the worst.
 */
const ROUNDS = 3
const MODES = ['yardstick', 'stream', 'ksumma', 'collect'] as const

/** Speed and memory of shared/sie on a ledger of 100,000 vouchers, against decoding and splitting the same bytes. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'underlag-bench-'))
  try {
    const plain = join(folder, 'ledger.se')
    const summed = join(folder, 'ledger-ksumma.se')
    const bytes = benchFile()
    await writeFile(plain, bytes)
    await writeFile(summed, benchFile(100_000, controlSum))
    const best: Record<string, Measurement> = {}
    for (let round = 0; round < ROUNDS; round++)
      for (const mode of MODES) {
        const { ms, growthMb } = await measure(mode, mode === 'ksumma' ? summed : plain)
        const before = best[mode] ?? { ms, growthMb }
        best[mode] = { ms: Math.min(ms, before.ms), growthMb: Math.max(growthMb, before.growthMb) }
      }
    const speed = (mode: string) => round(bytes.length / 1e3 / best[mode]!.ms, 1)
    const ratio = (mode: string) => round(best.yardstick!.ms / best[mode]!.ms, 3)
    return [
      shown('sie.file_mb', round(bytes.length / 1e6, 1)),
      shown('sie.yardstick.mb_per_s', speed('yardstick')),
      shown('sie.stream.mb_per_s', speed('stream')),
      atLeast('sie.stream.ratio', ratio('stream'), 0.4),
      atLeast('sie.stream_ksumma.ratio', ratio('ksumma'), 0.25),
      atMost('sie.stream.growth_mb', round(best.stream!.growthMb, 1), 32),
      atLeast('sie.collect.ratio', ratio('collect'), 0.25),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(mode: string, path: string): Promise<Measurement> {
  const { stdout } = await start(process.execPath, [script, mode, path])
  return JSON.parse(stdout)
}

/** The control sum of a bench file, counted without the reader that is to verify it. */
function controlSum(file: Uint8Array): number {
  const lines = Buffer.from(file).toString('latin1').split('\r\n')
  const records = lines.slice(lines.indexOf('#KSUMMA') + 1).filter((line) => line.startsWith('#'))
  const contents = records.flatMap((line) =>
    [...line.matchAll(/"([^"]*)"|([^\s{}"]+)/g)].map((m) => m[1] ?? m[2]),
  )
  return crc32(Buffer.from(contents.join(''), 'latin1'))
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
