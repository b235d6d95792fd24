import { Worker } from 'node:worker_threads'
import type { FuzzJob, FuzzMessage } from './worker.ts'

export interface FuzzOptions {
  inputs: number
  seed: number
  workers: number
  /** Called now and then with how many inputs are done. */
  progress?(done: number): void
}

/** An input that keeps a reader this long, ms, counts as a hang. */
const HANG = 60_000
const MAX_INPUT = 1 << 16

/**
 * Runs `inputs` files, half of them structured by fast-check and half mutated real ones, through both readers. Resolves
 * with null, or with what went wrong and the seed and input that show it.
 */
export async function fuzz({ inputs, seed, workers, progress }: FuzzOptions): Promise<string | null> {
  let done = 0
  const share = Math.ceil(inputs / workers)
  const jobs = Array.from({ length: workers }, (_, i) => {
    const own = Math.max(0, Math.min(share, inputs - i * share))
    return runWorker(
      { seed: seed + i * 1_000_003, inputs: own, shared: new SharedArrayBuffer(MAX_INPUT + 8) },
      (count) => {
        done += count
        progress?.(done)
      },
    )
  })
  const results = await Promise.all(jobs.map(({ result }) => result))
  return results.find((result) => result !== null) ?? null
}

function runWorker(job: FuzzJob, onDone: (count: number) => void): { result: Promise<string | null> } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job })
  const counter = new Int32Array(job.shared, 0, 2)
  const result = new Promise<string | null>((resolve) => {
    let last = -1
    let since = Date.now()
    const finish = (failure: string | null) => {
      clearInterval(watch)
      void worker.terminate()
      resolve(failure)
    }
    const watch = setInterval(() => {
      const now = Atomics.load(counter, 0)
      if (now !== last) {
        last = now
        since = Date.now()
      } else if (now > 0 && Date.now() - since > HANG) {
        const bytes = new Uint8Array(job.shared, 8, counter[1])
        finish(`a reader hangs on ${Buffer.from(bytes).toString('base64')} (seed ${job.seed})`)
      }
    }, 1000)
    worker.on('message', (message: FuzzMessage) => {
      if ('failure' in message) finish(message.failure)
      else onDone(message.done)
    })
    worker.on('error', (error) => finish(`crash (seed ${job.seed}): ${error.stack ?? error.message}`))
    worker.on('exit', () => finish(null))
  })
  return { result }
}
