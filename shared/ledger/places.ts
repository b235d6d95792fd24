/** Room between two vouchers that were read in one after the other. */
export const PLACE_GAP = 2 ** 20

interface Run {
  after: number
  /** Place of the voucher that follows, null where none that was there does. */
  before: number | null
  puts: ((place: number) => void)[]
}

/**
 * Gives vouchers places that rise in the file's order. A voucher that was there keeps its place; new ones come between
 * their neighbours, so that inserting one moves none. Where a gap is full, or the file has the old vouchers in another
 * order than before, new ones go last.
 */
export class Places {
  private last = 0
  private highest = 0
  private inOrder = true
  private runs: Run[] = []

  /** The next voucher of the file is one that was there, at `place`. */
  known(place: number): void {
    const run = this.runs.at(-1)
    if (run && run.before === null) run.before = place
    if (place <= this.last) this.inOrder = false
    this.last = place
  }

  /** The next voucher of the file is new; `put` is told its place by `settle`. */
  added(put: (place: number) => void): void {
    const run = this.runs.at(-1)
    if (run && run.before === null) run.puts.push(put)
    else this.runs.push({ after: this.last, before: null, puts: [put] })
  }

  /**
   * Tells all new ones their places; from then on the vouchers that come are appended.
   *
   * @param highest the highest place in use, 0 for an empty ledger
   */
  settle(highest: number): void {
    this.highest = highest
    for (const { after, before, puts } of this.runs) {
      const step = before === null || !this.inOrder ? 0 : Math.floor((before - after) / (puts.length + 1))
      puts.forEach((put, index) => {
        put(step > 0 ? after + step * (index + 1) : this.append())
      })
    }
    this.runs = []
  }

  /** The first of `count` places after all others, {@link PLACE_GAP} apart. */
  append(count = 1): number {
    const first = this.highest + PLACE_GAP
    this.highest += PLACE_GAP * count
    return first
  }
}
