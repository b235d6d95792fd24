import type { VoucherFilter } from '../../lib/protocol.ts'
import { scanNumbers } from '../amount-finder/numbers.ts'

/** The filter's fields as they are written. */
export interface FilterFields {
  documents: '' | 'with' | 'without'
  text: string
  account: string
  amount: string
  from: string
  to: string
}

export const noFilter: FilterFields = { documents: '', text: '', account: '', amount: '', from: '', to: '' }

/** Öre of an amount as people write it; null when it is none. Its sign does not matter. */
export function writtenAmount(text: string): number | null {
  const [only, ...others] = scanNumbers(text.trim())
  return only && others.length === 0 ? (only.readings[0]?.value ?? null) : null
}

/** The filter that the fields say; a field that makes no sense yet filters nothing. */
export function filterOf({ documents, text, account, amount, from, to }: FilterFields): VoucherFilter {
  const oere = writtenAmount(amount)
  return {
    ...(documents ? { documents } : {}),
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(account.trim() ? { account: account.trim() } : {}),
    ...(oere === null ? {} : { amount: oere }),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
}
