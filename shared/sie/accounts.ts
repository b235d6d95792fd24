import { formatAmount } from './amount.ts'
import type { DiagnosticSink } from './diagnostics.ts'

/** What is known of one account besides its sum. */
interface Known {
  declared: boolean
  type: string
  opening: number | null
  closing: number | null
  result: number | null
}

/**
 * What the reader keeps per account: its name as one shared string, the sum of its TRANS rows, where it was used first,
 * what `#KONTO`, `#KTYP`, `#IB`, `#UB` and `#RES` say. Grows with the chart of accounts, not with the file. Accounts have
 * dense ids from 1; those of four digits are found without hashing.
 */
export class Accounts {
  /** Sum of TRANS rows, öre, by id. Exact: `addLarge` takes over where it could no longer be. */
  sums = new Float64Array(64)
  /** Line of the first use by id, 0 where unused. */
  firstLine = new Int32Array(64)
  /** Names by id. */
  readonly names: string[] = ['']
  private readonly byNumber = new Uint16Array(10_000)
  private readonly byName = new Map<string, number>()
  private readonly large = new Map<number, bigint>()
  private readonly known = new Map<number, Known>()
  declaredCount = 0
  hasClosing = false
  hasResult = false

  /** The id of the account with the four digits that `number` has. */
  numbered(number: number): number {
    const id = this.byNumber[number]!
    return id === 0 ? this.newNumbered(number) : id
  }

  private newNumbered(number: number): number {
    const name = number.toString().padStart(4, '0')
    const id = this.named(name)
    if (id < 65536) this.byNumber[number] = id
    return id
  }

  /** The id of any account. */
  named(name: string): number {
    const known = this.byName.get(name)
    if (known !== undefined) return known
    const id = this.names.length
    this.names.push(name)
    this.byName.set(name, id)
    if (id >= this.sums.length) {
      const sums = new Float64Array(this.sums.length * 2)
      sums.set(this.sums)
      this.sums = sums
      const lines = new Int32Array(this.firstLine.length * 2)
      lines.set(this.firstLine)
      this.firstLine = lines
    }
    return id
  }

  /** Adds an amount whose sum leaves the range in which numbers are exact. */
  addLarge(id: number, amount: number): void {
    this.large.set(id, (this.large.get(id) ?? 0n) + BigInt(this.sums[id]!) + BigInt(amount))
    this.sums[id] = 0
  }

  use(name: string, line: number): void {
    const id = this.named(name)
    if (this.firstLine[id] === 0) this.firstLine[id] = line
  }

  declare(name: string): void {
    const known = this.of(name)
    if (!known.declared) this.declaredCount++
    known.declared = true
  }

  type(name: string, type: string): void {
    this.of(name).type = type.toUpperCase()
  }

  /** Keeps this year's IB, UB or RES of an account. */
  balance(label: 'IB' | 'UB' | 'RES', name: string, amount: number): void {
    const known = this.of(name)
    if (label === 'IB') known.opening = amount
    else if (label === 'UB') {
      known.closing = amount
      this.hasClosing = true
    } else {
      known.result = amount
      this.hasResult = true
    }
  }

  private of(name: string): Known {
    const id = this.named(name)
    let known = this.known.get(id)
    if (!known) {
      known = { declared: false, type: '', opening: null, closing: null, result: null }
      this.known.set(id, known)
    }
    return known
  }

  /** Accounts that are used but not declared; only asked where the file declares any. */
  reportUnknown(sink: DiagnosticSink): void {
    if (this.declaredCount === 0) return
    for (let id = 1; id < this.names.length; id++)
      if (this.firstLine[id] !== 0 && !this.known.get(id)?.declared)
        sink.add('account_unknown', this.firstLine[id]!, 0, { account: this.names[id]! })
  }

  /** IB + TRANS = UB for balance-sheet accounts. */
  checkClosing(sink: DiagnosticSink): { accounts: number; differing: number } {
    let accounts = 0
    let differing = 0
    for (let id = 1; id < this.names.length; id++) {
      const known = this.known.get(id)
      const stated = known && (known.opening !== null || known.closing !== null)
      const vouchers = this.sum(id)
      if (!stated && (vouchers === 0n || (known && known.result !== null) || !this.isBalanceSheet(id)))
        continue
      accounts++
      const opening = BigInt(known?.opening ?? 0)
      const closing = BigInt(known?.closing ?? 0)
      if (opening + vouchers === closing) continue
      differing++
      sink.add('balance_differs', this.firstLine[id]!, 0, {
        account: this.names[id]!,
        opening: formatAmount(opening),
        vouchers: formatAmount(vouchers),
        closing: formatAmount(closing),
        difference: formatAmount(opening + vouchers - closing),
      })
    }
    return { accounts, differing }
  }

  /** TRANS = RES for result accounts. */
  checkResult(sink: DiagnosticSink): { accounts: number; differing: number } {
    let accounts = 0
    let differing = 0
    for (let id = 1; id < this.names.length; id++) {
      const known = this.known.get(id)
      const vouchers = this.sum(id)
      if (!known || known.result === null) {
        const elsewhere = known && (known.opening !== null || known.closing !== null)
        if (vouchers === 0n || elsewhere || !this.isResult(id)) continue
      }
      accounts++
      const result = BigInt(known?.result ?? 0)
      if (vouchers === result) continue
      differing++
      sink.add('result_differs', this.firstLine[id]!, 0, {
        account: this.names[id]!,
        vouchers: formatAmount(vouchers),
        result: formatAmount(result),
        difference: formatAmount(vouchers - result),
      })
    }
    return { accounts, differing }
  }

  private sum(id: number): bigint {
    return (this.large.get(id) ?? 0n) + BigInt(this.sums[id]!)
  }

  /** `#KTYP` decides, else the BAS chart's first digit. */
  private isBalanceSheet(id: number): boolean {
    const type = this.known.get(id)?.type
    return type ? type === 'T' || type === 'S' : /^[12]/.test(this.names[id]!)
  }

  private isResult(id: number): boolean {
    const type = this.known.get(id)?.type
    return type ? type === 'K' || type === 'I' : /^[3-8]/.test(this.names[id]!)
  }
}
