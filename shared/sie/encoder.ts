import { cp437Byte } from './charset.ts'
import type { DiagnosticSink } from './diagnostics.ts'

/** Texts that need no quotes: digits, letters of ASCII and what codes and dates are written with. */
const BARE = /^[-\w.,:/#+*&()]+$/

/** Text as CP437 bytes in a buffer that grows. Says what it could not write. */
export class Encoder {
  bytes = new Uint8Array(1 << 17)
  length = 0
  /** Where the line being written begins. */
  lineStart = 0
  private line = 1
  private readonly sink: DiagnosticSink

  constructor(sink: DiagnosticSink) {
    this.sink = sink
  }

  /** ASCII as it is. */
  plain(text: string): void {
    this.reserve(text.length)
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i)
  }

  /**
   * A field. In quotes `"` is written `\"` and nothing else is escaped (SIE 4B), but for Fortnox' `\\`. A text that ends in
   * a backslash cannot stand before a closing quote: it stands bare where it may, else it gets a blank.
   */
  field(text: string, quoted: boolean, escapesBackslash: boolean): void {
    if (!quoted && BARE.test(text)) {
      this.plain(text)
      return
    }
    if (text.endsWith('\\') && !escapesBackslash) {
      if (/^[^\s"{}#\\][^\s"{}]*$/.test(text)) {
        this.text(text)
        return
      }
      this.sink.add('text_changed', this.line, 0, { text })
      this.quoted(`${text} `, false)
      return
    }
    this.quoted(text, escapesBackslash)
  }

  private quoted(text: string, escapesBackslash: boolean): void {
    this.plain('"')
    const pattern = escapesBackslash ? /["\\]/g : /"/g
    this.text(text.replace(pattern, '\\$&'))
    this.plain('"')
  }

  /** Characters that CP437 lacks become `?`, control characters blanks (SIE 4B §5.7 allows none). */
  text(text: string): void {
    this.reserve(text.length)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 32 && code < 127) {
        this.bytes[this.length++] = code
        continue
      }
      const byte = code < 32 || code === 127 ? 32 : cp437Byte(text[i]!)
      if (byte === undefined || byte === 32) this.report(text, i)
      this.bytes[this.length++] = byte ?? 63
      // the second half of a surrogate pair is the same character
      if (byte === undefined && text.codePointAt(i)! > 0xffff) i++
    }
  }

  private report(text: string, index: number): void {
    const character = String.fromCodePoint(text.codePointAt(index)!)
    const codePoint = `U+${text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`
    this.sink.add('character_replaced', this.line, this.length - this.lineStart + 1, { character, codePoint })
  }

  endLine(): void {
    this.plain('\r\n')
  }

  nextLine(): void {
    this.lineStart = this.length
    this.line++
  }

  /** What is written so far, as bytes of its own; only between lines. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    this.lineStart = 0
    return taken
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
    bytes.set(this.bytes.subarray(0, this.length))
    this.bytes = bytes
  }
}
