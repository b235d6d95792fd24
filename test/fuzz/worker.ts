import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { corpusExists, corpusFile, expectations } from '../sie/corpus.ts'
import { sieFile } from '../sie/generate.ts'
import { compareReaders } from './compare.ts'

/** What a worker is given, and what it tells. */
export interface FuzzJob {
  seed: number
  inputs: number
  /** Counter, length of the input in work, then its bytes: for the case that a reader never comes back. */
  shared: SharedArrayBuffer
}
export type FuzzMessage = { done: number } | { failure: string }

/** A single input may take this long, ms of this thread's own processor time; one that takes longer counts as a hang. */
const LIMIT = 2000
const BATCH = 1000
const CHUNKS = [1, 3, 64, 1 << 20]

const { seed, inputs, shared } = workerData as FuzzJob
const counter = new Int32Array(shared, 0, 2)
const current = new Uint8Array(shared, 8)

function check(bytes: Uint8Array, chunk: number): void {
  Atomics.add(counter, 0, 1)
  counter[1] = Math.min(bytes.length, current.length)
  current.set(bytes.subarray(0, current.length))
  const start = process.threadCpuUsage()
  const difference = compareReaders(bytes, chunk)
  if (difference) throw new Error(difference)
  const { user, system } = process.threadCpuUsage(start)
  const took = (user + system) / 1000
  if (took > LIMIT) throw new Error(`took ${Math.round(took)} ms`)
}

/** Head and some lines of each real file, small enough to read a million of. */
function fragments(): Uint8Array[] {
  if (!corpusExists()) return []
  return expectations().flatMap(({ file }) => {
    const lines = Buffer.from(corpusFile(file))
      .toString('latin1')
      .split(/(?<=\n)/)
    const starts = [0, 0.4, 0.7, 0.9].map((part) => Math.floor(lines.length * part))
    return starts.map((start) => {
      const window =
        start === 0 ? lines.slice(0, 60) : [...lines.slice(0, 12), ...lines.slice(start, start + 40)]
      return new Uint8Array(Buffer.from(window.join(''), 'latin1'))
    })
  })
}

const edit = fc.record({
  kind: fc.constantFrom('set', 'insert', 'delete', 'copy', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 24 }),
  byte: fc.oneof(
    fc.constantFrom(...'"\\{}#\r\n\t -.,0é\0\x1a'.split('').map((c) => c.charCodeAt(0))),
    fc.nat(255),
  ),
})

function mutate(
  bytes: Uint8Array,
  edits: readonly { kind: string; at: number; length: number; byte: number }[],
) {
  let out = [...bytes]
  for (const { kind, at, length, byte } of edits) {
    const p = Math.floor(at * out.length)
    if (kind === 'set') out[p] = byte
    else if (kind === 'insert') out.splice(p, 0, byte)
    else if (kind === 'delete') out.splice(p, length)
    else if (kind === 'copy') out.splice(p, 0, ...out.slice(Math.floor(p / 2), Math.floor(p / 2) + length))
    else if (at > 0.8) out = out.slice(0, p)
  }
  return Uint8Array.from(out)
}

const chunk = fc.constantFrom(...CHUNKS)
const structured = fc.property(sieFile, chunk, check)
const sources = fragments()
const mutated =
  sources.length === 0
    ? null
    : fc.property(
        fc.constantFrom(...sources),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        chunk,
        (source, edits, size) => check(mutate(source, edits), size),
      )

/** Seed and path to run it again, the difference, and the smallest input found (its last edits beside it) as text. */
function describe<T>(details: fc.RunDetails<T>): string | null {
  if (!details.failed) return null
  const { seed: failing, counterexamplePath, counterexample, errorInstance } = details
  const parts = Array.isArray(counterexample) ? counterexample : []
  const shown = parts.map((part) =>
    part instanceof Uint8Array ? JSON.stringify(Buffer.from(part).toString('latin1')) : JSON.stringify(part),
  )
  const reason =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance)
  return `seed ${failing}, path ${counterexamplePath}\n${reason}\ninput: ${shown.join(', ')}`
}

function run(): void {
  for (let done = 0, batch = 0; done < inputs; batch++) {
    const numRuns = Math.min(BATCH, inputs - done)
    const parameters = { numRuns, seed: seed + batch * 7919 }
    const failure =
      mutated && batch % 2 === 1
        ? describe(fc.check(mutated, parameters))
        : describe(fc.check(structured, parameters))
    if (failure) {
      const message: FuzzMessage = { failure }
      parentPort?.postMessage(message)
      return
    }
    done += numRuns
    const message: FuzzMessage = { done: numRuns }
    parentPort?.postMessage(message)
  }
}

run()
