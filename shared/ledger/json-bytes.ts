const QUOTE = 34
const BACKSLASH = 92
const HEX = '0123456789abcdef'
const encoder = new TextEncoder()

/**
 * Writes JSON as UTF-8 into one buffer that grows and is used again: packing a year makes no string per field that the
 * garbage collector would have to carry along.
 */
export class JsonBytes {
  bytes = new Uint8Array(1 << 12)
  length = 0

  /** Begins anew; the buffer stays. */
  clear(): void {
    this.length = 0
  }

  /** One byte, such as a comma or a bracket. */
  byte(code: number): void {
    this.reserve(1)
    this.bytes[this.length++] = code
  }

  null(): void {
    this.reserve(4)
    this.bytes.set([110, 117, 108, 108], this.length)
    this.length += 4
  }

  /** A whole number that is safe. */
  integer(value: number): void {
    this.reserve(20)
    const { bytes } = this
    let rest = value
    if (rest < 0) {
      bytes[this.length++] = 45
      rest = -rest
    }
    let digits = 1
    for (let limit = 10; limit <= rest; limit *= 10) digits++
    this.length += digits
    for (let at = this.length - 1; digits > 0; digits--, at--) {
      const next = Math.floor(rest / 10)
      bytes[at] = 48 + (rest - next * 10)
      rest = next
    }
  }

  string(text: string): void {
    // at most \u00xx, six bytes for one
    this.reserve(text.length * 6 + 2)
    const { bytes } = this
    let at = this.length
    bytes[at++] = QUOTE
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === QUOTE || code === BACKSLASH) {
        bytes[at++] = BACKSLASH
        bytes[at++] = code
      } else if (code >= 32 && code < 128) bytes[at++] = code
      else if (code < 32) at = escapeControl(bytes, at, code)
      else if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6)
        bytes[at++] = 0x80 | (code & 63)
      } else if (code >= 0xd800 && code < 0xe000) {
        const whole = text.codePointAt(i)! > 0xffff
        at += encoder.encodeInto(text.slice(i, whole ? i + 2 : i + 1), bytes.subarray(at)).written
        if (whole) i++
      } else {
        bytes[at++] = 0xe0 | (code >> 12)
        bytes[at++] = 0x80 | ((code >> 6) & 63)
        bytes[at++] = 0x80 | (code & 63)
      }
    }
    bytes[at++] = QUOTE
    this.length = at
  }

  /** Any other value, as `JSON.stringify` writes it. */
  value(value: unknown): void {
    const text = JSON.stringify(value)
    this.reserve(text.length * 3)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

function escapeControl(bytes: Uint8Array, start: number, code: number): number {
  const written = `\\u00${HEX[code >> 4]}${HEX[code & 15]}`
  for (let i = 0; i < written.length; i++) bytes[start + i] = written.charCodeAt(i)
  return start + written.length
}
