import { describe, expect, test } from 'vitest'
import { normaliseOrganisationNumber } from '../../../shared/ledger/organisation-number.ts'
import { createSandbox } from '../index.ts'
import type { Company, Voucher } from '../model.ts'
import { kindOf, sumsOf } from './classify.ts'
import type { SieVoucher } from './sie-reader.ts'

const { companies } = createSandbox()
const main = companies[0] as Company
const all = (company: Company): Voucher[] => company.books.years.flatMap((year) => year.vouchers)

describe.each(companies.map((company) => [company.name, company] as const))('%s', (_, company) => {
  const { books } = company

  test('every voucher balances without its removed rows, in whole öre', () => {
    for (const voucher of all(company)) {
      const kept = voucher.rows.filter((row) => !row.removed)
      expect(
        kept.reduce((sum, row) => sum + row.amount, 0),
        voucher.text,
      ).toBe(0)
      expect(
        voucher.rows.every(
          (row) =>
            (Number.isInteger(row.amount) && books.accounts.has(row.account)) ||
            row.removed ||
            row.account === 2645,
        ),
      ).toBe(true)
    }
  })

  test('numbers run from 1 in each series and lie in their year', () => {
    for (const year of books.years) {
      const last = new Map<string, number>()
      for (const voucher of year.vouchers) {
        expect(Number(voucher.number)).toBe((last.get(voucher.series) ?? 0) + 1)
        last.set(voucher.series, Number(voucher.number))
        expect(voucher.date >= year.from && voucher.date <= year.to).toBe(true)
      }
    }
  })

  test('everything that refers to something refers to what is there', () => {
    const there = new Set(
      books.years.flatMap((year) => year.vouchers.map((one) => `${year.id} ${one.series} ${one.number}`)),
    )
    const at = (ref: { year: number; series: string; number: string }) =>
      there.has(`${ref.year} ${ref.series} ${ref.number}`)
    for (const link of books.voucherFiles) expect(at(link) && books.files.has(link.fileId)).toBe(true)
    for (const link of books.supplierInvoiceFiles) {
      expect(books.supplierInvoices[link.givenNumber - 1]?.givenNumber).toBe(link.givenNumber)
      expect(books.files.has(link.fileId)).toBe(true)
    }
    for (const invoice of books.supplierInvoices) expect(invoice.vouchers.every(at)).toBe(true)
    for (const payment of [...books.supplierPayments, ...books.customerPayments]) {
      expect(payment.voucher === null || at(payment.voucher)).toBe(true)
    }
    const archived = new Set([...books.files.values()].map((file) => file.archiveFileId))
    for (const attachment of books.attachments) expect(archived.has(attachment.fileId)).toBe(true)
  })

  test('its organisation number is valid', () =>
    expect(normaliseOrganisationNumber(company.organisationNumber)).not.toBeNull())
})

