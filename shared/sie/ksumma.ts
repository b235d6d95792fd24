import { CP437_TABLE, cp437Byte, decodeText } from './charset.ts'
import type { SieEncoding } from './types.ts'

const TABLES = crcTables()

/** CRC-32 (reflected, EDB88320) tables for eight bytes at a time. */
function crcTables(): Int32Array[] {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256))
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    tables[0]![byte] = crc
  }
  for (let k = 1; k < 8; k++)
    for (let byte = 0; byte < 256; byte++) {
      const previous = tables[k - 1]![byte]!
      tables[k]![byte] = (previous >>> 8) ^ tables[0]![previous & 255]!
    }
  return tables
}

const OUTSIDE = 0
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

/**
 * The control sum (SIE 4B §10): CRC-32 over the CP437 bytes of labels and field contents. Separators, line ends,
 * enclosing quotes and braces do not count; `\"` counts as `"`. `update` takes whole lines.
 */
export class Ksumma {
  private crc = -1
  private scratch = new Uint8Array(1 << 16)
  private length = 0
  private readonly encoding: () => SieEncoding
  private readonly escapesBackslash: () => boolean

  constructor(encoding: () => SieEncoding, escapesBackslash: () => boolean) {
    this.encoding = encoding
    this.escapesBackslash = escapesBackslash
  }

  /** The sum so far, as `#KSUMMA` has it. */
  get value(): number {
    return ~this.crc >>> 0
  }

  update(bytes: Uint8Array, start: number, end: number): void {
    if (this.scratch.length < end - start) this.scratch = new Uint8Array(end - start)
    this.length = 0
    const escapes = this.escapesBackslash()
    let p = start
    while (p < end) p = this.line(bytes, p, end, escapes)
    const encoding = this.encoding()
    if (encoding === 'cp437' || encoding === 'ascii') this.add(this.scratch, this.length)
    else this.add(...transcode(this.scratch, this.length, encoding))
  }

  /** Adds bytes that are contents already. */
  add(bytes: Uint8Array, length = bytes.length): void {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
      Int32Array,
    ]
    let crc = this.crc
    let i = 0
    for (const last = length - 8; i <= last; i += 8) {
      crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
      crc =
        t7[crc & 255]! ^
        t6[(crc >>> 8) & 255]! ^
        t5[(crc >>> 16) & 255]! ^
        t4[crc >>> 24]! ^
        t3[bytes[i + 4]!]! ^
        t2[bytes[i + 5]!]! ^
        t1[bytes[i + 6]!]! ^
        t0[bytes[i + 7]!]!
    }
    for (; i < length; i++) crc = t0[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
    this.crc = crc
  }

  /** Copies the contents of one line to the scratch and returns where the next begins. */
  private line(bytes: Uint8Array, start: number, end: number, escapes: boolean): number {
    const out = this.scratch
    let n = this.length
    let p = start
    let byte = bytes[p]!
    while (p < end && byte !== 10 && (byte <= 32 || byte === 123 || byte === 125)) byte = bytes[++p]!
    if (byte !== 35) {
      while (p < end && bytes[p] !== 10) p++
      return p + 1
    }
    let inList = false
    // `fresh`: at the beginning of a field, where a quote or a brace is no content
    let fresh = false
    for (; p < end; p++) {
      byte = bytes[p]!
      const kind = CLASS[byte]!
      if (kind === OUTSIDE) {
        out[n++] = byte
        fresh = false
      } else if (kind === SEPARATOR) fresh = true
      else if (kind === LINE_END) break
      else if (kind === QUOTE && fresh) {
        for (p++; p < end; p++) {
          byte = bytes[p]!
          if (byte === 34 || byte === 10 || (byte === 13 && bytes[p + 1] === 10)) break
          if (byte === 92 && (bytes[p + 1] === 34 || (escapes && bytes[p + 1] === 92))) byte = bytes[++p]!
          out[n++] = byte
        }
        if (byte !== 34) p--
      } else if (kind === OPEN && fresh && !inList) inList = true
      else if (kind === CLOSE && inList) {
        inList = false
        fresh = true
      } else {
        if (kind === BACKSLASH && (bytes[p + 1] === 34 || (escapes && bytes[p + 1] === 92)))
          byte = bytes[++p]!
        out[n++] = byte
        fresh = false
      }
    }
    this.length = n
    return p + 1
  }
}

/** Contents in another character set as CP437, where the control sum is defined. */
function transcode(bytes: Uint8Array, length: number, encoding: SieEncoding): [Uint8Array, number] {
  const text = decodeText(bytes, 0, length, encoding)
  const out = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) out[i] = cp437Byte(text[i]!) ?? CP437_TABLE.indexOf('?')
  return [out, text.length]
}
