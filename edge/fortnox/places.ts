import type { Invoice } from './resources.ts'

/** A voucher within its year. */
export const placeKey = ({ series, number }: { series: string; number: string }) => `${series} ${number}`

/** Numbers of the invoices that name each voucher of one year themselves, by {@link placeKey}. */
export function namedVouchers(invoices: Invoice[], year: number): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const invoice of invoices) {
    for (const place of invoice.vouchers) {
      if (place.year !== year) continue
      const key = placeKey(place)
      found.set(key, [...(found.get(key) ?? []), invoice.number])
    }
  }
  return found
}
