import { expect, test } from 'vitest'
import { paidInvoices } from './payments.ts'
import type { ListedVoucher, Payment, VoucherPlace } from './resources.ts'

const year = { id: 4, from: '2026-01-01', to: '2026-12-31' }

function voucher(number: string, text: string, reference: string | null, date = '2026-03-02'): ListedVoucher {
  return { series: 'C', number, date, text, referenceType: 'INVOICEPAYMENT', reference }
}

function payment(number: string, invoice: string, date = '2026-03-02'): Payment {
  return { number, invoice, date, booked: true }
}

/** What the vouchers pay, and which payments had to be asked for; `places` is what they would answer. */
async function paid(
  vouchers: ListedVoucher[],
  payments: Payment[],
  places: Record<string, VoucherPlace> = {},
): Promise<{ invoices: Record<string, string[]>; asked: string[] }> {
  const asked: string[] = []
  const found = await paidInvoices(
    year,
    vouchers,
    payments,
    new Map(),
    ({ text }, { invoice }) => text.includes(`(${invoice})`),
    async ({ number }) => {
      asked.push(number)
      return places[number] ?? null
    },
  )
  return { invoices: Object.fromEntries(found), asked }
}

/** Two payments that tell which reading of the reference holds: by the payment's number. */
const plainVouchers = [voucher('90', '', '901', '2026-05-01'), voucher('91', '', '902', '2026-05-02')]
const plainPayments = [payment('901', '51', '2026-05-01'), payment('902', '52', '2026-05-02')]
const plain = { 'C 90': ['51'], 'C 91': ['52'] }

test('a payment that no voucher refers to is in the one of its day whose text tells of its invoice', async () => {
  const vouchers = [voucher('1', 'Kundbet Ek (36), Alm (37)', '801'), voucher('2', 'Kundbet Ask (38)', '803')]
  const payments = [payment('801', '36'), payment('802', '37'), payment('803', '38')]
  expect(await paid([...vouchers, ...plainVouchers], [...payments, ...plainPayments])).toEqual({
    invoices: { ...plain, 'C 1': ['36', '37'], 'C 2': ['38'] },
    asked: [],
  })
})

test('where two vouchers tell of it, or none does, or another day’s, the payment is asked', async () => {
  const place = { year: 4, series: 'C', number: '2' }
  for (const vouchers of [
    [voucher('1', 'Kundbet (36), (37)', '801'), voucher('2', 'Kundbet (38), (37)', '803')],
    [voucher('1', 'Kundbet, 2 fakturor', '801'), voucher('2', 'Kundbet (38)', '803')],
    [voucher('1', 'Kundbet (36)', '801'), voucher('2', '', '803'), voucher('3', '(37)', null, '2026-03-03')],
  ]) {
    const payments = [payment('801', '36'), payment('802', '37'), payment('803', '38')]
    const { invoices, asked } = await paid([...vouchers, ...plainVouchers], [...payments, ...plainPayments], {
      802: place,
    })
    expect(asked).toEqual(['802'])
    expect(invoices['C 2']).toEqual(['38', '37'])
  }
})

test('a text that is already explained is no evidence of a second payment of the same invoice', async () => {
  const vouchers = [voucher('1', 'Kundbet Ek (36)', '801'), voucher('2', 'Delbetalning', null)]
  const payments = [payment('801', '36'), payment('802', '36')]
  const { invoices, asked } = await paid([...vouchers, ...plainVouchers], [...payments, ...plainPayments], {
    802: { year: 4, series: 'C', number: '2' },
  })
  expect(asked).toEqual(['802'])
  expect(invoices).toEqual({ ...plain, 'C 1': ['36'], 'C 2': ['36'] })
})
