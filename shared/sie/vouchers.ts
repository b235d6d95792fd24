import type { Accounts } from './accounts.ts'
import { EXACT, formatAmount, parseAmount } from './amount.ts'
import { DateReader, YearCheck } from './dates.ts'
import type { DiagnosticSink } from './diagnostics.ts'
import type { Lexer } from './lexer.ts'
import { VoucherNumbers } from './numbers.ts'
import type {
  SieField,
  SieHandlers,
  SieObject,
  SieRecord,
  SieRow,
  SieRowKind,
  SieSubRecord,
} from './types.ts'

const NONE: readonly never[] = Object.freeze([])
const QUANTITY = /^-?(\d+\.?\d*|\.\d+)$/

/**
 * Builds vouchers from `#VER`, braces and rows, and checks each: balance, dates, numbers. This is where the time goes, so
 * it reads a row in one pass over its bytes and keeps accounts as small numbers.
 */
export class Vouchers {
  count = 0
  unbalanced = 0
  readonly rowCounts: Record<SieRowKind, number> = { TRANS: 0, RTRANS: 0, BTRANS: 0 }
  debitDecimals = 0
  /** True between a `#VER` and the end of its block. */
  pending = false
  /** True between the braces. */
  open = false

  private readonly lexer: Lexer
  private readonly accounts: Accounts
  private readonly sink: DiagnosticSink
  private readonly handlers: SieHandlers
  private readonly numbers: VoucherNumbers
  private readonly dates: DateReader
  readonly years: YearCheck
  private readonly debitSmall = new Float64Array(1)
  private debitLarge = 0n
  private line = 0
  private series = ''
  private number = ''
  private date = ''
  private dateValue = 0
  private description: string | null = null
  private regDate: string | null = null
  private sign: string | null = null
  private extra: readonly SieField[] = NONE
  private rows: SieRow[] = []
  private rowTotal = 0
  private others: SieSubRecord[] = []
  private balance = 0
  private balanceLarge = 0n
  private added: SieRow | null = null
  private addedLine = 0
  private unopened = false

  constructor(lexer: Lexer, accounts: Accounts, sink: DiagnosticSink, handlers: SieHandlers) {
    this.lexer = lexer
    this.accounts = accounts
    this.sink = sink
    this.handlers = handlers
    this.numbers = new VoucherNumbers(sink)
    this.dates = new DateReader(lexer, sink)
    this.years = new YearCheck(sink)
  }

  /** A `#VER`; the lexer stands behind the label. Returns nothing; `pending` is true afterwards. */
  begin(line: number, lineStart: number): void {
    const { lexer } = this
    this.line = line
    this.count++
    this.pending = true
    this.series = lexer.text() ?? ''
    this.number = lexer.text() ?? ''
    lexer.skip()
    const column = lexer.pos - lineStart + 1
    this.date = this.dates.read(lexer.pos, line, lineStart) ?? ''
    this.dateValue = this.dates.value
    if (this.date === '') this.sink.add('date_unreadable', line, column, { text: '' })
    this.description = null
    this.regDate = null
    this.sign = null
    this.extra = NONE
    if (this.headGoesOn(lexer.skip())) {
      this.description = lexer.text()
      if (this.headGoesOn(lexer.skip())) {
        this.regDate = this.dates.read(lexer.pos, line, lineStart)
        if (this.headGoesOn(lexer.skip())) {
          this.sign = lexer.text()
          if (this.headGoesOn(lexer.skip())) this.extra = this.restOfHead()
        }
      }
    }
    if (lexer.bytes[lexer.pos] === 123) {
      lexer.pos++
      this.open = true
    }
  }

  /** Whether a field of the `#VER` begins with `byte`: neither the line ends here nor does its block begin on it. */
  private headGoesOn(byte: number): boolean {
    return byte !== 10 && (byte !== 123 || !this.atBrace())
  }

  /** Whether a block's `{` stands here, on the line of its `#VER`. */
  private atBrace(): boolean {
    const { lexer } = this
    const brace = lexer.pos
    lexer.pos++
    const alone = lexer.skip() === 10
    lexer.pos = brace
    return alone
  }

  private restOfHead(): SieField[] {
    const fields: SieField[] = []
    while (this.headGoesOn(this.lexer.skip())) fields.push(this.lexer.field()!)
    return fields
  }

