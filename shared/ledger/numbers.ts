/** The value of a voucher number that is digits, else -1: `12` and `0012` are 12. Orders a year's vouchers. */
export function numberRank(number: string): number {
  return /^\d{1,15}$/.test(number) ? Number(number) : -1
}

/** Plain numbers below this take one bit each; all others go to a map. */
const BITS = 1 << 22

/**
 * Counts how often a series and number came, in the order of the file: 1 for the first voucher, 2 for the next. A
 * fiscal year of 100,000 numbered vouchers takes 12.5 kB.
 */
export class Occurrences {
  private readonly bits = new Map<string, Uint8Array>()
  private readonly repeats = new Map<string, number>()

  next(series: string, number: string): number {
    const value = /^(0|[1-9]\d{0,6})$/.test(number) ? Number(number) : BITS
    if (value >= BITS) return this.repeat(series, number, 0)
    const index = value >> 3
    let seen = this.bits.get(series)
    if (!seen || index >= seen.length) {
      const larger = new Uint8Array(Math.max(index + 1, (seen?.length ?? 8) * 2))
      if (seen) larger.set(seen)
      this.bits.set(series, larger)
      seen = larger
    }
    const bit = 1 << (value & 7)
    if (seen[index]! & bit) return this.repeat(series, number, 1)
    seen[index]! |= bit
    return 1
  }

  private repeat(series: string, number: string, before: number): number {
    const key = `${number}\n${series}`
    const occurrence = (this.repeats.get(key) ?? before) + 1
    this.repeats.set(key, occurrence)
    return occurrence
  }
}
