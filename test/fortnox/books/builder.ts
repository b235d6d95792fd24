/** Puts books together so that they hang together: vouchers, invoices, payments and files refer to each other rightly. */

import { addDays } from '../dates.ts'
import type {
  Books,
  CustomerInvoice,
  FileContent,
  FilePlace,
  FiscalYear,
  Party,
  Payment,
  ReferenceType,
  Row,
  StoredFile,
  SupplierInvoice,
  Voucher,
  VoucherRef,
} from '../model.ts'
import { hash, ocrOf, organisationNumberOf, type Random, seeded, uuid } from '../numbers.ts'
import { type Owner, partyNumber } from './papers.ts'

export type Entry = readonly [account: number, amount: number, text?: string]

const fileEnding = { pdf: 'pdf', jpeg: 'jpg', big: 'pdf', bytes: 'bin' } as const

/** Latest first paid, oldest first booked: a moment for a date, so that `lastmodified` has something to compare. */
function momentOf(date: string): number {
  return Date.parse(`${date}T10:00:00Z`)
}

export class BookBuilder {
  readonly owner: Owner
  readonly random: Random
  readonly books: Books = {
    accounts: new Map(),
    series: new Map(),
    costCenters: [],
    projects: [],
    years: [],
    suppliers: new Map(),
    customers: new Map(),
    supplierInvoices: [],
    customerInvoices: [],
    supplierPayments: [],
    customerPayments: [],
    accruals: [],
    files: new Map(),
    voucherFiles: [],
    supplierInvoiceFiles: [],
    attachments: [],
  }
  private readonly counters = new Map<string, number>()

  constructor(owner: Owner) {
    this.owner = owner
    this.random = seeded(hash(owner.name + owner.organisationNumber))
  }

  year(id: number, from: string, to: string, method: FiscalYear['method'] = 'ACCRUAL'): FiscalYear {
    const year: FiscalYear = { id, from, to, method, vouchers: [], opening: new Map(), file: null }
    this.books.years.push(year)
    return year
  }

  /** Adds a voucher with the next number of its series, or with `number`. */
  voucher(
    year: FiscalYear,
    voucher: {
      series: string
      date: string
      text: string
      rows: readonly Entry[] | Row[]
      type?: ReferenceType
      reference?: string | number
      number?: string
      comments?: string
    },
  ): Voucher {
    const key = `${year.id} ${voucher.series}`
    const next = (this.counters.get(key) ?? 0) + 1
    const number = voucher.number ?? String(next)
    this.counters.set(key, Math.max(next, Number(number) || next))
    const made: Voucher = {
      series: voucher.series,
      number,
      date: voucher.date,
      text: voucher.text,
      comments: voucher.comments ?? '',
      rows: voucher.rows.map((row) =>
        'account' in row
          ? row
          : {
              account: row[0],
              amount: row[1],
              text: row[2] ?? '',
              costCenter: '',
              project: '',
              removed: false,
              added: false,
            },
      ),
      referenceType: voucher.type ?? 'MANUAL',
      referenceNumber: voucher.reference === undefined ? '' : String(voucher.reference),
      modified: momentOf(voucher.date),
    }
    year.vouchers.push(made)
    return made
  }

  ref(year: FiscalYear, voucher: Voucher): VoucherRef {
    return { year: year.id, series: voucher.series, number: voucher.number }
  }

  private party(parties: Map<string, Party>, name: string): Party {
    const number = partyNumber(parties, name)
    const party = parties.get(number) ?? { number, name, organisationNumber: organisationNumberOf(name) }
    parties.set(number, party)
    return party
  }

  supplierInvoice(invoice: {
    supplier: string
    date: string
    total: number
    vat: number
    costAccount: number
    credit?: SupplierInvoice
    cancelled?: boolean
    invoiceNumber?: string
  }): SupplierInvoice {
    const givenNumber = this.books.supplierInvoices.length + 1
    const supplier = this.party(this.books.suppliers, invoice.supplier)
    const invoiceNumber =
      invoice.invoiceNumber ?? String(10_000 + (hash(`${supplier.name} ${givenNumber}`) % 890_000))
    const made: SupplierInvoice = {
      givenNumber,
      supplier,
      invoiceNumber,
      ocr: ocrOf(invoiceNumber),
      date: invoice.date,
      due: addDays(invoice.date, 30),
      total: invoice.total,
      vat: invoice.vat,
      balance: invoice.cancelled ? 0 : invoice.total,
      booked: false,
      cancelled: invoice.cancelled ?? false,
      credit: invoice.credit !== undefined || invoice.total < 0,
      creditReference: invoice.credit?.givenNumber ?? null,
      finalPayDate: null,
      costAccount: invoice.costAccount,
      vouchers: [],
      modified: momentOf(invoice.date),
    }
    this.books.supplierInvoices.push(made)
    return made
  }

