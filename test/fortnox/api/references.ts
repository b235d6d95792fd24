/** From one part of the books to another: a voucher by its number, its payments, and its `ReferenceNumber`. */

import type { Books, FiscalYear, Payment, Voucher } from '../model.ts'
import type { Settings } from '../settings.ts'

const indexes = new WeakMap<readonly Payment[], { size: number; byVoucher: Map<string, Payment[]> }>()

/** The payments that a voucher books. */
export function paymentsOf(
  payments: readonly Payment[],
  year: number,
  series: string,
  number: string,
): Payment[] {
  let index = indexes.get(payments)
  if (index === undefined || index.size !== payments.length) {
    index = { size: payments.length, byVoucher: new Map() }
    for (const payment of payments) {
      if (payment.voucher === null) continue
      const key = `${payment.voucher.year} ${payment.voucher.series} ${payment.voucher.number}`
      const list = index.byVoucher.get(key) ?? []
      list.push(payment)
      index.byVoucher.set(key, list)
    }
    indexes.set(payments, index)
  }
  return index.byVoucher.get(`${year} ${series} ${number}`) ?? []
}

const voucherIndexes = new WeakMap<readonly Voucher[], Map<string, Voucher>>()

/** The voucher of that series and number; of several (a SIE file may repeat) the first. */
export function findVoucher(
  year: FiscalYear | undefined,
  series: string,
  number: string,
): Voucher | undefined {
  if (year === undefined) return undefined
  let index = voucherIndexes.get(year.vouchers)
  if (index === undefined) {
    index = new Map()
    for (const voucher of year.vouchers) {
      const key = `${voucher.series}\0${voucher.number}`
      if (!index.has(key)) index.set(key, voucher)
    }
    voucherIndexes.set(year.vouchers, index)
  }
  return index.get(`${series}\0${number}`)
}

/** The voucher's `ReferenceNumber`. */
export function referenceNumber(
  books: Books,
  year: FiscalYear,
  voucher: Voucher,
  settings: Settings,
): string {
  const { referenceType: type } = voucher
  if (type === 'ACCRUAL' && settings.accrualReference === 'empty') return ''
  if (type !== 'INVOICEPAYMENT' && type !== 'SUPPLIERPAYMENT') return voucher.referenceNumber
  const payments = paymentsOf(
    type === 'INVOICEPAYMENT' ? books.customerPayments : books.supplierPayments,
    year.id,
    voucher.series,
    voucher.number,
  )
  if (payments.length > 1 && settings.sharedPaymentReference === 'empty') return ''
  const payment = settings.sharedPaymentReference === 'last' ? payments.at(-1) : payments[0]
  if (payment === undefined) return ''
  return String(settings.paymentReference === 'payment' ? payment.number : payment.invoice)
}