describe('the built-in company has', () => {
  const { books } = main
  const payments = (list: typeof books.supplierPayments) => {
    const counts = new Map<string, number>()
    for (const { voucher } of list) {
      const key = JSON.stringify(voucher)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return [...counts.values()]
  }
  const linksPerFile = new Map<string, number>()
  const filesPerVoucher = new Map<string, number>()
  for (const { fileId, year, series, number } of books.voucherFiles) {
    linksPerFile.set(fileId, (linksPerFile.get(fileId) ?? 0) + 1)
    const key = `${year} ${series} ${number}`
    filesPerVoucher.set(key, (filesPerVoucher.get(key) ?? 0) + 1)
  }
  const places = new Set([...books.files.values()].map((file) => file.place))
  const onVoucher = new Set(books.voucherFiles.map((link) => link.fileId))
  const kinds = new Set(all(main).map((voucher) => voucher.referenceType))

  test.each<[string, boolean]>([
    ['some hundred vouchers', all(main).length > 300],
    ['every reference type', kinds.size === 9],
    [
      'ids that are not chronological',
      (books.years[0]?.id ?? 0) > (books.years[1]?.id ?? 0) &&
        (books.years[0]?.from ?? '') < (books.years[1]?.from ?? ''),
    ],
    [
      'a year of 18 months, under the cash method',
      books.years[0]?.from === '2024-07-01' &&
        books.years[0]?.to === '2025-12-31' &&
        books.years[0]?.method === 'CASH',
    ],
    [
      'no invoice vouchers under the cash method',
      !books.years[0]?.vouchers.some(
        (one) => one.referenceType === 'SUPPLIERINVOICE' || one.referenceType === 'INVOICE',
      ),
    ],
    ['a voucher that pays several supplier invoices', Math.max(...payments(books.supplierPayments)) >= 3],
    ['a voucher that pays several customer invoices', Math.max(...payments(books.customerPayments)) >= 2],
    [
      'credit notes on both sides',
      books.supplierInvoices.some((one) => one.creditReference !== null) &&
        books.customerInvoices.some((one) => one.creditReference !== null),
    ],
    [
      'cancelled invoices on both sides',
      books.supplierInvoices.some((one) => one.cancelled) &&
        books.customerInvoices.some((one) => one.cancelled),
    ],
    ['accruals of both sides', new Set(books.accruals.map((one) => one.side)).size === 2],
    ['a file on three vouchers', Math.max(...linksPerFile.values()) === 3],
    ['a voucher with four files', Math.max(...filesPerVoucher.values()) === 4],
    ['files in every place', places.size === 4],
    [
      'a file on voucher and supplier invoice both',
      books.supplierInvoiceFiles.some((link) => onVoucher.has(link.fileId)),
    ],
    [
      'files on supplier invoices alone',
      books.supplierInvoiceFiles.some((link) => !onVoucher.has(link.fileId)),
    ],
    ['attachments of customer invoices', books.attachments.length > 2],
    ['JPEG and PDF', new Set([...books.files.values()].map((file) => file.content.kind)).size === 2],
    [
      'removed and added rows',
      all(main).some((one) => one.rows.some((row) => row.removed)) &&
        all(main).some((one) => one.rows.some((row) => row.added)),
    ],
    [
      'payments of invoices from the year before',
      books.supplierPayments.some(
        (one) => one.voucher?.year === 2 && (books.supplierInvoices[one.invoice - 1]?.date ?? '') < '2026',
      ),
    ],
    [
      'vouchers without any document',
      books.years[1]?.vouchers.some(
        (one) => one.referenceType === 'MANUAL' && !filesPerVoucher.has(`2 ${one.series} ${one.number}`),
      ) ?? false,
    ],
  ])('%s', (_, holds) => expect(holds).toBe(true))
})

test('--vouchers makes exactly that many, four to five rows each', () => {
  const { books } = createSandbox({ vouchers: 3000 }).company()
  const year = books.years.find((one) => one.from === '2026-01-01')
  expect(year?.vouchers).toHaveLength(3000)
  const rows = year?.vouchers.reduce((sum, voucher) => sum + voucher.rows.length, 0) ?? 0
  expect(rows / 3000).toBeGreaterThan(3.9)
  expect(rows / 3000).toBeLessThan(5)
})

describe('a voucher of a SIE file is told from its accounts', () => {
  const names = new Map([[2421, { name: 'Leverantörsskulder' }]])
  test.each([
    [
      'supplier-invoice',
      [
        [2440, -100],
        [2641, 20],
        [4010, 80],
      ],
    ],
    [
      'supplier-invoice',
      [
        [2440, 100],
        [2641, -20],
        [4010, -80],
      ],
    ],
    [
      'supplier-invoice',
      [
        [2421, -100],
        [4010, 100],
      ],
    ],
    [
      'supplier-payment',
      [
        [2440, 100],
        [1930, -100],
      ],
    ],
    [
      'supplier-payment',
      [
        [2440, 100],
        [2440, 50],
        [1930, -150],
      ],
    ],
    [
      'customer-invoice',
      [
        [1510, 100],
        [2611, -20],
        [3001, -80],
      ],
    ],
    [
      'customer-invoice',
      [
        [1510, -100],
        [2611, 20],
        [3001, 80],
      ],
    ],
    [
      'customer-payment',
      [
        [1930, 100],
        [1510, -100],
      ],
    ],
    [
      'cash-invoice',
      [
        [1910, 100],
        [2611, -20],
        [3001, -80],
      ],
    ],
    [
      'purchase',
      [
        [1910, -100],
        [2641, 20],
        [6110, 80],
      ],
    ],
    [
      'payroll',
      [
        [7010, 100],
        [2710, -30],
        [1930, -70],
      ],
    ],
    [
      'other',
      [
        [2440, -100],
        [2440, -50],
        [4010, 150],
      ],
    ],
    [
      'other',
      [
        [1920, -100],
        [1930, 100],
      ],
    ],
  ] as const)('%s %j', (kind, rows) => {
    const voucher: SieVoucher = {
      series: 'A',
      number: '1',
      date: '2026-01-01',
      text: '',
      rows: rows.map(([account, amount]) => ({
        kind: 'TRANS',
        account,
        amount,
        text: '',
        objects: new Map(),
      })),
    }
    expect(kindOf(sumsOf(voucher, names))).toBe(kind)
  })
})
