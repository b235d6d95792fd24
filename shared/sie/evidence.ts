import { utf8LeadLength } from './charset.ts'
import type { SieEncoding } from './types.ts'

/** Votes after which the character set is decided, and how far the reader looks for them beyond the first. */
const ENOUGH = 256
export const WINDOW = 1 << 20

const NOTHING = 0
const CP437_LETTER = 1
const LATIN1_LETTER = 2
const CP437_OTHER = 3
const LATIN1_OTHER = 4

/** What each byte speaks for. The Swedish letters decide; other letters only where there are none of them. */
const VOTE = new Uint8Array(256)
for (let byte = 0x80; byte <= 0xa5; byte++) VOTE[byte] = byte >= 0x9b && byte <= 0x9f ? NOTHING : CP437_OTHER
for (let byte = 0xc0; byte <= 0xff; byte++) VOTE[byte] = LATIN1_OTHER
for (const byte of [0x84, 0x86, 0x8e, 0x8f, 0x94, 0x99]) VOTE[byte] = CP437_LETTER
for (const byte of [0xc4, 0xc5, 0xd6, 0xe4, 0xe5, 0xf6]) VOTE[byte] = LATIN1_LETTER

/**
 * Counts what the bytes above 127 speak for: UTF-8 (whole sequences), CP437 or Latin-1 (Swedish letters). In CP437 they
 * lie in 80-99, which in UTF-8 only continue a sequence, so a CP437 file with Swedish letters is never valid UTF-8.
 * The decision depends on the bytes alone, not on how they were cut into chunks.
 */
export class Evidence {
  private readonly votes = new Float64Array(5)
  private sequences = 0
  /** High bytes that belong to no UTF-8 sequence. */
  private stray = 0
  private pending: number[] = []
  private missing = 0
  private expected = -1
  /** Offset of the first high byte, -1 while all is ASCII. */
  first = -1
  decided: SieEncoding | null = null

  /** Takes the byte `byte` (>127) at `offset` of the file. */
  high(byte: number, offset: number): void {
    if (this.first < 0) this.first = offset
    else if (this.decided === null && offset - this.first > WINDOW) this.decide()
    if (this.missing > 0 && offset === this.expected && (byte & 0xc0) === 0x80) {
      this.pending.push(byte)
      this.expected++
      if (--this.missing === 0) {
        this.sequences++
        this.pending.length = 0
        this.check()
      }
      return
    }
    if (this.missing > 0) this.broken()
    const length = utf8LeadLength(byte)
    if (length > 0) {
      this.pending.push(byte)
      this.missing = length - 1
      this.expected = offset + 1
    } else this.single(byte)
  }

  /** The same once all is decided: in single-byte sets only the byte's own vote counts. */
  count(byte: number, offset: number): void {
    if (this.decided === 'utf8') this.high(byte, offset)
    else this.votes[VOTE[byte]!]!++
  }

  /** Fixes the decision; called when there is enough evidence, or no more to wait for. */
  decide(): SieEncoding {
    this.decided ??= this.majority()
    return this.decided
  }

  /** What all bytes so far speak for. */
  majority(): SieEncoding {
    if (this.first < 0) return 'ascii'
    const [, cp437 = 0, latin1 = 0, cp437Other = 0, latin1Other = 0] = this.votes
    if (this.sequences > Math.max(cp437, latin1) && this.sequences >= this.stray) return 'utf8'
    if (cp437 !== latin1) return cp437 > latin1 ? 'cp437' : 'latin1'
    return latin1Other > cp437Other ? 'latin1' : 'cp437'
  }

  /** Votes for `encoding` and against it. */
  split(encoding: SieEncoding): { votes: number; against: number } {
    const [, cp437 = 0, latin1 = 0] = this.votes
    if (encoding === 'utf8') return { votes: this.sequences, against: this.stray }
    return encoding === 'latin1' ? { votes: latin1, against: cp437 } : { votes: cp437, against: latin1 }
  }

  /** Takes back the vote of a byte order mark. */
  forgetMark(): void {
    this.sequences--
    if (this.sequences === 0 && this.stray === 0 && this.missing === 0) this.first = -1
  }

  /** The end of the file: a sequence that was begun is broken. */
  end(): void {
    if (this.missing > 0) this.broken()
  }

  private broken(): void {
    this.missing = 0
    for (const byte of this.pending) this.single(byte)
    this.pending.length = 0
  }

  private single(byte: number): void {
    this.votes[VOTE[byte]!]!++
    this.stray++
    this.check()
  }

  private check(): void {
    if (this.decided !== null) return
    if (this.sequences + this.votes[CP437_LETTER]! + this.votes[LATIN1_LETTER]! >= ENOUGH) this.decide()
  }
}
