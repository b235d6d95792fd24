import { isDateNumber } from './date.ts'
import type { DiagnosticSink } from './diagnostics.ts'
import type { Lexer } from './lexer.ts'
import type { SieFiscalYear } from './types.ts'

/** Reads date fields. A file has few different days: each is checked once and is one shared string. */
export class DateReader {
  /** The date that `read` returned last as a number, 20240131; 0 for an empty or unreadable one. */
  value = 0
  private readonly known = new Map<number, string>()
  private lastValue = -1
  private last = ''
  private readonly lexer: Lexer
  private readonly sink: DiagnosticSink

  constructor(lexer: Lexer, sink: DiagnosticSink) {
    this.lexer = lexer
    this.sink = sink
  }

  /** The date field at `p`; null at the end of the line, `''` where it is empty. The lexer is left behind it. */
  read(p: number, line: number, lineStart: number): string | null {
    const { lexer } = this
    const { bytes } = lexer
    let value = 0
    let end = p
    let byte = bytes[end]!
    while (byte >= 48 && byte <= 57) {
      value = value * 10 + (byte - 48)
      byte = bytes[++end]!
    }
    if (end - p === 8 && byte <= 32) {
      lexer.pos = end
      this.value = value
      if (value === this.lastValue) return this.last
      const date = this.known.get(value) ?? this.first(value, p, line, lineStart)
      this.last = date
      this.lastValue = this.value === 0 ? -1 : value
      return date
    }
    lexer.pos = p
    const text = lexer.text()
    this.value = 0
    if (text === null || text === '') return text
    if (/^\d{8}$/.test(text) && isDateNumber(Number(text))) this.value = Number(text)
    else this.sink.add('date_unreadable', line, p - lineStart + 1, { text })
    return text
  }

  private first(value: number, p: number, line: number, lineStart: number): string {
    const date = this.lexer.ascii.slice(p, p + 8)
    if (isDateNumber(value)) this.known.set(value, date)
    else {
      this.value = 0
      this.sink.add('date_unreadable', line, p - lineStart + 1, { text: date })
    }
    return date
  }
}

/** A fiscal year with its first and last day as numbers `YYYYMMDD`. */
interface Year {
  index: number
  start: number
  end: number
}

/** Asks whether days lie in the file's fiscal year (`#RAR 0`). */
export class YearCheck {
  private year: Year | null = null
  private others: readonly Year[] = []
  /** Days seen before this year's `#RAR`. */
  private earliest = 99999999
  private latest = 0
  private readonly sink: DiagnosticSink

  constructor(sink: DiagnosticSink) {
    this.sink = sink
  }

  /** Tells of the file's fiscal years; called whenever a `#RAR` comes. */
  set(years: readonly SieFiscalYear[]): void {
    const known = years
      .filter(({ start, end }) => start !== '' && end !== '')
      .map(({ index, start, end }) => ({ index, start: Number(start), end: Number(end) }))
    this.year = known.find(({ index }) => index === 0) ?? null
    this.others = known.filter(({ index }) => index !== 0)
  }

  /**
   * Returns the index of the year that a day lies in (0 where none is known), and reports a day outside the file's year.
   * Days before the first `#RAR` are only asked about as a whole, in `end`.
   */
  check(value: number, line: number, column: number, series: string, number: string): number {
    const { year } = this
    if (year === null) {
      if (value < this.earliest) this.earliest = value
      if (value > this.latest) this.latest = value
      return 0
    }
    if (value >= year.start && value <= year.end) return 0
    this.report(value, year, line, column, series, number)
    return this.others.find(({ start, end }) => value >= start && value <= end)?.index ?? 0
  }

  /** The end of the file. */
  end(): void {
    const { year } = this
    if (year === null || this.latest === 0) return
    if (this.earliest < year.start) this.report(this.earliest, year, 0, 0, '', '')
    if (this.latest > year.end) this.report(this.latest, year, 0, 0, '', '')
  }

  private report(
    value: number,
    year: Year,
    line: number,
    column: number,
    series: string,
    number: string,
  ): void {
    this.sink.add('date_outside_year', line, column, {
      date: String(value),
      start: String(year.start),
      end: String(year.end),
      series,
      number,
    })
  }
}
