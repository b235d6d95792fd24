import type { Clock } from '../../shared/clock.ts'

interface Timer {
  at: number
  order: number
  fire: () => void
}

/**
 * Time that passes only when nothing else is going on. `run` gives everything that is ready its turn, then jumps to the
 * next timer: an hour of waiting takes as long as the work between the waits.
 */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  #outside = 0
  #timers: Timer[] = []
  readonly #random: () => number

  /** @param seed of `random`; the same seed draws the same */
  constructor(start: number, seed = 1) {
    this.#now = start
    this.#random = mulberry(seed)
  }

  now = (): number => this.#now
  random = (): number => this.#random()

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = () => {
        this.#timers = this.#timers.filter((one) => one !== timer)
        reject(signal?.reason)
      }
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        order: this.#order++,
        fire: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      this.#timers.push(timer)
      signal?.addEventListener('abort', onAbort, { once: true })
    })

  /** Work that the event loop does elsewhere (encryption): time stands still while it lasts. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside++
    try {
      return await work
    } finally {
      this.#outside--
    }
  }

  /**
   * Lets time pass until `work` ends.
   *
   * @throws Error when everything waits for something that no timer brings, or after `limit` ms of virtual time
   */
  async run<T>(work: Promise<T>, limit = 6 * 3_600_000): Promise<T> {
    const end = this.#now + limit
    let done = false
    const finished = work.finally(() => {
      done = true
    })
    finished.catch(() => undefined)
    for (;;) {
      await this.#idle()
      if (done) return finished
      const next = this.#next()
      if (!next) throw new Error('stuck: everything waits, and no timer is set')
      if (next.at > end) throw new Error(`not done after ${limit} ms of virtual time`)
      this.#timers = this.#timers.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.fire()
    }
  }

  /** Moves on by `ms`, firing what falls due, in order. */
  advance(ms: number): Promise<void> {
    return this.run(this.sleep(ms))
  }

  #next(): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer
    }
    return next
  }

  /** Streams and fetch take some turns of the event loop between one promise and the next. */
  async #idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await turn()
      if (this.#outside > 0) quiet = -1
    }
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A small seeded generator: numbers in [0, 1). */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
