import type { Clock } from '../../../shared/clock.ts'

interface Item<T> {
  value: Promise<T>
  at: number
}

/** What the window fetched lately, kept in memory: asked for once, the oldest put away first, none older than `ms`. */
export class Shelf<T> {
  readonly #items = new Map<string, Item<T>>()
  readonly #most: number
  readonly #ms: number
  readonly #clock: Clock
  readonly #putAway: (value: T) => void

  constructor(most: number, ms: number, clock: Clock, putAway: (value: T) => void = () => {}) {
    this.#most = most
    this.#ms = ms
    this.#clock = clock
    this.#putAway = putAway
  }

  /** The value under `name`, fetched if it is not here. A failed one is not kept. */
  get(name: string, fetch: () => Promise<T>): Promise<T> {
    const known = this.#items.get(name)
    if (known && this.#clock.now() - known.at < this.#ms) {
      this.#items.delete(name)
      this.#items.set(name, known)
      return known.value
    }
    const item: Item<T> = { value: fetch(), at: this.#clock.now() }
    this.#remove(name)
    this.#items.set(name, item)
    item.value.catch(() => {
      if (this.#items.get(name) === item) this.#items.delete(name)
    })
    for (const oldest of this.#items.keys()) {
      if (this.#items.size <= this.#most) break
      this.#remove(oldest)
    }
    return item.value
  }

  /** Whether `get` would find it here. */
  has(name: string): boolean {
    const known = this.#items.get(name)
    return known !== undefined && this.#clock.now() - known.at < this.#ms
  }

  /** The names that `get` would find here. */
  names(): string[] {
    return [...this.#items.keys()].filter((name) => this.has(name))
  }

  set(name: string, value: T): void {
    this.expect(name, Promise.resolve(value))
  }

  /** As `set`, of a value that is on its way. A failed one is not kept. */
  expect(name: string, value: Promise<T>): void {
    this.#remove(name)
    this.get(name, () => value).catch(() => {})
  }

  clear(): void {
    for (const name of [...this.#items.keys()]) this.#remove(name)
  }

  #remove(name: string): void {
    const item = this.#items.get(name)
    if (!item) return
    this.#items.delete(name)
    item.value.then(this.#putAway, () => {})
  }
}
