import type { ErrorCode, WireError } from '../errors.ts'
import type {
  DocumentEntry,
  FiscalYearId,
  FortnoxVoucherFacts,
  IsoDate,
  LedgerSource,
  Voucher,
  VoucherSummary,
} from '../ledger/types.ts'

/** The signed-in member and the firm. */
export interface Session {
  member: { id: string; name: string; email: string }
  firm: { id: string; name: string }
}

/** `inactive`: nobody has approved; `pending`: a consent link holds; `active`: the green light; `broken`: it was green. */
export type IntegrationState = 'inactive' | 'pending' | 'active' | 'broken'

/** A part of Fortnox whose documents are left out, and why. */
export interface MissingPart {
  part: 'bookkeeping' | 'supplier' | 'customer' | 'archive' | 'inbox' | 'connectfile' | 'payment'
  code: Extract<ErrorCode, 'fortnox_licence_missing' | 'fortnox_scope_missing'>
}

export interface ConsentLink {
  url: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** What is known of one company for the member's firm. */
export interface CompanyState {
  /** Ten digits. */
  organisationNumber: string
  name: string
  state: IntegrationState
  /** Why it is `broken`, or why the last attempt to approve failed. */
  reason: WireError | null
  /** The company's name as Fortnox has it, once connected. */
  fortnoxName: string | null
  connectedAt: number | null
  missing: MissingPart[]
  consentLink: ConsentLink | null
  years: YearState[]
}

export interface Counts {
  vouchers: number
  rows: number
  documents: number
  vouchersWithDocuments: number
}

/** One fiscal year as the edge knows it. */
export interface YearState {
  id: FiscalYearId
  from: IsoDate
  to: IsoDate
  /** Null: no ledger here yet. */
  source: LedgerSource | null
  /** The uploaded file, when the source is `sie`. */
  file: { name: string; sha256: string; by: string; at: number } | null
  counts: Counts
  /** When the ledger was last read in, and when the documents' index was last fetched. */
  ledgerAt: number | null
  documentsAt: number | null
  /** Changes whenever the ledger or the index does; the extension's copy of the index carries it. */
  version: string
  /** Findings kept with the year (warnings, and questions answered with "read in anyway"). */
  findings: Finding[]
  /** The run under way, or the last one if it failed. */
  sync: SyncState | null
}

/** A finding of the SIE reader: its code, place, and sentence in both languages. */
export interface Finding {
  code: string
  severity: 'error' | 'question' | 'warning'
  line: number | null
  text: { sv: string; en: string }
}

export type SyncPhase = 'waiting' | 'years' | 'ledger' | 'documents' | 'saving' | 'done'

/** One sync: one fiscal year of one company. */
export interface SyncState {
  id: string
  year: FiscalYearId
  state: 'running' | 'done' | 'failed'
  ledger: 'fetch' | 'keep'
  phase: SyncPhase
  /** Progress within the phase; `total` is null while unknown. */
  done: number
  total: number | null
  startedAt: number
  endedAt: number | null
  error: WireError | null
  /** What changed, once done. */
  changed: { vouchers: number; documents: number } | null
}

/** What became of each year that was asked to sync. */
export interface SyncStart {
  year: FiscalYearId
  sync: SyncState | null
  error: WireError | null
}

/** What an upload of a SIE file led to. `held`: read, checked and waiting for the user's answer to the questions. */
export interface UploadResult {
  state: 'read_in' | 'unchanged' | 'held'
  upload: string
  year: FiscalYearId
  counts: Counts
  findings: Finding[]
}

/** A voucher with rows and documents. */
export interface VoucherDetail {
  voucher: Voucher | null
  /** Fortnox' own view of this voucher number; compare when the source is `sie`. */
  fortnox: FortnoxVoucherFacts | null
  documents: DocumentEntry[]
  /** True when the ledger came from a SIE file and Fortnox' voucher of that number differs. */
  differs: boolean
}

/**
 * A year's index, compact: one line per voucher,
 * `[series, number, occurrence, date, amount, documents, flags]`; `amount` öre, sum of debit TRANS rows; `flags` bit 1:
 * differs from Fortnox, bit 2: known to Fortnox only (not in the ledger).
 */
export type IndexLine = [
  series: string,
  number: string,
  occurrence: number,
  date: IsoDate | null,
  amount: number | null,
  documents: number,
  flags: number,
]
export const indexFlag = { differs: 1, fortnoxOnly: 2 } as const

export interface YearIndex {
  year: FiscalYearId
  version: string
  source: LedgerSource | null
  documentsAt: number | null
  lines: IndexLine[]
}

export interface VoucherPage {
  vouchers: VoucherSummary[]
  total: number
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null
}

export interface AccountRow {
  series: string
  number: string
  occurrence: number
  date: IsoDate
  text: string
  amount: number
}

export interface AccountBalance {
  account: string
  name: string | null
  /** Opening balance, öre. */
  opening: number
  /** Sum of TRANS rows per month, `[YYYY-MM, öre]`. */
  months: [string, number][]
  closing: number
}

/** Answer headers of the document call, readable by the extension. */
export const documentHeaders = {
  /** Percent-encoded file name with extension. */
  name: 'x-underlag-name',
  origin: 'x-underlag-origin',
  /** When Fortnox gave the bytes, ms since 1970. */
  fetchedAt: 'x-underlag-fetched-at',
} as const

/** The types of documents that are ever shown; everything else may only be saved. By magic number, never by name. */
export const shownTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const
export type ShownType = (typeof shownTypes)[number]

/** The key of a member's device cache: 32 bytes, base64url. Lives in `storage.session` only. */
export interface CacheKey {
  key: string
}
