import type { DocumentEntry, DocumentRole, VoucherDocuments } from '../../shared/ledger/types.ts'
import type { InvoiceOf } from './accruals.ts'
import { namedVouchers, placeKey } from './places.ts'
import type { Invoice, ListedVoucher, Side, VoucherPlace } from './resources.ts'

/** Everything that the lists said, in memory: what {@link assemble} makes the index of. */
export interface Lists {
  year: number
  vouchers: ListedVoucher[]
  voucherFiles: { place: VoucherPlace; fileId: string; name: string | null }[]
  supplierInvoices: Invoice[]
  supplierFiles: { invoice: string; fileId: string; name: string | null }[]
  customerInvoices: Invoice[]
  attachments: Map<string, string[]>
  /** Invoices that each payment voucher pays, by `series number`. */
  paid: { supplier: Map<string, string[]>; customer: Map<string, string[]> }
  /** Invoices that each accrual voucher divides, by `series number`. */
  accrued: Map<string, InvoiceOf[]>
}

/** The documents of every voucher that has any: once each, with origin, role and a name that says what it is. */
export function assemble(lists: Lists): VoucherDocuments[] {
  const finder = finderOf(lists)
  return lists.vouchers.flatMap((voucher) => {
    const documents = finder(voucher)
    if (documents.length === 0) return []
    return [
      {
        series: voucher.series,
        number: voucher.number,
        fortnox: { date: voucher.date, text: voucher.text, referenceType: voucher.referenceType },
        documents,
      },
    ]
  })
}

function finderOf(lists: Lists): (voucher: ListedVoucher) => DocumentEntry[] {
  const direct = grouped(lists.voucherFiles, ({ place }) => placeKey(place))
  const supplierFiles = grouped(lists.supplierFiles, ({ invoice }) => invoice)
  const invoices = {
    supplier: new Map(lists.supplierInvoices.map((invoice) => [invoice.number, invoice])),
    customer: new Map(lists.customerInvoices.map((invoice) => [invoice.number, invoice])),
  }
  const named = {
    supplier: namedVouchers(lists.supplierInvoices, lists.year),
    customer: namedVouchers(lists.customerInvoices, lists.year),
  }

  function invoiceDocuments(side: Side, number: string, role: DocumentRole): DocumentEntry[] {
    const invoice = invoices[side].get(number)
    if (!invoice) return []
    const { facts } = invoice
    const name = [facts.counterparty, facts.externalNumber ?? facts.number].filter(Boolean).join(' ')
    const told: DocumentRole = facts.credit && role === 'invoice' ? 'credit' : role
    const common = { role: told, name, invoice: facts }
    if (side === 'supplier') {
      return (supplierFiles.get(number) ?? []).map((file) => ({
        ...common,
        id: fileDocumentId(file.fileId),
        origin: 'supplier',
        fileName: file.name,
        rendered: false,
      }))
    }
    return [
      { ...common, id: invoiceDocumentId(invoice), origin: 'customer', fileName: null, rendered: true },
      ...(lists.attachments.get(number) ?? []).map(
        (fileId): DocumentEntry => ({
          ...common,
          id: attachmentDocumentId(fileId),
          origin: 'customer',
          name: `${name} (bilaga)`,
          fileName: null,
          rendered: false,
        }),
      ),
    ]
  }

  return (voucher) => {
    const key = placeKey(voucher)
    const found = new Map<string, DocumentEntry>()
    const add = (entries: DocumentEntry[]) => {
      for (const entry of entries) if (!found.has(entry.id)) found.set(entry.id, entry)
    }
    for (const { side, number, role } of invoicesOf(voucher, key)) add(invoiceDocuments(side, number, role))
    // Last, so that a file linked to invoice and voucher both keeps what the invoice tells of it.
    add(
      (direct.get(key) ?? []).map(({ fileId, name }) => ({
        id: fileDocumentId(fileId),
        origin: 'bookkeeping',
        role: 'file',
        name: nameWithoutExtension(name) ?? voucher.text,
        fileName: name,
        rendered: false,
        invoice: null,
      })),
    )
    return [...found.values()]
  }

  function invoicesOf(
    voucher: ListedVoucher,
    key: string,
  ): { side: Side; number: string; role: DocumentRole }[] {
    const { referenceType, reference } = voucher
    const all = (side: Side, numbers: (string | null)[], role: DocumentRole) =>
      [...new Set(numbers)].flatMap((number) => (number === null ? [] : [{ side, number, role }]))
    switch (referenceType) {
      case 'SUPPLIERINVOICE':
        return all('supplier', [reference, ...(named.supplier.get(key) ?? [])], 'invoice')
      case 'INVOICE':
      case 'CASHINVOICE':
        return all('customer', [reference, ...(named.customer.get(key) ?? [])], 'invoice')
      case 'SUPPLIERPAYMENT':
        return all(
          'supplier',
          [...(lists.paid.supplier.get(key) ?? []), ...(named.supplier.get(key) ?? [])],
          'payment',
        )
      case 'INVOICEPAYMENT':
        return all(
          'customer',
          [...(lists.paid.customer.get(key) ?? []), ...(named.customer.get(key) ?? [])],
          'payment',
        )
      case 'ACCRUAL':
        return (lists.accrued.get(key) ?? []).map((one) => ({ ...one, role: 'accrual' }))
      default:
        return []
    }
  }
}

function grouped<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOf)
}

function nameWithoutExtension(name: string | null): string | null {
  return name?.replace(/\.[a-z0-9]{1,5}$/i, '') || null
}

// --- document ids: what to fetch, in a form that says nothing to anybody else ---

export type DocumentSource =
  | { kind: 'file'; fileId: string }
  | { kind: 'attachment'; fileId: string }
  | { kind: 'invoice'; number: string }

const plain = /^[A-Za-z0-9_-]{1,80}$/
const pack = (value: string) => (plain.test(value) ? value : `~${base64url(value)}`)

function fileDocumentId(fileId: string): string {
  return `file.${pack(fileId).replace('~', '_.')}`
}

function attachmentDocumentId(fileId: string): string {
  return `attachment.${pack(fileId).replace('~', '_.')}`
}

/** A rendered PDF changes with its invoice: another fingerprint is another document. */
function invoiceDocumentId(invoice: Invoice): string {
  return `invoice.${pack(invoice.number).replace('~', '_.')}.${hash(invoice.fingerprint)}`
}

/** What a document id stands for; null when it is none. */
export function documentSource(id: string): DocumentSource | null {
  const match = /^(file|attachment|invoice)\.(_\.)?([A-Za-z0-9_-]+)(?:\.([0-9a-z]+))?$/.exec(id)
  if (!match) return null
  const value = match[2] ? fromBase64url(match[3]!) : match[3]!
  if (match[1] === 'invoice') return { kind: 'invoice', number: value }
  return { kind: match[1] as 'file' | 'attachment', fileId: value }
}

function base64url(value: string): string {
  const bytes = new TextEncoder().encode(value)
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64url(value: string): string {
  const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
}

/** FNV-1a, 53 bits of two rounds: tells versions of one invoice apart; nobody gains by a collision. */
function hash(value: string): string {
  let a = 0x811c9dc5
  let b = 0x01000193
  for (let i = 0; i < value.length; i++) {
    a = Math.imul(a ^ value.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ value.charCodeAt(i), 0x85ebca6b)
  }
  return ((a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff)).toString(36)
}
