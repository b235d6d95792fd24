/**
 * A 53-bit hash of texts, for telling what changed between two read-ins of a ledger. Not for secrets. A change stays
 * unnoticed with a chance of about 1 in 10^16.
 */
export class Hash53 {
  private high = 0xdeadbeef | 0
  private low = 0x41c6ce57 | 0

  /** Takes `text`; `['ab', 'c']` and `['a', 'bc']` give different hashes. */
  update(text: string): this {
    let { high, low } = this
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      high = Math.imul(high ^ code, 2654435761)
      low = Math.imul(low ^ code, 1597334677)
    }
    this.high = Math.imul(high ^ text.length, 2246822507) ^ (high >>> 16)
    this.low = Math.imul(low ^ text.length, 3266489909) ^ (low >>> 13)
    return this
  }

  /** A whole number in [0, 2^53). */
  get value(): number {
    let high = Math.imul(this.high ^ (this.high >>> 16), 2246822507)
    high ^= Math.imul(this.low ^ (this.low >>> 13), 3266489909)
    let low = Math.imul(this.low ^ (this.low >>> 16), 2246822507)
    low ^= Math.imul(high ^ (high >>> 13), 3266489909)
    return 4294967296 * (2097151 & low) + (high >>> 0)
  }
}
