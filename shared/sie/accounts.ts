import { EXACT, formatAmount } from './amount.ts'
import type { DiagnosticSink } from './diagnostics.ts'

/** Accounts of four digits have their number as id; all others get ids from here on. */
const OTHERS = 10_000

/**
 * What the reader keeps per account: names as shared strings, the sum of its TRANS rows, where it was used first, what
 * `#KONTO`, `#KTYP`, `#IB`, `#UB` and `#RES` say. Grows with the chart of accounts, not with the file.
 */
export class Accounts {
  /** Sum of TRANS rows, öre, by id. Exact: `addLarge` takes over where it could no longer be. */
  sums = new Float64Array(OTHERS)
  /** Line of the first use by id, 0 where unused. */
  firstLine = new Int32Array(OTHERS)
  private readonly names: (string | undefined)[] = new Array<string | undefined>(OTHERS)
  private readonly ids = new Map<string, number>()
  private readonly large = new Map<number, bigint>()
  private readonly declared = new Set<number>()
  private readonly types = new Map<number, string>()
  private readonly opening = new Map<number, number>()
  private readonly closing = new Map<number, number>()
  private readonly result = new Map<number, number>()

  /** The id of an account. */
  id(name: string): number {
    if (/^\d{4}$/.test(name)) {
      const id = Number(name)
      this.names[id] ??= name
      return id
    }
    const known = this.ids.get(name)
    if (known !== undefined) return known
    const id = OTHERS + this.ids.size
    this.ids.set(name, id)
    this.names[id] = name
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

  /** The account's number as it is written. An id below 10,000 that was never asked for is its own four digits. */
  name(id: number): string {
    return this.names[id] ?? this.nameDigits(id)
  }

  private nameDigits(id: number): string {
    const name = id.toString().padStart(4, '0')
    this.names[id] = name
    return name
  }

  /** Adds an amount whose sum may leave the range in which numbers are exact. */
  addLarge(id: number, amount: number): void {
    this.large.set(id, (this.large.get(id) ?? 0n) + BigInt(this.sums[id]!) + BigInt(amount))
    this.sums[id] = 0
  }

  add(id: number, amount: number): void {
    const sum = this.sums[id]! + amount
    if (sum > -EXACT && sum < EXACT) this.sums[id] = sum
    else this.addLarge(id, amount)
  }

  use(id: number, line: number): void {
    if (this.firstLine[id] === 0) this.firstLine[id] = line
  }

  declare(name: string): void {
    this.declared.add(this.id(name))
  }

  get declaredCount(): number {
    return this.declared.size
  }

  type(name: string, type: string): void {
    this.types.set(this.id(name), type.toUpperCase())
  }

  /** Keeps this year's IB, UB or RES of an account. */
  balance(label: 'IB' | 'UB' | 'RES', name: string, amount: number): void {
    const kept = label === 'IB' ? this.opening : label === 'UB' ? this.closing : this.result
    kept.set(this.id(name), amount)
  }

  get hasClosing(): boolean {
    return this.closing.size > 0
  }

  get hasResult(): boolean {
    return this.result.size > 0
  }

  /** Accounts that are used but not declared; only asked where the file declares any. */
  reportUnknown(sink: DiagnosticSink): void {
    if (this.declared.size === 0) return
    for (const id of this.used())
      if (!this.declared.has(id))
        sink.add('account_unknown', this.firstLine[id]!, 0, { account: this.name(id) })
  }

  /** IB + TRANS = UB for balance-sheet accounts. */
  checkClosing(sink: DiagnosticSink): { accounts: number; differing: number } {
    const ids = new Set([...this.opening.keys(), ...this.closing.keys()])
    for (const id of this.moved()) if (!this.result.has(id) && this.isBalanceSheet(id)) ids.add(id)
    let differing = 0
    for (const id of ids) {
      const opening = BigInt(this.opening.get(id) ?? 0)
      const sum = this.sum(id)
      const closing = BigInt(this.closing.get(id) ?? 0)
      if (opening + sum === closing) continue
      differing++
      sink.add('balance_differs', this.firstLine[id]!, 0, {
        account: this.name(id),
        opening: formatAmount(opening),
        vouchers: formatAmount(sum),
        closing: formatAmount(closing),
        difference: formatAmount(opening + sum - closing),
      })
    }
    return { accounts: ids.size, differing }
  }

  /** TRANS = RES for result accounts. */
  checkResult(sink: DiagnosticSink): { accounts: number; differing: number } {
    const ids = new Set(this.result.keys())
    for (const id of this.moved())
      if (!this.opening.has(id) && !this.closing.has(id) && this.isResult(id)) ids.add(id)
    let differing = 0
    for (const id of ids) {
      const sum = this.sum(id)
      const result = BigInt(this.result.get(id) ?? 0)
      if (sum === result) continue
      differing++
      sink.add('result_differs', this.firstLine[id]!, 0, {
        account: this.name(id),
        vouchers: formatAmount(sum),
        result: formatAmount(result),
        difference: formatAmount(sum - result),
      })
    }
    return { accounts: ids.size, differing }
  }

  private sum(id: number): bigint {
    return (this.large.get(id) ?? 0n) + BigInt(this.sums[id]!)
  }

  private used(): number[] {
    return this.where((id) => this.firstLine[id] !== 0)
  }

  private moved(): number[] {
    return this.where((id) => this.sums[id] !== 0 || this.large.has(id))
  }

  private where(condition: (id: number) => boolean): number[] {
    const ids: number[] = []
    for (let id = 0; id < OTHERS + this.ids.size; id++) if (condition(id)) ids.push(id)
    return ids
  }

  /** `#KTYP` decides, else the BAS chart's first digit. */
  private isBalanceSheet(id: number): boolean {
    const type = this.types.get(id)
    return type ? type === 'T' || type === 'S' : /^[12]/.test(this.name(id))
  }

  private isResult(id: number): boolean {
    const type = this.types.get(id)
    return type ? type === 'K' || type === 'I' : /^[3-8]/.test(this.name(id))
  }
}
