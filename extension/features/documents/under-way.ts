/**
 * What is on its way, each thing asked for once however many want it. It stays here until the cache has it too: nobody
 * fetches a second time what has come and is not written yet.
 */
export class UnderWay<T> {
  readonly #fetching = new Map<string, Promise<T>>()
  readonly #keeping = new Map<string, Promise<void>>()

  /** @param name how it is asked for, where one `id` is asked for in several ways */
  get(id: string, fetch: () => Promise<T>, name = id): Promise<T> {
    const known = this.#fetching.get(name)
    if (known) return known
    const fetching = fetch()
    const forget = () => this.#fetching.delete(name)
    fetching.then(() => this.#keeping.get(id)).then(forget, forget)
    this.#fetching.set(name, fetching)
    return fetching
  }

  /** It is being written to the cache; that it fails is no reason to show nothing. */
  keep(id: string, writing: Promise<void>): void {
    const keeping = writing.catch(() => {}).finally(() => this.#keeping.delete(id))
    this.#keeping.set(id, keeping)
  }

  /** Resolves when what is under way by that name has come or failed, and nothing of it is being written any more. */
  async settled(id: string, name = id): Promise<void> {
    await this.#fetching.get(name)?.catch(() => {})
    await this.#keeping.get(id)
  }
}
