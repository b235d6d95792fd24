import { cp437Byte, decodeText } from './charset.ts'
import type { SieEncoding } from './types.ts'

/** CRC-32, reflected, polynomial EDB88320. `CRC1`-`CRC3` move a byte past one to three more, to take four at a time. */
const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})
const CRC1 = CRC.map((crc) => (crc >>> 8) ^ CRC[crc & 255]!)
const CRC2 = CRC1.map((crc) => (crc >>> 8) ^ CRC[crc & 255]!)
const CRC3 = CRC2.map((crc) => (crc >>> 8) ^ CRC[crc & 255]!)

const CONTENT = 0
const SEPARATOR = 1
const LINE_END = 2
const QUOTE = 3
const BACKSLASH = 4
const OPEN = 5
const CLOSE = 6

const CLASS = new Uint8Array(256)
for (let byte = 0; byte <= 32; byte++) CLASS[byte] = SEPARATOR
CLASS[10] = LINE_END
CLASS[34] = QUOTE
CLASS[92] = BACKSLASH
CLASS[123] = OPEN
CLASS[125] = CLOSE

/** What ends or interrupts the contents between quotes. */
const IN_QUOTES = new Uint8Array(256)
for (const byte of [10, 13, 34, 92]) IN_QUOTES[byte] = 1

/**
 * The control sum (SIE 4B §10): CRC-32 over the CP437 bytes of labels and field contents. Separators, line ends,
 * enclosing quotes and braces do not count; `\"` counts as `"`. A pass of its own over the bytes: the reader's row pays
 * nothing where a file has no control sum.
 */
export class Ksumma {
  private crc = -1

  /** The sum so far, as `#KSUMMA` has it. */
  get value(): number {
    return ~this.crc >>> 0
  }

  /**
   * Takes whole lines, each with its line feed. `escapes`: `\\` stands for `\`, as Fortnox has it. Another character set
   * is turned into CP437 first, where the sum is defined.
   */
  update(bytes: Uint8Array, start: number, end: number, encoding: SieEncoding, escapes: boolean): void {
    if (encoding === 'utf8' || encoding === 'latin1') {
      const cp437 = transcode(bytes, start, end, encoding)
      this.lines(cp437, 0, cp437.length, escapes)
    } else this.lines(bytes, start, end, escapes)
  }

  private lines(bytes: Uint8Array, start: number, end: number, escapes: boolean): void {
    let crc = this.crc
    let p = start
    while (p < end) {
      let byte = bytes[p]!
      while (byte !== 10 && (byte <= 32 || byte === 123 || byte === 125)) byte = bytes[++p]!
      if (byte !== 35) {
        while (byte !== 10) byte = bytes[++p]!
        p++
        continue
      }
      let inList = false
      // at the beginning of a field a quote or a brace is no content
      let fresh = false
      for (;;) {
        while (CLASS[byte] === CONTENT) {
          fresh = false
          const b1 = bytes[p + 1]!
          const b2 = bytes[p + 2]!
          const b3 = bytes[p + 3]!
          if ((CLASS[b1]! | CLASS[b2]! | CLASS[b3]!) === CONTENT) {
            crc ^= byte | (b1 << 8) | (b2 << 16) | (b3 << 24)
            crc = CRC3[crc & 255]! ^ CRC2[(crc >>> 8) & 255]! ^ CRC1[(crc >>> 16) & 255]! ^ CRC[crc >>> 24]!
            p += 4
            byte = bytes[p]!
          } else {
            crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8)
            byte = bytes[++p]!
          }
        }
        const kind = CLASS[byte]!
        if (kind === LINE_END) break
        if (kind === SEPARATOR) fresh = true
        else if (kind === QUOTE && fresh) {
          byte = bytes[++p]!
          for (;;) {
            while (IN_QUOTES[byte] === CONTENT) {
              const b1 = bytes[p + 1]!
              const b2 = bytes[p + 2]!
              const b3 = bytes[p + 3]!
              if ((IN_QUOTES[b1]! | IN_QUOTES[b2]! | IN_QUOTES[b3]!) === CONTENT) {
                crc ^= byte | (b1 << 8) | (b2 << 16) | (b3 << 24)
                crc =
                  CRC3[crc & 255]! ^ CRC2[(crc >>> 8) & 255]! ^ CRC1[(crc >>> 16) & 255]! ^ CRC[crc >>> 24]!
                p += 4
                byte = bytes[p]!
              } else {
                crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8)
                byte = bytes[++p]!
              }
            }
            if (byte === 34 || byte === 10 || (byte === 13 && bytes[p + 1] === 10)) break
            if (byte === 92 && isEscaped(bytes[p + 1]!, escapes)) byte = bytes[++p]!
            crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8)
            byte = bytes[++p]!
          }
          if (byte !== 34) continue
        } else if (kind === OPEN && fresh && !inList) inList = true
        else if (kind === CLOSE && inList) {
          inList = false
          fresh = true
        } else {
          if (kind === BACKSLASH && isEscaped(bytes[p + 1]!, escapes)) byte = bytes[++p]!
          crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8)
          fresh = false
        }
        byte = bytes[++p]!
      }
      p++
    }
    this.crc = crc
  }
}

function isEscaped(next: number, escapes: boolean): boolean {
  return next === 34 || (escapes && next === 92)
}

function transcode(bytes: Uint8Array, start: number, end: number, encoding: SieEncoding): Uint8Array {
  const text = decodeText(bytes, start, end, encoding)
  return Uint8Array.from(text, (character) => cp437Byte(character) ?? 63)
}
