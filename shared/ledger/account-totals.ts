import { balanceOf, type SieRecord, type SieVoucher } from '../sie/index.ts'

/** One account of a year: `[account, name, opening, months]`; opening balance and monthly sums in öre, months `YYYY-MM`. */
export type AccountTotal = [
  account: string,
  name: string | null,
  opening: number,
  months: [month: string, sum: number][],
]

interface Total {
  name: string | null
  opening: number
  months: Map<string, number>
}

/**
 * Adds up a year while it is read: every account with its name (`#KONTO`), opening balance (`#IB 0`) and the sum of its
 * TRANS rows per month of the voucher's date.
 */
export class AccountTotals {
  private readonly totals = new Map<string, Total>()
  private month = ''
  private monthOf = ''

  record(record: SieRecord): void {
    if (record.label === 'KONTO') {
      const [account, name] = record.fields
      if (typeof account === 'string') this.of(account).name = typeof name === 'string' ? name : null
    } else if (record.label === 'IB') {
      const balance = balanceOf(record)
      if (balance?.year === 0) this.of(balance.account).opening = balance.amount
    }
  }

  voucher(voucher: SieVoucher): void {
    if (voucher.date !== this.monthOf) {
      this.monthOf = voucher.date
      this.month = `${voucher.date.slice(0, 4)}-${voucher.date.slice(4, 6)}`
    }
    for (const row of voucher.rows) {
      const { months } = this.of(row.account)
      if (row.kind === 'TRANS') months.set(this.month, (months.get(this.month) ?? 0) + row.amount)
    }
  }

  /** All accounts, in order. */
  list(): AccountTotal[] {
    return [...this.totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, { name, opening, months }]) => [
        account,
        name,
        opening,
        [...months].sort(([a], [b]) => (a < b ? -1 : 1)),
      ])
  }

  private of(account: string): Total {
    let total = this.totals.get(account)
    if (!total) {
      total = { name: null, opening: 0, months: new Map() }
      this.totals.set(account, total)
    }
    return total
  }
}
