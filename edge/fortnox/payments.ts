import { placeKey } from './places.ts'
import type { ListedVoucher, Payment, VoucherPlace } from './resources.ts'

/**
 * Which invoices each payment voucher pays.
 *
 * What a payment voucher's ReferenceNumber is (the payment's number, or the invoice's) is not documented, so the books
 * decide: the reading under which more payments fall on their voucher's own date; where that is even, one payment is asked
 * which voucher it is in. A voucher may pay several invoices and refer to one of them: a payment that no voucher refers to
 * is in the one of its day whose text tells of its invoice (`Kundbet Stefan Andersson (36), …`). Where that is none, or
 * more than one, the payment is asked for; only those are, one by one.
 *
 * @param covered payment vouchers that invoices name themselves, by invoice (supplier invoices do)
 * @param tells whether a voucher's text names the invoice that a payment pays
 * @param placeOf asks for one payment's voucher: a request
 * @returns invoice numbers by `series number`
 */
export async function paidInvoices(
  year: { id: number; from: string; to: string },
  vouchers: ListedVoucher[],
  payments: Payment[],
  covered: Map<string, Set<string>>,
  tells: (voucher: ListedVoucher, payment: Payment) => boolean,
  placeOf: (payment: Payment) => Promise<VoucherPlace | null>,
): Promise<Map<string, string[]>> {
  const readings = readingsOf(payments)
  const read = await readingOf(readings, vouchers, async (payment, voucher) => {
    const place = await placeOf(payment)
    return place?.year === year.id && placeKey(place) === placeKey(voucher)
  })

  const paid = new Map<string, Set<string>>()
  const claimed = new Set<Payment>()
  const claim = (key: string, payment: Payment) => {
    claimed.add(payment)
    const invoices = paid.get(key) ?? new Set()
    paid.set(key, invoices.add(payment.invoice))
  }
  /** Referred to, but of another day than the voucher: asked for, whatever its day. */
  const doubtful = new Set<Payment>()
  for (const voucher of vouchers) {
    for (const payment of read(voucher)) {
      if (onDate(payment, voucher)) claim(placeKey(voucher), payment)
      else doubtful.add(payment)
    }
  }

  /** Vouchers of the payment's day that tell of its invoice, without being known to pay that invoice already. */
  const telling = (payment: Payment) =>
    (byDate.get(payment.date) ?? []).filter(
      (voucher) => !paid.get(placeKey(voucher))?.has(payment.invoice) && tells(voucher, payment),
    )
  const byDate = Map.groupBy(vouchers, ({ date }) => date)
  const dates = new Set(byDate.keys())
  const onSomeDay = (payment: Payment) =>
    payment.date === null || dates.has(null) || dates.has(payment.date) || doubtful.has(payment)
  for (const payment of payments) {
    if (claimed.has(payment) || !payment.booked || vouchers.length === 0) continue
    if (payment.date !== null && (payment.date < year.from || payment.date > year.to)) continue
    if (!onSomeDay(payment) || isCovered(payment, vouchers, covered)) continue
    const [told, another] = payment.date === null || doubtful.has(payment) ? [] : telling(payment)
    if (told && !another) {
      claim(placeKey(told), payment)
      continue
    }
    const place = await placeOf(payment)
    if (place?.year === year.id) claim(placeKey(place), payment)
  }
  return new Map([...paid].map(([key, invoices]) => [key, [...invoices]]))
}

type Reading = (voucher: ListedVoucher) => Payment[]

function readingsOf(payments: Payment[]): { asPayment: Reading; asInvoice: Reading } {
  const byNumber = new Map(payments.map((payment) => [payment.number, payment]))
  const byInvoice = Map.groupBy(payments, ({ invoice }) => invoice)
  return {
    asPayment: ({ reference }) => {
      const payment = reference === null ? undefined : byNumber.get(reference)
      return payment ? [payment] : []
    },
    asInvoice: ({ reference }) => (reference === null ? undefined : byInvoice.get(reference)) ?? [],
  }
}

async function readingOf(
  { asPayment, asInvoice }: ReturnType<typeof readingsOf>,
  vouchers: ListedVoucher[],
  isIn: (payment: Payment, voucher: ListedVoucher) => Promise<boolean>,
): Promise<Reading> {
  const fits = (read: Reading) => (voucher: ListedVoucher) =>
    read(voucher).some((payment) => onDate(payment, voucher))
  const [payment, invoice] = [asPayment, asInvoice].map((read) => vouchers.filter(fits(read)).length)
  if (payment !== invoice) return payment! > invoice! ? asPayment : asInvoice
  const told = vouchers.find((voucher) => {
    const [one] = asPayment(voucher)
    return one !== undefined && onDate(one, voucher) && !asInvoice(voucher).includes(one)
  })
  return told === undefined || (await isIn(asPayment(told)[0]!, told)) ? asPayment : asInvoice
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
