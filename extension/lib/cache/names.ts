/**
 * The names a table may have. What is not among them is not there, and nobody need ask the disk for it: most of what is
 * looked up for the first time is not there. A name that was deleted stays: it costs one look that finds nothing.
 */
export class Names {
  readonly #load: () => Promise<Iterable<string>>
  readonly #names = new Set<string>()
  #loading: Promise<void> | null = null
  #isWhole = false

  constructor(load: () => Promise<Iterable<string>>) {
    this.#load = load
  }

  /** True when the table certainly does not have it. The first question has the names read, and does not wait for them. */
  lacks(name: string): boolean {
    this.#loading ??= this.#read()
    return this.#isWhole && !this.#names.has(name)
  }

  /** Before it is written: nobody may miss what is there. */
  add(name: string): void {
    this.#names.add(name)
  }

  async #read(): Promise<void> {
    try {
      for (const name of await this.#load()) this.#names.add(name)
      this.#isWhole = true
    } catch {
      this.#loading = null
    }
  }
}
