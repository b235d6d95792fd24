import type { FortnoxVoucherFacts, IsoDate } from './types.ts'

/**
 * Whether a voucher of a ledger that came from a SIE file is another one than Fortnox' voucher of that number: a closing
 * program may renumber. The dates decide, and the amounts where both are known (öre, sum of the debit rows). What
 * Fortnox did not tell never differs.
 */
export function differsFromFortnox(
  voucher: { date: IsoDate; amount?: number | null },
  fortnox: Pick<FortnoxVoucherFacts, 'date'> & { amount?: number | null },
): boolean {
  if (fortnox.date !== null && fortnox.date !== voucher.date) return true
  return fortnox.amount != null && voucher.amount != null && fortnox.amount !== voucher.amount
}
