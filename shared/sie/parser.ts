import { Accounts } from './accounts.ts'
import { isBalanceLabel, readBalance } from './balances.ts'
import { DiagnosticSink, type SieDiagnosticCode } from './diagnostics.ts'
import { Header } from './header.ts'
import { Ksumma } from './ksumma.ts'
import { isKnownLabel } from './labels.ts'
import { Lexer } from './lexer.ts'
import { PIECE, Pieces } from './pieces.ts'
import type { SieField, SieHandlers, SieKsumma, SieReadOptions, SieRecord, SieSummary } from './types.ts'
import { Vouchers } from './vouchers.ts'

/** Lines without a record before the first known one, after which a file is no SIE file. */
const PATIENCE = 50

/**
 * The reader's core: takes the file in chunks cut anywhere, calls the handlers as vouchers and records are complete. It
 * holds no more than the line it is in (and, until the character set is known, up to 1 MB).
 *
 * @example
 * const parser = new SieParser({ voucher: (voucher) => vouchers.push(voucher) })
 * for (const chunk of chunks) parser.push(chunk)
 * const summary = parser.end()
 */
export class SieParser {
  private readonly handlers: SieHandlers
  private readonly options: SieReadOptions
  private readonly sink: DiagnosticSink
  private readonly lexer = new Lexer()
  private readonly accounts = new Accounts()
  private readonly header: Header
  private readonly vouchers: Vouchers
  private readonly pieces: Pieces
  private line = 1
  private lineStart = 0
  private recordSeen = false
  private ignored = 0
  /** True when reading on is no use: the file is no SIE file, or a line has no end. */
  stopped = false
  private summed: Ksumma | null = null
  private ksumma: SieKsumma = null
  private sumFrom = 0
  private unclosedLine = 0
  private firstBytes: number[] = []

  constructor(handlers: SieHandlers, options: SieReadOptions = {}) {
    this.handlers = handlers
    this.options = options
    this.sink = new DiagnosticSink(options.maxDiagnosticsPerCode ?? 200, (diagnostic) =>
      handlers.diagnostic?.(diagnostic),
    )
    this.header = new Header(this.sink)
    this.vouchers = new Vouchers(this.lexer, this.accounts, this.sink, handlers)
    this.pieces = new Pieces((bytes, ascii, end) => this.piece(bytes, ascii, end), options.encoding ?? null)
    this.lexer.onOdd = (code, position) => {
      if (code === 'quote_unclosed') this.unclosedLine = this.line
      this.sink.add(code, this.line, position - this.lineStart + 1)
    }
  }

  /** Takes the next bytes, however many. */
  push(chunk: Uint8Array): void {
    for (let i = 0; i < 4 && this.firstBytes.length < 4 && i < chunk.length; i++)
      this.firstBytes.push(chunk[i]!)
    for (let from = 0; from < chunk.length && !this.stopped; from += PIECE) {
      this.pieces.push(chunk.subarray(from, from + PIECE))
      if (this.pieces.overflow) this.stop('line_too_long')
    }
  }

  /** The end of the file: the last checks, and what the file is. */
  end(): SieSummary {
    if (!this.stopped) {
      const ended = this.pieces.end()
      if (!this.recordSeen) this.stop('not_sie')
      else this.finish(ended)
    }
    return this.summary()
  }

  private finish(ended: boolean): void {
    const { sink, vouchers } = this
    const last = this.line - 1
    if (vouchers.pending) {
      sink.add('truncated', last, 0, { missing: '}' })
      vouchers.finish()
    } else if (!ended && this.unclosedLine === last) sink.add('truncated', last, 0, { missing: '"' })
    if (this.summed) {
      this.ksumma = 'UNFINISHED'
      this.summed = null
      sink.add('truncated', last, 0, { missing: '#KSUMMA' })
    }
    vouchers.years.end()
    this.header.end(this.form())
    this.accounts.reportUnknown(sink)
    const { evidence, encoding } = this.pieces
    const { votes, against } = evidence.split(encoding)
    if (encoding !== 'ascii' && against > 0) sink.add('encoding_mixed', 0, 0, { encoding, votes, against })
  }

  private piece(bytes: Uint8Array, ascii: string, end: number): void {
    if (this.stopped) return
    const { lexer } = this
    lexer.bytes = bytes
    lexer.ascii = ascii
    lexer.encoding = this.pieces.encoding
    this.sumFrom = 0
    this.lineStart = 0
    this.scan(bytes, end)
    this.summed?.update(bytes, this.sumFrom, end, lexer.encoding, lexer.escapesBackslash)
  }