  /**
   * A row; `start` is behind its label. Account, objects and amount are read here byte by byte (`1930 {} -125.00`);
   * whatever is written otherwise goes to the lexer.
   */
  row(kind: SieRowKind, start: number, line: number, lineStart: number): void {
    this.rowCounts[kind]++
    const { lexer, accounts } = this
    const { bytes } = lexer
    let p = start
    let byte = bytes[p]!
    while (byte <= 32 && byte !== 10) byte = bytes[++p]!
    let id: number
    const d0 = byte - 48
    const d1 = bytes[p + 1]! - 48
    const d2 = bytes[p + 2]! - 48
    const d3 = bytes[p + 3]! - 48
    byte = bytes[p + 4]!
    if (d0 >>> 0 < 10 && d1 >>> 0 < 10 && d2 >>> 0 < 10 && d3 >>> 0 < 10 && byte <= 32) {
      id = accounts.numbered(d0 * 1000 + d1 * 100 + d2 * 10 + d3)
      p += 4
    } else {
      lexer.pos = p
      id = accounts.named(lexer.text() ?? '')
      p = lexer.pos
      byte = bytes[p]!
    }
    while (byte <= 32 && byte !== 10) byte = bytes[++p]!
    let objects: readonly SieObject[] = NONE
    if (byte === 123) {
      if (bytes[p + 1] === 125) p += 2
      else {
        lexer.pos = p
        objects = lexer.list()
        p = lexer.pos
      }
      byte = bytes[p]!
      while (byte <= 32 && byte !== 10) byte = bytes[++p]!
    } else this.sink.add('object_list_missing', line, p - lineStart + 1)

    const amountStart = p
    const negative = byte === 45
    if (negative) byte = bytes[++p]!
    let amount = 0
    let decimals = 0
    const digitsStart = p
    while (byte >= 48 && byte <= 57) {
      amount = amount * 10 + (byte - 48)
      byte = bytes[++p]!
    }
    const digits = p - digitsStart
    if (byte === 46) {
      byte = bytes[++p]!
      while (byte >= 48 && byte <= 57) {
        amount = amount * 10 + (byte - 48)
        decimals++
        byte = bytes[++p]!
      }
    }
    if (decimals === 0) amount *= 100
    else if (decimals === 1) amount *= 10
    if (byte > 32 || digits > 13 || digits === 0 || decimals > 2) {
      lexer.pos = amountStart
      const text = lexer.text() ?? ''
      p = lexer.pos
      byte = bytes[p]!
      amount = this.slowAmount(text, line, amountStart - lineStart + 1)
      decimals = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
    } else if (negative && amount !== 0) amount = -amount

    let transDate: string | null = null
    let text: string | null = null
    let quantity: string | null = null
    let sign: string | null = null
    let extra: readonly SieField[] = NONE
    while (byte <= 32 && byte !== 10) byte = bytes[++p]!
    if (byte !== 10) {
      transDate = this.dates.read(p, line, lineStart)
      const value = this.dates.value
      // history (RTRANS, BTRANS) is dated by its correction, often after the year
      if (value !== 0 && value !== this.dateValue && kind === 'TRANS')
        this.years.check(value, line, p - lineStart + 1, this.series, this.number)
      byte = lexer.skip()
      if (byte !== 10) {
        text = lexer.text()
        byte = lexer.skip()
        if (byte !== 10) {
          const column = lexer.pos - lineStart + 1
          quantity = lexer.text()!
          if (quantity !== '' && quantity !== '0' && !QUANTITY.test(quantity))
            this.sink.add('quantity_unreadable', line, column, { text: quantity })
          sign = lexer.text()
          if (lexer.skip() !== 10) extra = lexer.rest()
        }
      }
    } else lexer.pos = p

    const row: SieRow = {
      kind,
      account: accounts.names[id]!,
      objects,
      amount,
      transDate,
      text,
      quantity,
      sign,
      extra,
    }
    if (accounts.firstLine[id] === 0) accounts.firstLine[id] = line
    if (kind === 'TRANS') {
      const sum = accounts.sums[id]! + amount
      if (sum > -EXACT && sum < EXACT) accounts.sums[id] = sum
      else accounts.addLarge(id, amount)
      if (amount > 0) {
        const debit = this.debitSmall[0]! + amount
        if (debit < EXACT) this.debitSmall[0] = debit
        else this.addLargeDebit(amount)
        if (decimals > this.debitDecimals) this.debitDecimals = decimals
      }
    }
    if (this.pending) this.take(row, line)
    else this.sink.add('row_outside_voucher', line, 0, { account: row.account })
  }

