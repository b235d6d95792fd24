import { UnderlagError } from '../../shared/errors.ts'
import type { InvoiceFacts, IsoDate } from '../../shared/ledger/types.ts'
import type { Query } from './allow-list.ts'
import { date, flag, hundredths, record, text, whole } from './fields.ts'
import { type Listed, readList } from './lists.ts'
import { type RequestDeps, requestJson } from './request.ts'
import type { FortnoxYear } from './types.ts'

export type OnPage = (read: number, total: number | null) => void

/** A voucher as the list has it: no rows. */
export interface ListedVoucher {
  series: string
  number: string
  date: IsoDate | null
  text: string
  referenceType: string | null
  reference: string | null
}

/** Where a voucher is: Fortnox' year id, series, number. */
export interface VoucherPlace {
  year: number
  series: string
  number: string
}

export interface Invoice {
  /** GivenNumber of a supplier invoice, DocumentNumber of a customer invoice. */
  number: string
  facts: InvoiceFacts
  /** Vouchers that the invoice itself names, with what each is to it. */
  vouchers: (VoucherPlace & { type: string | null })[]
  /** What a rendered PDF depends on. */
  fingerprint: string
}

export interface Payment {
  number: string
  invoice: string
  date: IsoDate | null
  booked: boolean
}

export type Side = 'supplier' | 'customer'

export interface Accrual {
  side: Side
  invoice: string
  start: IsoDate | null
  end: IsoDate | null
}

export async function readYears(deps: RequestDeps): Promise<FortnoxYear[]> {
  const { entries } = await readList(deps, {
    endpoint: 'years',
    key: 'FinancialYears',
    idOf: (entry) => text(entry.Id),
  })
  return entries.flatMap((entry) => {
    const [id, from, to] = [whole(entry.Id), date(entry.FromDate), date(entry.ToDate)]
    if (id === null || from === null || to === null) return []
    const method = text(entry.AccountingMethod)
    return [{ id, from, to, method: method === 'ACCRUAL' || method === 'CASH' ? method : null }]
  })
}

export async function readVouchers(
  deps: RequestDeps,
  year: number,
  onPage?: OnPage,
): Promise<{ vouchers: ListedVoucher[]; total: number }> {
  const { entries, total } = await list(deps, 'vouchers', 'Vouchers', placeId, onPage, [
    ['financialyear', String(year)],
  ])
  return {
    total,
    vouchers: entries.map((entry) => ({
      series: text(entry.VoucherSeries) ?? '',
      number: text(entry.VoucherNumber)!,
      date: date(entry.TransactionDate),
      text: text(entry.Description) ?? '',
      referenceType: text(entry.ReferenceType),
      reference: text(entry.ReferenceNumber),
    })),
  }
}

/** Files linked to the year's vouchers. The filter is a wish: what comes of other years is left out here. */
export async function readVoucherFiles(
  deps: RequestDeps,
  year: number,
  onPage?: OnPage,
): Promise<{ place: VoucherPlace; fileId: string; name: string | null }[]> {
  const idOf = (entry: Record<string, unknown>) => {
    const file = text(entry.FileId)
    return (
      file && `${file} ${text(entry.VoucherYear)} ${text(entry.VoucherSeries)} ${text(entry.VoucherNumber)}`
    )
  }
  const { entries } = await list(deps, 'voucherFiles', 'VoucherFileConnections', idOf, onPage, [
    ['financialyear', String(year)],
  ])
  return entries.flatMap((entry) => {
    const place = placeOf(entry.VoucherYear, entry.VoucherSeries, entry.VoucherNumber)
    return place?.year === year ? [{ place, fileId: text(entry.FileId)!, name: text(entry.Name) }] : []
  })
}

export async function readSupplierInvoices(deps: RequestDeps, onPage?: OnPage): Promise<Invoice[]> {
  const { entries } = await list(
    deps,
    'supplierInvoices',
    'SupplierInvoices',
    (e) => text(e.GivenNumber),
    onPage,
  )
  return entries.map((entry) => ({
    number: text(entry.GivenNumber)!,
    facts: {
      number: text(entry.GivenNumber)!,
      externalNumber: text(entry.InvoiceNumber),
      counterparty: text(entry.SupplierName) ?? '',
      date: date(entry.InvoiceDate),
      dueDate: date(entry.DueDate),
      total: hundredths(entry.Total),
      currency: text(entry.Currency) ?? 'SEK',
      credit: flag(entry.Credit),
      cancelled: flag(entry.Cancel) || flag(entry.Cancelled),
    },
    vouchers: (Array.isArray(entry.Vouchers) ? entry.Vouchers : []).flatMap((item) => {
      const voucher = record(item)
      const place = voucher && placeOf(voucher.Year, voucher.Series, voucher.Number)
      return place ? [{ ...place, type: text(voucher.ReferenceType) }] : []
    }),
    fingerprint: '',
  }))
}

