import { Evidence, WINDOW } from './evidence.ts'
import type { SieEncoding } from './types.ts'

/** Bytes parsed at a time. */
export const PIECE = 1 << 14
/** A line longer than this is no SIE line. */
export const MAX_LINE = 1 << 20

/** Only given bytes below 128, where UTF-8 is ASCII and engines have their fastest path. */
const ASCII = new TextDecoder()
const HIGH_BITS = 0x80808080 | 0

/** Takes whole lines: `bytes[0..end)` ends with a line feed, `ascii` is the same bytes with the high bit taken away. */
export type OnPiece = (bytes: Uint8Array, ascii: string, end: number) => void

/**
 * Cuts a stream of chunks, wherever they begin and end, into pieces of whole lines, and decides on the character set.
 * Text is held back only from the first high byte on until that is decided (256 letters, 1 MB, or the end).
 * Files whose first line ends in a lone CR have CR line ends; elsewhere a CR is just a blank.
 */
export class Pieces {
  readonly evidence = new Evidence()
  /** Fixed once there has been a byte above 127 and enough evidence; `ascii` until then. */
  encoding: SieEncoding = 'ascii'
  byteOrderMark = false
  /** Bytes taken so far. */
  offset = 0
  /** True when a line was too long; nothing is taken any more. */
  overflow = false

  private bytes = new Uint8Array(PIECE * 2)
  private plain = new Uint8Array(PIECE * 2)
  private plainWords = new Int32Array(this.plain.buffer)
  private filled = 0
  /** Whether CR ends lines: null until the first line end is seen. */
  private carriageReturns: boolean | null = null
  /** How far in the buffer carriage returns have been replaced. */
  private replaced = 0
  private readonly forced: SieEncoding | null
  private readonly onPiece: OnPiece
  private atStart = true

  constructor(onPiece: OnPiece, forced: SieEncoding | null) {
    this.onPiece = onPiece
    this.forced = forced
  }

  /** Takes at most `PIECE` bytes. */
  push(chunk: Uint8Array): void {
    if (this.overflow) return
    this.reserve(chunk.length)
    const from = this.filled
    this.bytes.set(chunk, from)
    this.plain.set(chunk, from)
    this.filled += chunk.length
    this.strip(from)
    this.offset += chunk.length
    if (this.atStart) {
      // a byte order mark may come byte by byte
      if (this.filled < 3) return
      this.dropByteOrderMark()
    }
    if (this.held()) return
    this.flush(this.lastLineEnd())
    if (this.filled > MAX_LINE + PIECE) this.overflow = true
  }

  /** The end of the file: what is left is a line too. Returns whether the last line had an end of its own. */
  end(): boolean {
    if (this.overflow) return true
    if (this.atStart) this.dropByteOrderMark()
    this.evidence.end()
    this.choose()
    if (this.carriageReturns === null) this.decideLineEnds(true)
    else if (this.carriageReturns) this.replaceCarriageReturns()
    this.reserve(1)
    const ended = this.filled === 0 || this.bytes[this.filled - 1] === 10
    if (!ended) {
      this.bytes[this.filled] = 10
      this.plain[this.filled] = 10
      this.filled++
    }
    this.flush(this.filled)
    return ended
  }

  private reserve(more: number): void {
    // four bytes beyond: words reach over the end
    if (this.filled + more + 4 <= this.bytes.length) return
    const size = Math.max(this.bytes.length * 2, (this.filled + more + 4 + 3) & ~3)
    const { bytes, plain, filled } = this
    this.bytes = new Uint8Array(size)
    this.bytes.set(bytes.subarray(0, filled))
    this.plain = new Uint8Array(size)
    this.plainWords = new Int32Array(this.plain.buffer)
    this.plain.set(plain.subarray(0, filled))
  }

  /** Takes the high bit away from the new bytes in `plain`, and counts those that had it. Looks at 16 bytes at a time. */
  private strip(from: number): void {
    const { plain, plainWords, filled } = this
    const base = this.offset - from
    let p = from
    for (; p < filled && (p & 3) !== 0; p++) if (plain[p]! > 127) this.stripByte(p, base)
    const words = filled >> 2
    let w = p >> 2
    for (; w + 4 <= words; w += 4) {
      const any = plainWords[w]! | plainWords[w + 1]! | plainWords[w + 2]! | plainWords[w + 3]!
      if ((any & HIGH_BITS) === 0) continue
      for (p = w << 2; p < (w + 4) << 2; p++) if (plain[p]! > 127) this.stripByte(p, base)
    }
    for (p = Math.max(p, w << 2); p < filled; p++) if (plain[p]! > 127) this.stripByte(p, base)
  }

  private stripByte(p: number, base: number): void {
    const byte = this.plain[p]!
    this.plain[p] = byte & 127
    if (this.evidence.decided === null) this.evidence.high(byte, base + p)
    else this.evidence.count(byte, base + p)
  }

  private dropByteOrderMark(): void {
    this.atStart = false
    const { bytes } = this
    if (this.filled < 3 || bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return
    this.byteOrderMark = true
    this.bytes.copyWithin(0, 3, this.filled)
    this.plain.copyWithin(0, 3, this.filled)
    this.filled -= 3
    this.evidence.forgetMark()
  }

  /** Whether to wait for more bytes before the character set can be told. */
  private held(): boolean {
    const { evidence } = this
    if (this.encoding !== 'ascii') return false
    if (evidence.first < 0 && !this.byteOrderMark) return false
    if (this.forced === null && !this.byteOrderMark && evidence.decided === null) {
      if (this.offset - evidence.first <= WINDOW) return true
    }
    this.choose()
    return false
  }

  private choose(): void {
    if (this.encoding !== 'ascii') return
    if (this.forced) this.encoding = this.forced
    else if (this.byteOrderMark) this.encoding = 'utf8'
    else if (this.evidence.first >= 0) this.encoding = this.evidence.decide()
  }

  /** Behind the last line end in the buffer; 0 when there is none. */
  private lastLineEnd(): number {
    if (this.carriageReturns === null && !this.decideLineEnds(false)) return 0
    if (this.carriageReturns) this.replaceCarriageReturns()
    return this.filled === 0 ? 0 : this.bytes.lastIndexOf(10, this.filled - 1) + 1
  }

  /** Looks at the first line end; false when more bytes are needed to tell. */
  private decideLineEnds(final: boolean): boolean {
    const feed = this.bytes.subarray(0, this.filled).indexOf(10)
    const carriage = this.bytes.subarray(0, feed < 0 ? this.filled : feed).indexOf(13)
    if (carriage < 0) {
      if (feed < 0) return false
      this.carriageReturns = false
    } else if (carriage + 1 < this.filled || final) this.carriageReturns = carriage + 1 !== feed
    else return false
    if (this.carriageReturns) this.replaceCarriageReturns()
    return true
  }

  private replaceCarriageReturns(): void {
    const { bytes, plain, filled } = this
    for (let p = this.replaced; p < filled; p++) {
      if (bytes[p] !== 13) continue
      bytes[p] = 10
      plain[p] = 10
    }
    this.replaced = filled
  }

  private flush(end: number): void {
    if (end === 0) return
    this.onPiece(this.bytes, ASCII.decode(this.plain.subarray(0, end)), end)
    this.bytes.copyWithin(0, end, this.filled)
    this.plain.copyWithin(0, end, this.filled)
    this.filled -= end
    this.replaced = Math.max(0, this.replaced - end)
  }
}
