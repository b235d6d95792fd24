/** What kind of business event a voucher of a SIE file is, told from its accounts. */

import type { SieVoucher } from './sie-reader.ts'

/** Sums by what the accounts are for, öre; removed rows left out. */
export interface Sums {
  payables: { account: number; amount: number; text: string }[]
  receivables: { account: number; amount: number; text: string }[]
  liquid: number
  cash: number
  vat: number
  cost: number
  income: number
  wages: number
}

export type EventKind =
  | 'supplier-invoice'
  | 'supplier-payment'
  | 'customer-invoice'
  | 'customer-payment'
  | 'cash-invoice'
  | 'purchase'
  | 'payroll'
  | 'other'

function isPayable(account: number, name: string): boolean {
  return (account >= 2440 && account <= 2449) || (account < 3000 && /leverant[öo]rssk/i.test(name))
}

function isReceivable(account: number, name: string): boolean {
  return (
    (account >= 1510 && account <= 1519) || (account >= 1500 && account < 1600 && /kundfordr/i.test(name))
  )
}

/** Adds the voucher up. `names`: the file's account names, since charts differ. */
export function sumsOf(voucher: SieVoucher, names: ReadonlyMap<number, { name: string }>): Sums {
  const sums: Sums = {
    payables: [],
    receivables: [],
    liquid: 0,
    cash: 0,
    vat: 0,
    cost: 0,
    income: 0,
    wages: 0,
  }
  for (const { kind, account, amount, text } of voucher.rows) {
    if (kind !== 'TRANS') continue
    const name = names.get(account)?.name ?? ''
    if (isPayable(account, name)) sums.payables.push({ account, amount, text })
    else if (isReceivable(account, name)) sums.receivables.push({ account, amount, text })
    else if (account >= 1900 && account < 2000) {
      sums.liquid += amount
      if (account < 1920) sums.cash += amount
    } else if (account >= 2600 && account < 2650) sums.vat += amount
    else if (account >= 3000 && account < 4000) sums.income += amount
    else if (account >= 7000 && account < 7600) sums.wages += amount
    else if (account >= 4000 && account < 7000) sums.cost += amount
    else if (account >= 1200 && account < 1500) sums.cost += amount
  }
  return sums
}

/** The kind that the sums tell; several debts in one voucher make it a payment of several, or a journal (`other`). */
export function kindOf(sums: Sums): EventKind {
  const owed = sums.payables.reduce((sum, row) => sum + row.amount, 0)
  const due = sums.receivables.reduce((sum, row) => sum + row.amount, 0)
  if (sums.payables.length > 0 && sums.receivables.length === 0) {
    if (sums.liquid < 0 && owed > 0 && sums.payables.every((row) => row.amount > 0)) return 'supplier-payment'
    if (sums.liquid === 0 && sums.payables.length === 1 && owed !== 0) return 'supplier-invoice'
    return 'other'
  }
  if (sums.receivables.length > 0 && sums.payables.length === 0) {
    if (sums.liquid > 0 && due < 0 && sums.receivables.every((row) => row.amount < 0))
      return 'customer-payment'
    if (sums.liquid === 0 && sums.receivables.length === 1 && due !== 0 && sums.income !== 0)
      return 'customer-invoice'
    return 'other'
  }
  if (sums.wages !== 0) return 'payroll'
  if (sums.liquid > 0 && sums.income < 0 && sums.cost === 0) return 'cash-invoice'
  if (sums.liquid < 0 && sums.cost > 0 && sums.income === 0) return 'purchase'
  return 'other'
}