  private scan(bytes: Uint8Array, end: number): void {
    const { lexer, vouchers } = this
    let p = 0
    while (p < end) {
      let byte = bytes[p]!
      while (byte <= 32 && byte !== 10) byte = bytes[++p]!
      if (byte === 10) {
        this.line++
        this.lineStart = ++p
      } else if (byte === 35) {
        if (isTrans(bytes, p)) vouchers.row('TRANS', p + 6, this.line, this.lineStart)
        else if (isVer(bytes, p)) {
          lexer.pos = p + 4
          this.beginVoucher()
        } else {
          lexer.pos = p + 1
          this.labelled(p)
          if (this.stopped) return
        }
        p = lexer.pos
      } else if (byte === 123) {
        p++
        if (vouchers.pending && !vouchers.open) vouchers.open = true
        else this.sink.add('brace_stray', this.line, p - this.lineStart, { brace: '{' })
      } else if (byte === 125) {
        p++
        if (vouchers.pending) vouchers.finish()
        else this.sink.add('brace_stray', this.line, p - this.lineStart, { brace: '}' })
      } else {
        const start = p
        while (bytes[p] !== 10) p++
        this.ignore(start, p)
        if (this.stopped) return
      }
    }
  }

  /** A `#VER`; the lexer stands behind the label. */
  private beginVoucher(): void {
    this.recordSeen = true
    this.closeVoucher()
    this.vouchers.begin(this.line, this.lineStart)
  }

  /** A voucher whose block does not end before the next record. */
  private closeVoucher(): void {
    const { vouchers } = this
    if (!vouchers.pending) return
    if (vouchers.open) this.sink.add('block_unclosed', this.line, 0)
    vouchers.finish()
  }

  /** Any record; the lexer stands behind the `#`. */
  private labelled(start: number): void {
    const { lexer, vouchers } = this
    const written = lexer.text() ?? ''
    const upper = written.toUpperCase()
    const known = isKnownLabel(upper)
    const label = known ? upper : written
    if (label === 'VER') this.beginVoucher()
    else if (label === 'TRANS' || label === 'RTRANS' || label === 'BTRANS')
      vouchers.row(label, lexer.pos, this.line, this.lineStart)
    else if (label === 'KSUMMA') this.controlSum(start)
    else this.record(label, known)
  }

  private record(label: string, known: boolean): void {
    const { lexer, vouchers } = this
    if (known) {
      this.recordSeen = true
      this.closeVoucher()
    }
    const columns: number[] = []
    const fields: SieField[] = []
    while (lexer.skip() !== 10) {
      columns.push(lexer.pos - this.lineStart + 1)
      fields.push(lexer.field()!)
    }
    const record: SieRecord = { label, fields, line: this.line }
    if (known) this.understand(record, columns)
    this.header.count(label)
    if (!known && vouchers.open) vouchers.takeOther(record)
    else if (!this.sink.failed) this.handlers.record?.(record)
  }

  private understand(record: SieRecord, columns: readonly number[]): void {
    const { label, fields } = record
    if (isBalanceLabel(label)) this.balance(record, columns)
    else if (label === 'KONTO') this.accounts.declare(textOf(fields[0]))
    else if (label === 'KTYP') this.accounts.type(textOf(fields[0]), textOf(fields[1]))
    else {
      this.header.take(record, columns)
      if (label === 'RAR') this.vouchers.years.set(this.header.fiscalYears)
      if (label === 'PROGRAM') this.lexer.escapesBackslash = /^fortnox/i.test(textOf(fields[0]))
    }
  }

  private balance(record: SieRecord, columns: readonly number[]): void {
    const label = record.label
    if (!isBalanceLabel(label)) return
    const balance = readBalance(label, record)
    if ('code' in balance) {
      this.sink.add(balance.code, this.line, columns[balance.field] ?? 0, { text: balance.text })
      return
    }
    this.accounts.use(balance.account, this.line)
    if (balance.year === 0 && (label === 'IB' || label === 'UB' || label === 'RES'))
      this.accounts.balance(label, balance.account, balance.amount)
  }

