/**
 * The ledger as everything else speaks of it. Money is in öre (integers), dates are `YYYY-MM-DD`, times are
 * milliseconds since 1970. No I/O here.
 */

/** `YYYY-MM-DD`. */
export type IsoDate = string

/** A fiscal year of a company: its first and last day joined, `2025-01-01_2025-12-31`. Fortnox' own ids never leave the edge. */
export type FiscalYearId = string

/** Where a year's ledger came from. */
export type LedgerSource = 'fortnox' | 'sie'

/** Which Fortnox module a document comes from: Bokföring, Leverantörer, Fakturering. */
export type DocumentOrigin = 'bookkeeping' | 'supplier' | 'customer'

/**
 * A voucher within a fiscal year. Real files repeat and leave out numbers, so the key has an occurrence: 1 for the first
 * voucher of that series and number in the file's order, 2 for the next.
 */
export interface VoucherId {
  series: string
  number: string
  occurrence: number
}

export type RowKind = 'TRANS' | 'RTRANS' | 'BTRANS'

/** One row of a voucher. Only `TRANS` rows count in balances (SIE 4B: RTRANS and BTRANS are history). */
export interface VoucherRow {
  kind: RowKind
  account: string
  accountName: string | null
  /** Debit positive, credit negative, öre. */
  amount: number
  text: string
  date: IsoDate | null
  /** `[dimension, object]` pairs. */
  objects: [string, string][]
  quantity: string | null
}

export interface Voucher extends VoucherId {
  date: IsoDate
  text: string
  registered: IsoDate | null
  signature: string | null
  rows: VoucherRow[]
}

/** A voucher without its rows, for lists. `amount` is the sum of its debit TRANS rows, öre. */
export interface VoucherSummary extends VoucherId {
  date: IsoDate
  text: string
  amount: number
  rowCount: number
  documents: number
}

/**
 * What the document is in relation to the voucher: a file linked to it; the invoice it books; an invoice that it pays;
 * the invoice that an accrual divides; the invoice that a credit note credits (or the credit note itself).
 */
export type DocumentRole = 'file' | 'invoice' | 'payment' | 'accrual' | 'credit'

/** The invoice a document belongs to, as Fortnox' lists tell it. */
export interface InvoiceFacts {
  /** Fortnox' running number (GivenNumber of a supplier invoice, DocumentNumber of a customer invoice). */
  number: string
  /** The supplier's own invoice number, or null. */
  externalNumber: string | null
  counterparty: string
  date: IsoDate | null
  dueDate: IsoDate | null
  /** Total in hundredths of `currency`, or null when Fortnox gave none. */
  total: number | null
  currency: string
  credit: boolean
  cancelled: boolean
}

/** One document of a voucher, as the index keeps it. */
export interface DocumentEntry {
  /** Opaque and stable within the company; the bytes behind an id never change. */
  id: string
  origin: DocumentOrigin
  role: DocumentRole
  /** Meaningful name without extension: supplier or customer and invoice number, else the file's own name. */
  name: string
  /** The file's name in Fortnox, or null (a rendered invoice has none). */
  fileName: string | null
  /** True for a customer invoice's PDF: Fortnox renders it when asked; it is not the file that was sent. */
  rendered: boolean
  invoice: InvoiceFacts | null
}

/** What Fortnox says of the voucher that the documents belong to; compared with a ledger that came from a SIE file. */
export interface FortnoxVoucherFacts {
  date: IsoDate | null
  text: string
  referenceType: string | null
}

/** All documents of one Fortnox voucher (series and number within the year; Fortnox repeats none). */
export interface VoucherDocuments {
  series: string
  number: string
  fortnox: FortnoxVoucherFacts
  documents: DocumentEntry[]
}
