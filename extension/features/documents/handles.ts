import type { Clock } from '../../../shared/clock.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { ShowRequest } from '../../lib/protocol.ts'

/** Long enough for a cold frame to load, too short to be worth stealing. */
const lifetime = 30_000
const prefix = 'handle:'

interface KeptHandle {
  request: ShowRequest
  tab: number
  frame: number
  expiresAt: number
}

/** The part of `browser.storage.session` that handles need: they outlive the background, not the browser. */
export interface HandleStorage {
  get(name: string | null): Promise<Record<string, unknown>>
  set(values: Record<string, unknown>): Promise<void>
  remove(names: string | string[]): Promise<void>
}

/** One-time handles: a page's address never says which document a frame shows, and no other tab can ask for it. */
export class Handles {
  readonly #storage: HandleStorage
  readonly #clock: Clock
  /** Taken while this background lives: two redeemers at once find one handle. */
  readonly #taken = new Set<string>()
  /** Handles of this background's life: they need not be read back. */
  readonly #made = new Map<string, KeptHandle>()

  constructor(storage: HandleStorage, clock: Clock) {
    this.#storage = storage
    this.#clock = clock
  }

  async create(request: ShowRequest, tab: number, frame: number): Promise<string> {
    const handle = crypto.randomUUID()
    const kept: KeptHandle = { request, tab, frame, expiresAt: this.#clock.now() + lifetime }
    this.#made.set(handle, kept)
    // Not waited for: it is only read if this background ends before the frame asks.
    this.#storage
      .set({ [prefix + handle]: kept })
      .then(() => this.#sweep())
      .catch(() => {})
    return handle
  }

  /** Throws `not_found` for a handle that is unknown, used, too old, or another tab's. */
  async redeem(handle: string, tab: number): Promise<KeptHandle> {
    if (this.#taken.has(handle)) throw new UnderlagError('not_found')
    this.#taken.add(handle)
    const name = prefix + handle
    const made = this.#made.get(handle)
    this.#made.delete(handle)
    const kept = made ?? ((await this.#storage.get(name))[name] as KeptHandle | undefined)
    const removed = this.#storage.remove(name).catch(() => {})
    if (!made) await removed
    if (kept?.tab !== tab || kept.expiresAt <= this.#clock.now()) throw new UnderlagError('not_found')
    return kept
  }

  async #sweep(): Promise<void> {
    for (const [handle, { expiresAt }] of this.#made)
      if (expiresAt <= this.#clock.now()) this.#made.delete(handle)
    const all = Object.entries(await this.#storage.get(null))
    const old = all
      .filter(
        ([name, value]) => name.startsWith(prefix) && (value as KeptHandle).expiresAt <= this.#clock.now(),
      )
      .map(([name]) => name)
    if (old.length > 0) await this.#storage.remove(old)
  }
}