  customerInvoice(invoice: {
    customer: string
    date: string
    total: number
    vat: number
    lines: string
    type?: CustomerInvoice['type']
    credit?: CustomerInvoice
    cancelled?: boolean
  }): CustomerInvoice {
    const documentNumber = this.books.customerInvoices.length + 1
    const made: CustomerInvoice = {
      documentNumber,
      customer: this.party(this.books.customers, invoice.customer),
      ocr: ocrOf(documentNumber),
      date: invoice.date,
      due: addDays(invoice.date, 30),
      total: invoice.total,
      vat: invoice.vat,
      balance: invoice.cancelled ? 0 : invoice.total,
      booked: false,
      cancelled: invoice.cancelled ?? false,
      sent: !invoice.cancelled,
      creditReference: invoice.credit?.documentNumber ?? null,
      creditedBy: null,
      type: invoice.type ?? 'INVOICE',
      finalPayDate: null,
      lines: invoice.lines,
      voucher: null,
      modified: momentOf(invoice.date),
    }
    if (invoice.credit !== undefined) invoice.credit.creditedBy = documentNumber
    this.books.customerInvoices.push(made)
    return made
  }

  /** The voucher that pays these invoices, whole; `voucher` null for payments whose voucher lies outside the books. */
  supplierPayments(
    invoices: readonly SupplierInvoice[],
    date: string,
    voucher: VoucherRef | null,
  ): Payment[] {
    return invoices.map((invoice) => {
      const payment = this.payment(
        this.books.supplierPayments,
        invoice.givenNumber,
        invoice.balance,
        date,
        voucher,
      )
      invoice.balance = 0
      invoice.finalPayDate = date
      if (voucher !== null) invoice.vouchers.push({ ...voucher, type: 'SUPPLIERPAYMENT' })
      return payment
    })
  }

  customerPayments(
    invoices: readonly CustomerInvoice[],
    date: string,
    voucher: VoucherRef | null,
  ): Payment[] {
    return invoices.map((invoice) => {
      const payment = this.payment(
        this.books.customerPayments,
        invoice.documentNumber,
        invoice.balance,
        date,
        voucher,
      )
      invoice.balance = 0
      invoice.finalPayDate = date
      return payment
    })
  }

  private payment(
    list: Payment[],
    invoice: number,
    amount: number,
    date: string,
    voucher: VoucherRef | null,
  ): Payment {
    const made = {
      number: list.length + 1,
      invoice,
      date,
      amount,
      booked: true,
      voucher,
      modified: momentOf(date),
    }
    list.push(made)
    return made
  }

  file(name: string, content: FileContent, folder: string, place: FilePlace = 'both'): StoredFile {
    const file: StoredFile = {
      id: uuid(this.random),
      archiveFileId: uuid(this.random),
      name: name.includes('.') ? name : `${name}.${fileEnding[content.kind]}`,
      folder,
      place,
      content,
    }
    this.books.files.set(file.id, file)
    return file
  }

  onVoucher(voucher: VoucherRef, file: StoredFile): void {
    this.books.voucherFiles.push({ ...voucher, fileId: file.id })
  }

  onSupplierInvoice(invoice: SupplierInvoice, file: StoredFile): void {
    this.books.supplierInvoiceFiles.push({ fileId: file.id, givenNumber: invoice.givenNumber })
  }

  onCustomerInvoice(invoice: CustomerInvoice, file: StoredFile, includeOnSend = true): void {
    this.books.attachments.push({
      id: uuid(this.random),
      entityId: invoice.documentNumber,
      entityType: 'F',
      fileId: file.archiveFileId,
      includeOnSend,
    })
  }

  /** Sorts what Fortnox sorts and carries balances over; to be called when all is in. */
  finish(): Books {
    for (const year of this.books.years) sortVouchers(year.vouchers)
    const byDate = [...this.books.years].sort((a, b) => (a.from < b.from ? -1 : 1))
    byDate.forEach((year, index) => {
      const next = byDate[index + 1]
      if (next === undefined || next.opening.size > 0) return
      for (const [account, sum] of closing(year))
        if (account < 3000 && sum !== 0) next.opening.set(account, sum)
    })
    return this.books
  }
}

/** Balance by account at the year's end, öre. */
function closing(year: FiscalYear): Map<number, number> {
  const sums = new Map(year.opening)
  for (const voucher of year.vouchers) {
    for (const row of voucher.rows) {
      if (!row.removed) sums.set(row.account, (sums.get(row.account) ?? 0) + row.amount)
    }
  }
  return sums
}

/** Fortnox' order: by series, then by number. Stable for what a SIE file repeats. */
export function sortVouchers(vouchers: Voucher[]): void {
  vouchers.sort((a, b) =>
    a.series === b.series ? Number(a.number) - Number(b.number) || 0 : a.series < b.series ? -1 : 1,
  )
}