export async function readSupplierInvoiceFiles(
  deps: RequestDeps,
  onPage?: OnPage,
): Promise<{ invoice: string; fileId: string; name: string | null }[]> {
  const idOf = (entry: Record<string, unknown>) => {
    const [file, invoice] = [text(entry.FileId), text(entry.SupplierInvoiceNumber)]
    return file && invoice && `${file} ${invoice}`
  }
  const { entries } = await list(deps, 'supplierInvoiceFiles', 'SupplierInvoiceFileConnections', idOf, onPage)
  return entries.map((entry) => ({
    invoice: text(entry.SupplierInvoiceNumber)!,
    fileId: text(entry.FileId)!,
    name: text(entry.Name),
  }))
}

export async function readCustomerInvoices(deps: RequestDeps, onPage?: OnPage): Promise<Invoice[]> {
  const { entries } = await list(deps, 'customerInvoices', 'Invoices', (e) => text(e.DocumentNumber), onPage)
  return entries.map((entry) => {
    const place = placeOf(entry.VoucherYear, entry.VoucherSeries, entry.VoucherNumber)
    const total = hundredths(entry.Total)
    const facts: InvoiceFacts = {
      number: text(entry.DocumentNumber)!,
      externalNumber: text(entry.DocumentNumber),
      counterparty: text(entry.CustomerName) ?? '',
      date: date(entry.InvoiceDate),
      dueDate: date(entry.DueDate),
      total,
      currency: text(entry.Currency) ?? 'SEK',
      // The list does not say; a credit note is what totals below zero.
      credit: flag(entry.Credit) || (total !== null && total < 0),
      cancelled: flag(entry.Cancelled) || flag(entry.Cancel),
    }
    return {
      number: facts.number,
      facts,
      vouchers: place ? [{ ...place, type: 'INVOICE' }] : [],
      fingerprint: [
        facts.counterparty,
        facts.date,
        facts.dueDate,
        total,
        facts.currency,
        facts.cancelled,
        text(entry.OCR),
      ].join('|'),
    }
  })
}

/** Payments of supplier or customer invoices; which voucher each is in stands only in its detail. */
export async function readPayments(deps: RequestDeps, side: Side, onPage?: OnPage): Promise<Payment[]> {
  const key = side === 'supplier' ? 'SupplierInvoicePayments' : 'InvoicePayments'
  const { entries } = await list(deps, `${side}Payments`, key, (entry) => text(entry.Number), onPage)
  return entries.flatMap((entry) => {
    const invoice = text(entry.InvoiceNumber)
    if (invoice === null) return []
    return [
      {
        number: text(entry.Number)!,
        invoice,
        date: date(entry.PaymentDate),
        booked: entry.Booked === undefined || flag(entry.Booked),
      },
    ]
  })
}

/** The voucher that a payment is in; null when it is in none. */
export async function readPaymentPlace(
  deps: RequestDeps,
  side: Side,
  number: string,
): Promise<VoucherPlace | null> {
  const endpoint = side === 'supplier' ? 'supplierPayment' : 'customerPayment'
  const key = side === 'supplier' ? 'SupplierInvoicePayment' : 'InvoicePayment'
  const detail = record(record(await requestJson(deps, { endpoint, parameters: { number } }))?.[key])
  if (!detail) throw new UnderlagError('fortnox_bad_answer', {}, { message: `no ${key}` })
  return placeOf(detail.VoucherYear, detail.VoucherSeries, detail.VoucherNumber)
}

/** Which invoices are divided over periods; `start` and `end` say which. */
export async function readAccruals(deps: RequestDeps, side: Side): Promise<Accrual[]> {
  const [key, numberField] =
    side === 'supplier'
      ? ['SupplierInvoiceAccruals', 'SupplierInvoiceNumber']
      : ['InvoiceAccruals', 'InvoiceNumber']
  const { entries } = await list(deps, `${side}InvoiceAccruals`, key!, (entry) => text(entry[numberField!]))
  return entries.map((entry) => ({
    side,
    invoice: text(entry[numberField!])!,
    start: date(entry.StartDate),
    end: date(entry.EndDate),
  }))
}

function list(
  deps: RequestDeps,
  endpoint: Parameters<typeof readList>[1]['endpoint'],
  key: string,
  idOf: (entry: Record<string, unknown>) => string | null,
  onPage?: OnPage,
  query: Query = [],
): Promise<Listed> {
  return readList(deps, { endpoint, key, idOf, query, ...(onPage ? { onPage } : {}) })
}

function placeId(entry: Record<string, unknown>): string | null {
  const number = text(entry.VoucherNumber)
  return number && `${text(entry.VoucherSeries) ?? ''} ${number}`
}

function placeOf(year: unknown, series: unknown, number: unknown): VoucherPlace | null {
  const [yearId, voucherNumber] = [whole(year), text(number)]
  if (yearId === null || voucherNumber === null || voucherNumber === '0') return null
  return { year: yearId, series: text(series) ?? '', number: voucherNumber }
}
