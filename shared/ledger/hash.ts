/**
 * A 53-bit hash of bytes, for telling what changed between two read-ins of a ledger. Not for secrets. A change stays
 * unnoticed with a chance of about 1 in 10^16.
 */
export class Hash53 {
  private high = 0xdeadbeef | 0
  private low = 0x41c6ce57 | 0

  /** Takes the bytes from `start` up to `end`; how they are divided among calls matters. */
  update(bytes: Uint8Array, start = 0, end = bytes.length): this {
    let { high, low } = this
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!
      high = Math.imul(high ^ byte, 2654435761)
      low = Math.imul(low ^ byte, 1597334677)
    }
    this.high = Math.imul(high ^ (end - start), 2246822507) ^ (high >>> 16)
    this.low = Math.imul(low ^ (end - start), 3266489909) ^ (low >>> 13)
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

const encoder = new TextEncoder()

/** The hash of one text, by its UTF-8. */
export function hashText(text: string): number {
  return new Hash53().update(encoder.encode(text)).value
}
