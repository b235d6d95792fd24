/**
 * What the sandbox keeps of a company: its books and documents, as plain data. Amounts are whole öre, dates are
 * `YYYY-MM-DD`, moments are ms since 1970. The shapes that Fortnox answers with are made from these in `api/`.
 */

import type { Paper } from './documents/paper.ts'

/** Fortnox sells its modules one by one; a company without one has no right to the scopes that need it. */
export type Licence =
  | 'integration'
  | 'bokforing'
  | 'leverantor'
  | 'fakturering'
  | 'arkivplats'
  | 'order'
  | 'lon'

export type ReferenceType =
  | 'INVOICE'
  | 'SUPPLIERINVOICE'
  | 'INVOICEPAYMENT'
  | 'SUPPLIERPAYMENT'
  | 'MANUAL'
  | 'CASHINVOICE'
  | 'ACCRUAL'
  | 'RECEIPT'
  | 'PAYROLLBOOKKEEP'

export interface Account {
  number: number
  name: string
  sru: number | null
}

export interface Row {
  account: number
  /** Debit positive, credit negative, öre. */
  amount: number
  text: string
  costCenter: string
  project: string
  /** Struck out after the voucher was saved: listed by Fortnox, `#BTRANS` in SIE, no part of any sum. */
  removed: boolean
  /** Put in after the voucher was saved: `#RTRANS` and `#TRANS` in SIE. */
  added: boolean
}

export interface Voucher {
  series: string
  /** As in the books; Fortnox' own are whole numbers from 1, a SIE file's may be anything. */
  number: string
  date: string
  text: string
  comments: string
  rows: Row[]
  referenceType: ReferenceType
  /** The number of the document of `referenceType`; `''` when there is none. */
  referenceNumber: string
  modified: number
}

export interface FiscalYear {
  /** Fortnox' id: says nothing of the order of the years. */
  id: number
  from: string
  to: string
  method: 'ACCRUAL' | 'CASH'
  /** Sorted by series, then number. Never changed in place once the books are made: indexes hang on the array. */
  vouchers: Voucher[]
  /** Opening balances, öre by account. */
  opening: Map<number, number>
  /** The SIE-4E file these books were read from, byte for byte; null for books the sandbox made. */
  file: Uint8Array | null
}

/** Which voucher: series and number recur every year. */
export interface VoucherRef {
  year: number
  series: string
  number: string
}

export interface Party {
  number: string
  name: string
  organisationNumber: string
}

export interface SupplierInvoice {
  givenNumber: number
  supplier: Party
  invoiceNumber: string
  ocr: string
  date: string
  due: string
  /** Öre; negative for a credit note. */
  total: number
  vat: number
  balance: number
  booked: boolean
  cancelled: boolean
  credit: boolean
  /** Given number of the invoice that a credit note takes back. */
  creditReference: number | null
  finalPayDate: string | null
  costAccount: number
  /** The invoice's own voucher first; payments and accruals after it. */
  vouchers: (VoucherRef & { type: ReferenceType })[]
  modified: number
}

export interface CustomerInvoice {
  documentNumber: number
  customer: Party
  ocr: string
  date: string
  due: string
  total: number
  vat: number
  balance: number
  booked: boolean
  cancelled: boolean
  sent: boolean
  /** Document number of the invoice that this credit note takes back. */
  creditReference: number | null
  /** Document number of the credit note that takes this one back. */
  creditedBy: number | null
  type: 'INVOICE' | 'CASHINVOICE' | 'AGREEMENTINVOICE'
  finalPayDate: string | null
  lines: string
  /** The invoice's own voucher; null under the cash method and before it is booked. */
  voucher: VoucherRef | null
  modified: number
}

export interface Payment {
  number: number
  /** Given number (supplier) or document number (customer). */
  invoice: number
  date: string
  /** Öre. */
  amount: number
  booked: boolean
  voucher: VoucherRef | null
  modified: number
}

export interface Accrual {
  invoice: number
  side: 'supplier' | 'customer'
  account: number
  /** Öre. */
  total: number
  start: string
  end: string
  vouchers: VoucherRef[]
}

/**
 * Which addresses give a file's bytes. `both`: archive/{Id}, inbox/{Id}, inbox?fileid={Id}, archive?fileid={ArchiveFileId}.
 * `inbox`: only the inbox ones. `archive`: archive/{Id} and archive?fileid={ArchiveFileId}. `fileid`: only
 * archive?fileid=, with either id (a file from before the two ids parted).
 */
export type FilePlace = 'both' | 'inbox' | 'archive' | 'fileid'

export interface StoredFile {
  id: string
  archiveFileId: string
  name: string
  /** Fortnox' static folder id, such as `inbox_v`. */
  folder: string
  place: FilePlace
  /** What the bytes are made from, when they are asked for. */
  content: FileContent
}

export type FileContent =
  | { kind: 'pdf' | 'jpeg'; paper: Paper }
  | { kind: 'big'; bytes: number; name: string }
  | { kind: 'bytes'; bytes: Uint8Array }

export interface Attachment {
  id: string
  entityId: number
  entityType: 'F' | 'O' | 'OF' | 'C'
  /** The ArchiveFileId. */
  fileId: string
  includeOnSend: boolean
}

export interface Books {
  accounts: Map<number, Account>
  series: Map<string, string>
  costCenters: { code: string; name: string }[]
  projects: { number: string; name: string }[]
  years: FiscalYear[]
  suppliers: Map<string, Party>
  customers: Map<string, Party>
  supplierInvoices: SupplierInvoice[]
  customerInvoices: CustomerInvoice[]
  supplierPayments: Payment[]
  customerPayments: Payment[]
  accruals: Accrual[]
  files: Map<string, StoredFile>
  voucherFiles: (VoucherRef & { fileId: string })[]
  supplierInvoiceFiles: { fileId: string; givenNumber: number }[]
  attachments: Attachment[]
}

export interface Company {
  /** DatabaseNumber, TenantId. */
  tenant: number
  name: string
  /** `556123-4567`. */
  organisationNumber: string
  address: string
  zip: string
  city: string
  licences: Set<Licence>
  /** Licences that end the moment a consent is given: consent succeeds, endpoints then answer 2001101. */
  lapsing: Licence[]
  /** What a locked company's login ends in: a redirect with neither code nor state. */
  locked: boolean
  /** What it is there to show; printed and in the README. */
  shows: string
  lockedUntil: string | null
  readonly books: Books
}

export interface User {
  id: number
  login: string
  password: string
  name: string
  email: string
  /** The firm whose client list is shown; null for a company's own user. */
  firm: string | null
  /** Tenants the user can choose among, and where she is system administrator. */
  companies: { tenant: number; admin: boolean }[]
  /** Locked or unpaid: the login ends in a redirect with neither code nor state. */
  locked: boolean
  shows: string
}