  /** `#KSUMMA` alone begins the control sum, with a number it ends it (SIE 4B §10). */
  private controlSum(start: number): void {
    const { lexer, sink } = this
    this.recordSeen = true
    this.closeVoucher()
    const column = lexer.pos - this.lineStart
    const value = lexer.text()
    lexer.rest()
    this.header.count('KSUMMA')
    if (value === null || value === '') {
      this.summed = new Ksumma()
      this.sumFrom = lexer.pos
      return
    }
    if (!this.summed) {
      sink.add('ksumma_unopened', this.line, column)
      return
    }
    this.summed.update(lexer.bytes, this.sumFrom, start, lexer.encoding, lexer.escapesBackslash)
    const right = this.summed.value
    if (this.ksumma !== 'WRONG') this.ksumma = value === String(right) ? 'OK' : 'WRONG'
    if (value !== String(right))
      sink.add('ksumma_wrong', this.line, column, { written: value, counted: right })
    this.summed = null
  }

  private ignore(start: number, end: number): void {
    this.ignored++
    if (!this.recordSeen && this.ignored > PATIENCE) {
      this.stop('not_sie')
      return
    }
    const text = this.lexer.decode(start, Math.min(end, start + 80)).trimEnd()
    if (this.recordSeen) this.sink.add('line_ignored', this.line, start - this.lineStart + 1, { text })
  }

  private stop(code: SieDiagnosticCode): void {
    this.stopped = true
    this.sink.add(code, code === 'not_sie' ? 0 : this.line, 0, { looksLike: looksLike(this.firstBytes) })
  }

  /** `1`-`3`, `4E` or `4I`: what the required records depend on. */
  private form(): string {
    const type = this.header.type ?? '1'
    if (type !== '4') return type
    if (this.options.subtype) return this.options.subtype
    return this.accounts.hasResult || this.accounts.hasClosing ? '4E' : '4I'
  }

  private summary(): SieSummary {
    const { sink, accounts, vouchers, header, pieces } = this
    const sie = this.recordSeen
    const form = this.form()
    // a file of vouchers to take in (4I) need not hold all of a year's
    const whole = form === '4E' && vouchers.count > 0
    const none = { accounts: 0, differing: 0 }
    const balance = whole && accounts.hasClosing ? accounts.checkClosing(sink) : none
    const result = whole && (accounts.hasResult || accounts.hasClosing) ? accounts.checkResult(sink) : none
    const encoding = sie || pieces.encoding !== 'ascii' ? pieces.encoding : pieces.evidence.majority()
    const { votes, against } = pieces.evidence.split(encoding)
    return {
      ok: !sink.failed,
      type: sie ? (header.type ?? '1') : null,
      subtype: sie && (form === '4E' || form === '4I') ? form : null,
      encoding,
      encodingLabel:
        encoding !== 'ascii' && against > 0 ? `${encoding}(mixed ${votes}/${against})` : encoding,
      byteOrderMark: pieces.byteOrderMark,
      program: header.program,
      generated: header.generated,
      company: header.company,
      currency: header.currency,
      fiscalYears: header.fiscalYears,
      accounts: accounts.declaredCount,
      records: { ...header.counts, ...nonZero({ VER: vouchers.count, ...vouchers.rowCounts }) },
      vouchers: vouchers.count,
      rows: vouchers.rowCounts,
      unbalancedVouchers: vouchers.unbalanced,
      debit: vouchers.debit,
      debitDecimals: vouchers.debitDecimals,
      ksumma: this.ksumma,
      checks: { balance, result },
      diagnosticCounts: sink.counts,
      lines: this.line - 1,
      bytes: pieces.offset,
    }
  }
}

/** `#TRANS` and a blank at `p`. */
function isTrans(bytes: Uint8Array, p: number): boolean {
  return (
    bytes[p + 1] === 84 &&
    bytes[p + 2] === 82 &&
    bytes[p + 3] === 65 &&
    bytes[p + 4] === 78 &&
    bytes[p + 5] === 83 &&
    bytes[p + 6]! <= 32
  )
}

/** `#VER` and a blank at `p`. */
function isVer(bytes: Uint8Array, p: number): boolean {
  return bytes[p + 1] === 86 && bytes[p + 2] === 69 && bytes[p + 3] === 82 && bytes[p + 4]! <= 32
}

function textOf(field: SieField | undefined): string {
  return typeof field === 'string' ? field : ''
}

function nonZero(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** What a file that is no SIE file seems to be, by its first bytes. */
function looksLike(bytes: readonly number[]): string {
  const [a = -1, b = -1] = bytes
  if (a === -1) return 'empty'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'utf16'
  if (a === 0x50 && b === 0x4b) return 'zip'
  if (a === 0x1f && b === 0x8b) return 'gzip'
  if (a === 0x25 && b === 0x50) return 'pdf'
  return a === 0x3c ? 'markup' : 'unknown'
}