  /** Sum of all positive TRANS amounts, öre. */
  get debit(): bigint {
    return this.debitLarge + BigInt(this.debitSmall[0]!)
  }

  private addLargeDebit(amount: number): void {
    this.debitLarge += BigInt(this.debitSmall[0]!) + BigInt(amount)
    this.debitSmall[0] = 0
  }

  private take(row: SieRow, line: number): void {
    this.rows[this.rowTotal++] = row
    if (!this.open) this.unopened = true
    if (row.kind === 'TRANS') {
      const balance = this.balance + row.amount
      if (balance > -EXACT && balance < EXACT) this.balance = balance
      else {
        this.balanceLarge += BigInt(this.balance) + BigInt(row.amount)
        this.balance = 0
      }
    }
    if (this.added !== null) {
      const { added } = this
      if (row.kind !== 'TRANS' || row.amount !== added.amount || !sameAccount(row, added)) this.reportAdded()
      this.added = null
    }
    if (row.kind === 'RTRANS') {
      this.added = row
      this.addedLine = line
    }
  }

  /** SIE 4B: an added row (`#RTRANS`) is followed by the row that counts. Programs write date and sign differently. */
  private reportAdded(): void {
    const { account, amount } = this.added!
    this.sink.add('rtrans_alone', this.addedLine, 0, { account, amount: formatAmount(amount) })
  }

  /** A record inside the braces that the standard does not know. */
  takeOther(record: SieRecord): void {
    this.others.push({ rowsBefore: this.rowTotal, record })
  }

  /** The end of the block: checks the voucher and hands it out. */
  finish(): void {
    const { sink, line, series, number } = this
    if (this.added !== null) {
      this.reportAdded()
      this.added = null
    }
    if (this.unopened) sink.add('block_unopened', line, 0, { series, number })
    let year = 0
    if (this.dateValue !== 0) year = this.years.check(this.dateValue, line, 0, series, number)
    const occurrence = this.numbers.occurrence(series, number, year, line)
    if (this.balance !== 0 || this.balanceLarge !== 0n) this.checkBalance()
    const { handlers } = this
    if (handlers.voucher && !sink.failed)
      handlers.voucher({
        series,
        number,
        occurrence,
        date: this.date,
        text: this.description,
        regDate: this.regDate,
        sign: this.sign,
        extra: this.extra,
        rows: this.rowTotal === 0 ? NONE : this.rows.slice(0, this.rowTotal),
        others: this.others.length === 0 ? NONE : this.others,
        balance: this.balance,
        line,
      })
    this.rowTotal = 0
    this.balance = 0
    this.balanceLarge = 0n
    if (this.others.length > 0) this.others = []
    this.pending = false
    this.open = false
    this.unopened = false
  }

  private checkBalance(): void {
    const { sink, line, series, number } = this
    const balance = this.balanceLarge + BigInt(this.balance)
    if (balance === 0n) {
      this.balance = 0
      return
    }
    this.unbalanced++
    sink.add('voucher_unbalanced', line, 0, {
      series,
      number,
      date: this.date,
      difference: formatAmount(balance),
    })
    this.balance = Number(balance)
    if (!Number.isSafeInteger(this.balance))
      sink.add('amount_too_large', line, 0, { text: formatAmount(balance) })
  }

  private slowAmount(text: string, line: number, column: number): number {
    const amount = parseAmount(text)
    if (typeof amount === 'number') return amount
    this.sink.add(amount === 'large' ? 'amount_too_large' : 'amount_unreadable', line, column, { text })
    return 0
  }
}

function sameAccount(a: SieRow, b: SieRow): boolean {
  if (a.account !== b.account) return false
  if (a.objects === b.objects) return true
  if (a.objects.length !== b.objects.length) return false
  return a.objects.every(([dimension, object], i) => {
    const other = b.objects[i]!
    return dimension === other[0] && object === other[1]
  })
}
