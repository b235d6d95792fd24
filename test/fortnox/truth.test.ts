/**
 * The truth can be found: a client of the plainest kind, which asks for every detail there is, finds by the API alone
 * exactly what `truth` says, whatever the settings.
 */

import { expect, test } from 'vitest'
import type { Settings, TruthDocument } from './index.ts'
import { type Caller, caller } from './testing.ts'

type Item = Record<string, unknown>

async function all(call: Caller, path: string): Promise<Item[]> {
  const found: Item[] = []
  for (let page = 1; ; page++) {
    const body = (await call.json(`${path}${path.includes('?') ? '&' : '?'}limit=500&page=${page}`)) as Item
    const items = Object.entries(body).find(([key]) => key !== 'MetaInformation')?.[1] as Item[]
    found.push(...items)
    if (items.length < 500) return found
  }
}

const keyOf = (year: unknown, series: unknown, number: unknown) => `${year} ${series} ${number}`

/** Documents by voucher, found by asking for every payment and attachment one by one. */
async function discover(call: Caller): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  const add = (voucher: string, document: string) => {
    const set = found.get(voucher) ?? new Set()
    set.add(document)
    found.set(voucher, set)
  }
  for (const link of await all(call, '/3/voucherfileconnections')) {
    add(keyOf(link.VoucherYear, link.VoucherSeries, link.VoucherNumber), `file ${link.FileId}`)
  }

  const supplierFiles = new Map<string, string[]>()
  for (const link of await all(call, '/3/supplierinvoicefileconnections')) {
    const number = String(link.SupplierInvoiceNumber)
    supplierFiles.set(number, [...(supplierFiles.get(number) ?? []), `file ${link.FileId}`])
  }
  const customerFiles = new Map<string, string[]>()
  for (const invoice of await all(call, '/3/invoices')) {
    const number = String(invoice.DocumentNumber)
    const attachments = (await call.json(
      `/api/fileattachments/attachments-v1?entityid=${number}&entitytype=F`,
    )) as Item[]
    customerFiles.set(number, [`invoice ${number}`, ...attachments.map((one) => `attachment ${one.fileId}`)])
  }
  const concerns = (voucher: string, side: 'supplier' | 'customer', invoice: unknown) => {
    const files = (side === 'supplier' ? supplierFiles : customerFiles).get(String(invoice)) ?? []
    for (const file of files) add(voucher, file)
  }

  for (const [list, key, side] of [
    ['supplierinvoicepayments', 'SupplierInvoicePayment', 'supplier'],
    ['invoicepayments', 'InvoicePayment', 'customer'],
  ] as const) {
    for (const { Number: number } of await all(call, `/3/${list}`)) {
      const { [key]: payment } = (await call.json(`/3/${list}/${number}`)) as Record<string, Item>
      if (payment === undefined || payment.VoucherNumber === null) continue
      concerns(
        keyOf(payment.VoucherYear, payment.VoucherSeries, payment.VoucherNumber),
        side,
        payment.InvoiceNumber,
      )
    }
  }

  for (const year of await all(call, '/3/financialyears')) {
    for (const voucher of await all(call, `/3/vouchers?financialyear=${year.Id}`)) {
      const key = keyOf(voucher.Year, voucher.VoucherSeries, voucher.VoucherNumber)
      const type = String(voucher.ReferenceType)
      if (type === 'SUPPLIERINVOICE') concerns(key, 'supplier', voucher.ReferenceNumber)
      if (type === 'INVOICE' || type === 'CASHINVOICE') concerns(key, 'customer', voucher.ReferenceNumber)
      if (type !== 'ACCRUAL') continue
      // Which side an accrual is of stands in its text alone.
      const [, side, number] =
        /(leverantörsfaktura|kundfaktura).*\((\d+)\)$/.exec(String(voucher.Description)) ?? []
      concerns(key, side === 'kundfaktura' ? 'customer' : 'supplier', number)
    }
  }
  return found
}

const name = (document: TruthDocument) =>
  document.kind === 'rendered' ? `invoice ${document.invoice}` : `${document.kind} ${document.fileId}`

test.each<Partial<Settings>>([
  {},
  { paymentReference: 'invoice', sharedPaymentReference: 'last', fileNumberType: 'string' },
  {
    supplierInvoiceVouchers: 'own',
    accrualReference: 'empty',
    attachmentIds: 'comma',
    voucherFileYearFilter: 'ignored',
  },
])('with settings %j', async (settings) => {
  for (const tenant of [1018318, 1018402]) {
    const call = caller({ settings, tenant })
    const found = await discover(call)
    const expected = new Map<string, Set<string>>()
    for (const year of call.sandbox.truth(tenant).years) {
      for (const voucher of year.vouchers) {
        if (voucher.documents.length === 0) continue
        expected.set(keyOf(year.id, voucher.series, voucher.number), new Set(voucher.documents.map(name)))
      }
    }
    expect(found).toEqual(expected)
    expect(call.sandbox.counts().acting).toEqual({})
  }
})

test('a payment of several invoices has the documents of all of them', () => {
  const { sandbox } = caller()
  const vouchers = sandbox.truth().years.flatMap((year) => year.vouchers)
  const several = vouchers.find((voucher) => voucher.text === 'Levbet bankgirofil 3 fakturor')
  expect(several?.supplierInvoices).toHaveLength(3)
  expect(several?.documents).toHaveLength(3)
})

test('a file on voucher and supplier invoice both is one document with two origins', () => {
  const documents = caller()
    .sandbox.truth()
    .years.flatMap((year) => year.vouchers)
    .flatMap((voucher) => voucher.documents)
  expect(documents.some((one) => one.origins.join() === 'bookkeeping,supplier')).toBe(true)
})

test('what people do in Fortnox is the truth at once', async () => {
  const { sandbox, json } = caller()
  const rows = [
    { account: 1930, amount: -100 },
    { account: 6110, amount: 100 },
  ]
  const voucher = sandbox.addVoucher(1018318, { year: 2, series: 'A', date: '2026-06-01', text: 'Ny', rows })
  const ref = { year: 2, series: 'A', number: voucher.number }
  const file = sandbox.addFile(1018318, { name: 'nytt.pdf', to: { voucher: ref } })
  const truth = () =>
    sandbox
      .truth()
      .years.flatMap((year) => year.vouchers)
      .find((one) => one.text === 'Ny')
  expect(truth()?.documents.map((one) => one.fileId)).toEqual([file.id])
  expect(await json(`/3/voucherfileconnections/${file.id}`)).toMatchObject({
    VoucherFileConnection: { VoucherDescription: 'Ny' },
  })
  expect(sandbox.unlinkFile(1018318, ref, file.id)).toBe(true)
  expect(truth()?.documents).toEqual([])
  sandbox.deleteVoucher(1018318, ref)
  expect(truth()).toBeUndefined()
  expect(() => sandbox.deleteVoucher(1018318, ref)).toThrow(/no voucher/)
  expect(() =>
    sandbox.addVoucher(1018318, { year: 2, series: 'A', date: '2026-06-01', text: '', rows: rows.slice(1) }),
  ).toThrow(/balance/)
})
