import type { Clock } from '../../shared/clock.ts'
import type { Priority } from './types.ts'

/** Fortnox takes 25 in a sliding 5 s; exactly 25 arrive as 26, so one is left (SDK experience). */
export const slotCount = 24
export const windowMs = 5_000
/** Of Fortnox' 25, at most half goes to fetching a year's documents ahead. */
export const bulkCount = 12
/** A permit whose worker never reports frees its slot after this, ms. Longer than any wait for headers. */
export const permitLife = 90_000

interface Slot {
  permit: number
  isBulk: boolean
  /** When it frees, ms. */
  frees: number
}

interface Waiter {
  resolve: (permit: number) => void
  reject: (reason: unknown) => void
}

/**
 * The connection's share of Fortnox' rate limit. A slot is taken when a permit is given and frees 5 s after the answer's
 * headers came (Fortnox counts at its own door, somewhere between), or at once when given back unused.
 */
export class Slots {
  #slots: Slot[] = []
  #waiting: Record<Priority, Waiter[]> = { person: [], background: [], bulk: [] }
  #next = 1
  #timer: AbortController | null = null
  readonly #clock: Clock

  /** @param fullUntil ms; until then the window counts as full: an evicted object cannot know what it gave out */
  constructor(clock: Clock, fullUntil = 0) {
    this.#clock = clock
    if (fullUntil > clock.now()) {
      this.#slots = Array.from({ length: slotCount }, () => ({ permit: 0, isBulk: false, frees: fullUntil }))
    }
  }

  /** Resolves with a permit's number when a slot is free: people before background before bulk, each in order. */
  take(priority: Priority): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting[priority].push({ resolve, reject })
      this.#serve()
    })
  }

  /** The answer's headers came: the slot frees 5 s from now. */
  answered(permit: number): void {
    this.#free(permit, this.#clock.now() + windowMs)
  }

  /** The permit was not used. */
  giveBack(permit: number): void {
    this.#free(permit, 0)
  }

  /** Fortnox said 429 all the same: nobody asks for `ms`. */
  pause(ms: number): void {
    const frees = this.#clock.now() + ms
    this.#sweep()
    this.#slots = this.#slots.map((slot) => ({ ...slot, frees: Math.max(slot.frees, frees) }))
    while (this.#slots.length < slotCount) this.#slots.push({ permit: 0, isBulk: false, frees })
  }

  /** Everybody who waits is told why there is nothing to wait for. */
  refuseAll(reason: unknown): void {
    for (const waiters of Object.values(this.#waiting)) {
      for (const waiter of waiters.splice(0)) waiter.reject(reason)
    }
  }

  #free(permit: number, frees: number): void {
    const slot = this.#slots.find((candidate) => candidate.permit === permit)
    if (!slot) return
    slot.permit = 0
    slot.frees = frees
    this.#serve()
  }

  #sweep(): void {
    const now = this.#clock.now()
    this.#slots = this.#slots.filter(({ frees }) => frees > now)
  }

  #serve(): void {
    this.#sweep()
    while (this.#slots.length < slotCount) {
      const next = this.#shift()
      if (!next) break
      const permit = this.#next++
      this.#slots.push({ permit, isBulk: next.isBulk, frees: this.#clock.now() + permitLife })
      next.waiter.resolve(permit)
    }
    if (Object.values(this.#waiting).some(({ length }) => length > 0)) this.#wakeAtNextFree()
  }

  #shift(): { waiter: Waiter; isBulk: boolean } | null {
    const first = this.#waiting.person.shift() ?? this.#waiting.background.shift()
    if (first) return { waiter: first, isBulk: false }
    if (this.#slots.filter(({ isBulk }) => isBulk).length >= bulkCount) return null
    const waiter = this.#waiting.bulk.shift()
    return waiter ? { waiter, isBulk: true } : null
  }

  #wakeAtNextFree(): void {
    this.#timer?.abort()
    const timer = new AbortController()
    this.#timer = timer
    const wait = Math.max(1, Math.min(...this.#slots.map(({ frees }) => frees)) - this.#clock.now())
    this.#clock.sleep(wait, timer.signal).then(
      () => this.#serve(),
      () => undefined,
    )
  }
}
