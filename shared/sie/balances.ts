import { parseAmount } from './amount.ts'
import { isSiePeriod } from './date.ts'
import type { SieObject, SieRecord } from './types.ts'

/**
 * A balance record as values. `amount` is öre; null when the record is none, or unreadable.
 *
 * @example
 * const opening: SieBalance = { label: 'IB', year: 0, period: null, account: '1930', objects: [], amount: 12_00, quantity: null }
 */
export interface SieBalance {
  label: SieBalanceLabel
  /** 0 this year, -1 the year before. */
  year: number
  /** `YYYYMM` in PSALDO and PBUDGET, else null. */
  period: string | null
  account: string
  objects: readonly SieObject[]
  amount: number
  quantity: string | null
}

/**
 * The labels of balance records: opening, closing, the same by object, result, month's change, budget.
 *
 * @example
 * const closing: SieBalanceLabel = 'UB'
 */
export type SieBalanceLabel = 'IB' | 'UB' | 'OIB' | 'OUB' | 'RES' | 'PSALDO' | 'PBUDGET'

const PERIODIC: Readonly<Record<SieBalanceLabel, boolean>> = {
  IB: false,
  UB: false,
  OIB: false,
  OUB: false,
  RES: false,
  PSALDO: true,
  PBUDGET: true,
}

/** Whether a label is that of a balance record. */
export function isBalanceLabel(label: string): label is SieBalanceLabel {
  return Object.hasOwn(PERIODIC, label)
}

/** What is wrong with a balance record: the code, and which field. */
export interface BalanceFault {
  code: 'amount_unreadable' | 'amount_too_large' | 'date_unreadable'
  field: number
  text: string
}

/** Reads a balance record, or says what is wrong with it. An absent object list counts as an empty one. */
export function readBalance(label: SieBalanceLabel, record: SieRecord): SieBalance | BalanceFault {
  const { fields } = record
  const year = fields[0]
  if (typeof year !== 'string' || !/^-?\d{1,4}$/.test(year)) return fault('date_unreadable', 0, year)
  let next = 1
  let period: string | null = null
  if (PERIODIC[label]) {
    const field = fields[next]
    if (typeof field !== 'string' || !isSiePeriod(field)) return fault('date_unreadable', next, field)
    period = field
    next++
  }
  const account = fields[next++]
  const list = fields[next]
  const objects = typeof list === 'object' ? list : []
  if (typeof list === 'object') next++
  const text = fields[next]
  const amount = typeof text === 'string' ? parseAmount(text) : null
  if (amount === null) return fault('amount_unreadable', next, text)
  if (amount === 'large') return fault('amount_too_large', next, text)
  const quantity = fields[next + 1]
  return {
    label,
    year: Number(year),
    period,
    account: typeof account === 'string' ? account : '',
    objects,
    amount,
    quantity: typeof quantity === 'string' ? quantity : null,
  }
}

function fault(code: BalanceFault['code'], field: number, text: unknown): BalanceFault {
  return { code, field, text: typeof text === 'string' ? text : '' }
}

/**
 * A balance record (IB, UB, OIB, OUB, RES, PSALDO, PBUDGET) as values; null for any other record.
 *
 * @example
 * const opening = ledger.records.map(balanceOf).filter((balance) => balance?.label === 'IB' && balance.year === 0)
 */
export function balanceOf(record: SieRecord): SieBalance | null {
  if (!isBalanceLabel(record.label)) return null
  const balance = readBalance(record.label, record)
  return 'code' in balance ? null : balance
}
