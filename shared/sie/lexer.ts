import { CP437_TABLE, decodeText, LATIN1_TABLE } from './charset.ts'
import type { SieDiagnosticCode } from './diagnostics.ts'
import type { SieEncoding, SieField, SieObject } from './types.ts'

const NO_OBJECTS: readonly SieObject[] = Object.freeze([])

/** Where the copying of a quoted field has to stop and look: line ends, quote, backslash. */
const STOP = new Uint8Array(256)
for (const byte of [10, 13, 34, 92]) STOP[byte] = 1

/**
 * Fields of SIE lines (4B §5.3-5.7). It works on `bytes`, and takes texts without high bytes as slices of `ascii`, the
 * same bytes as one string: a slice costs a few nanoseconds, decoding each field ten times that. `pos` is where the next
 * field is looked for; every method leaves it behind what it read. `bytes` always has a line feed at or before its end.
 */
export class Lexer {
  bytes: Uint8Array = new Uint8Array(1)
  ascii = ''
  pos = 0
  encoding: SieEncoding = 'ascii'
  /** Fortnox writes `\\` for `\`; in everyone else's files, as in the standard, a backslash is just that. */
  escapesBackslash = false
  /** Told of what is wrong with a field, and where. */
  onOdd: (code: SieDiagnosticCode, position: number) => void = () => {}

  private readonly recent: SieObject[][] = []
  private readonly recentKeys: string[] = []
  private oddList = false

  /** Goes to the next field; returns its first byte, or 10 at the end of the line. */
  skip(): number {
    const bytes = this.bytes
    let p = this.pos
    let byte = bytes[p]!
    while (byte <= 32 && byte !== 10) byte = bytes[++p]!
    this.pos = p
    return byte
  }

  /** The next field as text; null at the end of the line. An object list where a text belongs is read as `''`. */
  text(): string | null {
    const byte = this.skip()
    if (byte === 34) return this.quoted()
    if (byte === 10) return null
    if (byte === 123) {
      this.onOdd('object_list_odd', this.pos)
      this.list()
      return ''
    }
    return this.bare(false)
  }

  /** The next field, text or object list; null at the end of the line. */
  field(): SieField | null {
    return this.skip() === 123 ? this.list() : this.text()
  }

  /** All fields from here to the end of the line. */
  rest(): SieField[] {
    const fields: SieField[] = []
    for (let field = this.field(); field !== null; field = this.field()) fields.push(field)
    return fields
  }

  /** A field that begins with a quote, at `pos`. Without a closing quote it goes to the end of the line. */
  quoted(): string {
    const bytes = this.bytes
    const start = this.pos + 1
    let p = start
    let high = 0
    let byte = bytes[p]!
    while (STOP[byte] === 0) {
      high |= byte
      byte = bytes[++p]!
    }
    if (byte !== 34) return this.quotedSlowly(start)
    this.pos = p + 1
    if (p === start) return ''
    return high < 128 ? this.ascii.slice(start, p) : this.decode(start, p)
  }

  private quotedSlowly(start: number): string {
    const bytes = this.bytes
    let p = start
    let from = start
    let text = ''
    for (;;) {
      const byte = bytes[p]!
      if (byte === 34 || byte === 10 || (byte === 13 && bytes[p + 1] === 10)) break
      if (byte === 92 && this.escapes(bytes[p + 1]!)) {
        text += this.decode(from, p)
        from = p + 1
        p += 2
      } else p++
    }
    text += this.decode(from, p)
    if (bytes[p] === 34) p++
    else this.onOdd('quote_unclosed', start - 1)
    this.pos = p
    return text
  }

  /** A field without quotes, at `pos`: up to a blank, inside an object list also up to `}`. */
  private bare(inList: boolean): string {
    const bytes = this.bytes
    const start = this.pos
    let p = start
    let high = 0
    let escaped = false
    let byte = bytes[p]!
    while (byte > 32 && !(inList && byte === 125)) {
      high |= byte
      if (byte === 92 && this.escapes(bytes[p + 1]!)) {
        escaped = true
        p++
      }
      byte = bytes[++p]!
    }
    this.pos = p
    if (!escaped) return high < 128 ? this.ascii.slice(start, p) : this.decode(start, p)
    let text = ''
    let from = start
    for (let i = start; i < p; i++) {
      if (bytes[i] !== 92 || !this.escapes(bytes[i + 1]!)) continue
      text += this.decode(from, i)
      from = ++i
    }
    return text + this.decode(from, p)
  }

  private escapes(next: number): boolean {
    return next === 34 || (next === 92 && this.escapesBackslash)
  }

  /** An object list, at its `{`. Rows repeat few of them, so equal ones may be the same array. */
  list(): readonly SieObject[] {
    const bytes = this.bytes
    const start = this.pos
    this.pos++
    if (bytes[this.pos] === 125) {
      this.pos++
      return NO_OBJECTS
    }
    const simple = this.simpleListEnd(start)
    if (simple > 0) {
      const key = this.ascii.slice(start, simple)
      const slot = (simple - start + bytes[simple - 3]! * 5 + bytes[start + 2]! * 3) & 63
      if (this.recentKeys[slot] === key) {
        this.pos = simple
        return this.recent[slot]!
      }
      const list = this.readList(start)
      if (this.oddList) return list
      this.recentKeys[slot] = key
      this.recent[slot] = list
      return list
    }
    const list = this.readList(start)
    return list.length === 0 ? NO_OBJECTS : list
  }

  /** Just behind the `}` of a list of plain ASCII without escapes, else 0. */
  private simpleListEnd(start: number): number {
    const bytes = this.bytes
    let quotes = 0
    for (let p = start + 1; p < start + 40; p++) {
      const byte = bytes[p]!
      if (byte === 125) return quotes % 2 === 0 ? p + 1 : 0
      if (byte === 34) quotes++
      else if (byte < 32 || byte === 92 || byte > 126) return 0
    }
    return 0
  }

  private readList(start: number): SieObject[] {
    const items: string[] = []
    for (;;) {
      const byte = this.skip()
      if (byte === 125) {
        this.pos++
        break
      }
      if (byte === 10) {
        this.onOdd('object_list_odd', start)
        break
      }
      items.push(byte === 34 ? this.quoted() : this.bare(true))
    }
    this.oddList = items.length % 2 === 1
    if (this.oddList) this.onOdd('object_list_odd', start)
    const list: SieObject[] = []
    for (let i = 0; i < items.length; i += 2) list.push([items[i]!, items[i + 1] ?? ''])
    return list
  }

  /** `bytes[start..end)` as text. */
  decode(start: number, end: number): string {
    if (this.encoding === 'utf8') return decodeText(this.bytes, start, end, 'utf8')
    const characters = this.encoding === 'latin1' ? LATIN1_TABLE : CP437_TABLE
    const bytes = this.bytes
    let text = ''
    let from = start
    for (let p = start; p < end; p++) {
      if (bytes[p]! < 128) continue
      text += this.ascii.slice(from, p) + characters[bytes[p]!]!
      from = p + 1
    }
    return text + this.ascii.slice(from, end)
  }
}
