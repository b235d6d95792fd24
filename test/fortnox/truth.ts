/** What a client should find: every voucher, and every document behind it, computed from the books themselves. */

import { paymentsOf } from './api/references.ts'
import type { Books, Company, FiscalYear, StoredFile, Voucher } from './model.ts'
import type { Settings } from './settings.ts'

export interface TruthDocument {
  /** A file's bytes, a customer invoice's rendered PDF, or a file attached to a customer invoice. */
  kind: 'file' | 'rendered' | 'attachment'
  /** The modules that lead to it: a file linked to voucher and supplier invoice both has two. */
  origins: ('bookkeeping' | 'supplier' | 'customer')[]
  /** The connection's FileId (`file`), the ArchiveFileId (`attachment`); null for `rendered`. */
  fileId: string | null
  /** Given number or document number of the invoice it belongs to. */
  invoice: number | null
  name: string
  /** Scopes without which it cannot be found or fetched, all of them. */
  scopes: string[]
}

export interface TruthVoucher {
  series: string
  number: string
  date: string
  text: string
  referenceType: string
  /** Öre, removed rows left out. */
  rows: { account: number; amount: number }[]
  documents: TruthDocument[]
  /** Numbers of the supplier and customer invoices that the voucher books, pays or accrues. */
  supplierInvoices: number[]
  customerInvoices: number[]
}

export interface Truth {
  tenant: number
  years: { id: number; from: string; to: string; method: 'ACCRUAL' | 'CASH'; vouchers: TruthVoucher[] }[]
}

/** The invoices that a voucher is about: its own, those it pays, and those it accrues. */
function invoicesOf(books: Books, year: FiscalYear, voucher: Voucher) {
  const is = (ref: { year: number; series: string; number: string } | null) =>
    ref !== null && ref.year === year.id && ref.series === voucher.series && ref.number === voucher.number
  switch (voucher.referenceType) {
    case 'SUPPLIERINVOICE':
      return { supplier: [Number(voucher.referenceNumber)], customer: [] }
    case 'INVOICE':
    case 'CASHINVOICE':
      return { supplier: [], customer: [Number(voucher.referenceNumber)] }
    case 'SUPPLIERPAYMENT': {
      const paid = paymentsOf(books.supplierPayments, year.id, voucher.series, voucher.number)
      return { supplier: paid.map((payment) => payment.invoice), customer: [] }
    }
    case 'INVOICEPAYMENT': {
      const paid = paymentsOf(books.customerPayments, year.id, voucher.series, voucher.number)
      return { supplier: [], customer: paid.map((payment) => payment.invoice) }
    }
    case 'ACCRUAL': {
      const accruals = books.accruals.filter((accrual) => accrual.vouchers.some(is))
      const of = (side: 'supplier' | 'customer') =>
        accruals.filter((accrual) => accrual.side === side).map((accrual) => accrual.invoice)
      return { supplier: of('supplier'), customer: of('customer') }
    }
    default:
      return { supplier: [], customer: [] }
  }
}

interface Links {
  /** File ids by `year series number`. */
  vouchers: Map<string, string[]>
  invoices: Map<number, string[]>
  attachments: Map<number, string[]>
  archived: Map<string, StoredFile>
}

function push<K>(map: Map<K, string[]>, key: K, value: string): void {
  const list = map.get(key) ?? []
  list.push(value)
  map.set(key, list)
}

function linksOf(books: Books): Links {
  const links: Links = {
    vouchers: new Map(),
    invoices: new Map(),
    attachments: new Map(),
    archived: new Map(),
  }
  for (const link of books.voucherFiles)
    push(links.vouchers, `${link.year} ${link.series} ${link.number}`, link.fileId)
  for (const link of books.supplierInvoiceFiles) push(links.invoices, link.givenNumber, link.fileId)
  for (const one of books.attachments)
    if (one.entityType === 'F') push(links.attachments, one.entityId, one.fileId)
  for (const file of books.files.values()) links.archived.set(file.archiveFileId, file)
  return links
}

function documentsOf(
  books: Books,
  links: Links,
  year: FiscalYear,
  voucher: Voucher,
  settings: Settings,
): TruthVoucher {
  const invoices = invoicesOf(books, year, voucher)
  // A supplier invoice may list the vouchers that pay it; then the payments themselves need not be read.
  const listed = voucher.referenceType === 'SUPPLIERPAYMENT' && settings.supplierInvoiceVouchers === 'all'
  const payment = voucher.referenceType.endsWith('PAYMENT') && !listed ? ['payment'] : []
  const found = new Map<string, TruthDocument>()
  const fileScope = (file: StoredFile | undefined) =>
    file?.place === 'inbox'
      ? ['inbox']
      : file?.place === 'archive' || file?.place === 'fileid'
        ? ['archive']
        : []
  const add = (document: TruthDocument, key: string) => {
    const known = found.get(key)
    if (known === undefined) found.set(key, document)
    else known.origins.push(...document.origins)
  }
  for (const fileId of links.vouchers.get(`${year.id} ${voucher.series} ${voucher.number}`) ?? []) {
    const file = books.files.get(fileId)
    add(
      {
        kind: 'file',
        origins: ['bookkeeping'],
        fileId,
        invoice: null,
        name: file?.name ?? '',
        scopes: ['bookkeeping', 'connectfile', ...fileScope(file)],
      },
      fileId,
    )
  }
  for (const invoice of invoices.supplier) {
    for (const fileId of links.invoices.get(invoice) ?? []) {
      const file = books.files.get(fileId)
      const scopes = ['bookkeeping', 'supplierinvoice', 'connectfile', ...payment, ...fileScope(file)]
      add({ kind: 'file', origins: ['supplier'], fileId, invoice, name: file?.name ?? '', scopes }, fileId)
    }
  }
  for (const invoice of invoices.customer) {
    const scopes = ['bookkeeping', 'invoice', ...payment]
    const name = `Faktura ${invoice}`
    add(
      { kind: 'rendered', origins: ['customer'], fileId: null, invoice, name, scopes },
      `invoice ${invoice}`,
    )
    for (const fileId of links.attachments.get(invoice) ?? []) {
      const file = links.archived.get(fileId)
      add(
        {
          kind: 'attachment',
          origins: ['customer'],
          fileId,
          invoice,
          name: file?.name ?? '',
          scopes: [...scopes, 'connectfile', 'archive'],
        },
        fileId,
      )
    }
  }
  return {
    series: voucher.series,
    number: voucher.number,
    date: voucher.date,
    text: voucher.text,
    referenceType: voucher.referenceType,
    rows: voucher.rows.filter((row) => !row.removed).map(({ account, amount }) => ({ account, amount })),
    documents: [...found.values()],
    supplierInvoices: invoices.supplier,
    customerInvoices: invoices.customer,
  }
}

/** The company's truth as it is now. */
export function truthOf(company: Company, settings: Settings): Truth {
  const { books } = company
  const links = linksOf(books)
  return {
    tenant: company.tenant,
    years: books.years.map((year) => ({
      id: year.id,
      from: year.from,
      to: year.to,
      method: year.method,
      vouchers: year.vouchers.map((voucher) => documentsOf(books, links, year, voucher, settings)),
    })),
  }
}
