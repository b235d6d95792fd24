import type { DocumentEntry, IsoDate, Voucher } from '../../../shared/ledger/types.ts'

export type AmountRole = 'total' | 'net' | 'vat'

export interface WantedAmount {
  /** Hundredths, without sign: credit notes often print positive amounts. */
  value: number
  /** ISO 4217. */
  currency: string
  role: AmountRole
  /** The invoice's own total; what else is called a total is a row's amount. */
  isInvoice?: boolean
  /** A total as it stood before it was rounded to whole kronor. */
  isUnrounded?: boolean
}

/** What a document should say if it backs its voucher. */
export interface Wanted {
  /** The total first; each value and currency once. */
  amounts: WantedAmount[]
  number: string | null
  date: IsoDate | null
}

/** BAS: 2610–2659 is VAT, classes 3–8 are income and costs, the rest is what is owed, paid or owned. */
function roleOf(account: string): AmountRole {
  if (/^26[1-5]\d$/.test(account)) return 'vat'
  return /^[3-8]/.test(account) ? 'net' : 'total'
}

/** Öresavrundning in BAS: never printed as an amount of its own that proves anything. */
const rounding = '3740'

/** What to look for: the invoice's own total, then the voucher's amounts by what their accounts make them. */
export function wantedOf(voucher: Voucher | null, entry: DocumentEntry): Wanted {
  const { invoice } = entry
  const amounts: WantedAmount[] = []
  const add = (value: number, currency: string, role: AmountRole, part: Partial<WantedAmount> = {}) => {
    const wanted = { value: Math.abs(value), currency, role, ...part }
    const isKnown = amounts.some((known) => known.value === wanted.value && known.currency === currency)
    if (wanted.value > 0 && !isKnown) amounts.push(wanted)
  }
  if (invoice?.total) add(invoice.total, invoice.currency, 'total', { isInvoice: true })
  const rows = (voucher?.rows ?? []).filter(({ kind, account }) => kind === 'TRANS' && account !== rounding)
  for (const role of ['total', 'net', 'vat'] as const) {
    const ofRole = rows.filter((row) => roleOf(row.account) === role).map((row) => row.amount)
    for (const amount of ofRole.sort((a, b) => Math.abs(b) - Math.abs(a))) add(amount, 'SEK', role)
    // Costs spread over several accounts stand as one net amount in the document.
    if (role === 'net' && ofRole.length > 1)
      add(
        ofRole.reduce((sum, amount) => sum + amount, 0),
        'SEK',
        role,
      )
  }
  const hasTotal = amounts.some(({ role }) => role === 'total')
  if (!hasTotal) {
    const debit = rows.reduce((sum, row) => sum + Math.max(0, row.amount), 0)
    add(debit, 'SEK', 'total')
  }
  const rounded = (voucher?.rows ?? []).find(({ kind, account }) => kind === 'TRANS' && account === rounding)
  if (rounded && Math.abs(rounded.amount) < 1_00) {
    const total = rows.reduce((sum, row) => sum + (roleOf(row.account) === 'total' ? row.amount : 0), 0)
    add(total + rounded.amount, 'SEK', 'total', { isUnrounded: true })
  }
  const order = { total: 0, net: 1, vat: 2 }
  return {
    amounts: amounts.sort((a, b) => order[a.role] - order[b.role]),
    number: invoice && (entry.origin === 'customer' ? invoice.number : invoice.externalNumber),
    date: invoice?.date ?? voucher?.date ?? null,
  }
}
