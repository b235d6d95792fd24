import { placeKey } from './assemble.ts'
import type { ListedVoucher, Payment, VoucherPlace } from './resources.ts'

/**
 * Which invoices each payment voucher pays.
 *
 * What a payment voucher's ReferenceNumber is (the payment's number, or the invoice's) is not documented, so the books
 * decide: the reading under which more payments fall on their voucher's own date. A voucher may pay several invoices and
 * refer to one of them; the payments that no voucher refers to are asked for one by one, and only those.
 *
 * @param covered payment vouchers that invoices name themselves, by invoice (supplier invoices do)
 * @param placeOf asks for one payment's voucher: a request
 * @returns invoice numbers by `series number`
 */
export async function paidInvoices(
  year: { id: number; from: string; to: string },
  vouchers: ListedVoucher[],
  payments: Payment[],
  covered: Map<string, Set<string>>,
  placeOf: (payment: Payment) => Promise<VoucherPlace | null>,
): Promise<Map<string, string[]>> {
  const byNumber = new Map(payments.map((payment) => [payment.number, payment]))
  const byInvoice = Map.groupBy(payments, ({ invoice }) => invoice)
  const asPayment = (voucher: ListedVoucher) => {
    const payment = voucher.reference === null ? undefined : byNumber.get(voucher.reference)
    return payment && onDate(payment, voucher) ? [payment] : []
  }
  const asInvoice = (voucher: ListedVoucher) =>
    (byInvoice.get(voucher.reference ?? '') ?? []).filter((payment) => onDate(payment, voucher))
  const score = (read: (voucher: ListedVoucher) => Payment[]) =>
    vouchers.filter((v) => read(v).length > 0).length
  const read = score(asInvoice) > score(asPayment) ? asInvoice : asPayment

  const paid = new Map<string, Set<string>>()
  const claimed = new Set<Payment>()
  const claim = (key: string, payment: Payment) => {
    claimed.add(payment)
    const invoices = paid.get(key) ?? new Set()
    paid.set(key, invoices.add(payment.invoice))
  }
  for (const voucher of vouchers) for (const payment of read(voucher)) claim(placeKey(voucher), payment)

  const dates = new Set(vouchers.map(({ date }) => date))
  for (const payment of payments) {
    if (claimed.has(payment) || !payment.booked) continue
    if (payment.date !== null && (payment.date < year.from || payment.date > year.to)) continue
    if (payment.date !== null && dates.size > 0 && !dates.has(payment.date)) continue
    if (isCovered(payment, vouchers, covered)) continue
    const place = await placeOf(payment)
    if (place?.year === year.id) claim(placeKey(place), payment)
  }
  return new Map([...paid].map(([key, invoices]) => [key, [...invoices]]))
}

function onDate(payment: Payment, voucher: ListedVoucher): boolean {
  return payment.date === null || voucher.date === null || payment.date === voucher.date
}

/** A voucher of that date already names the payment's invoice. */
function isCovered(
  payment: Payment,
  vouchers: readonly ListedVoucher[],
  covered: Map<string, Set<string>>,
): boolean {
  const places = covered.get(payment.invoice)
  if (!places) return false
  return vouchers.some((voucher) => voucher.date === payment.date && places.has(placeKey(voucher)))
}
