import type {
  AccountBalance,
  AccountRow,
  Counts,
  Finding,
  VoucherPage,
  YearIndex,
} from '../../shared/contract/types.ts'
import type { WireError } from '../../shared/errors.ts'
import type {
  FiscalYearId,
  FortnoxVoucherFacts,
  LedgerSource,
  Voucher,
  VoucherDocuments,
} from '../../shared/ledger/types.ts'

/** One fiscal year's books of one integration (firm + company). The ledger is never shared between firms. */
export interface BooksKey {
  integration: string
  year: FiscalYearId
}

/** The year's own record, as the ledger keeps it. */
export interface Books extends BooksKey {
  source: LedgerSource | null
  file: { name: string; sha256: string; by: string; at: number } | null
  counts: Counts
  ledgerAt: number | null
  documentsAt: number | null
  version: string
  findings: Finding[]
  /** Fortnox' id of the year; null until Fortnox was asked. Never leaves the edge. */
  fortnoxYear: number | null
}

export interface ReadInOptions {
  source: LedgerSource
  /** Bytes of a SIE file; read once, never held whole. Best a stream that fills a given buffer, as a body does. */
  bytes: ReadableStream<Uint8Array>
  /** The bytes are gzip: decompressed on the way. A broken one refuses with `sie_truncated`. */
  gzip?: boolean
  /** The most that the file may hold once decompressed, bytes; more refuses with `too_large`. */
  limit?: number
  file?: { name: string; by: string }
  /** Refused with `sie_other_company` when the file has another number; a file without one raises a question. */
  organisationNumber: string
  /** Fortnox' own count of vouchers; a difference refuses with `ledger_incomplete`. */
  expectedVouchers?: number
  /** `ask`: questions hold the generation back until confirmed. `accept`: they become findings (Fortnox' own ledger). */
  questions: 'ask' | 'accept'
  onProgress?: (vouchers: number) => void
}

export interface ReadInResult {
  state: 'read_in' | 'unchanged' | 'held'
  /** Names the held generation in `confirm` and `discard`. */
  upload: string
  counts: Counts
  findings: Finding[]
  /** D1 rows written by this read-in, all indexes counted; what changed, in vouchers. */
  written: number
  changed: number
}

export interface VoucherQuery {
  documents?: 'with' | 'without' | undefined
  series?: string | undefined
  account?: string | undefined
  text?: string | undefined
  from?: string | undefined
  to?: string | undefined
  amount?: number | undefined
  limit: number
  cursor?: string | undefined
}

/**
 * The ledger of many companies in one D1 database. There will be more than one database; the caller says which.
 * Every change is one step: a reader sees the old year or the new one (DESIGN 4).
 */
export interface Ledger {
  books(integration: string): Promise<Books[]>
  /** One year, or null if nothing was ever kept for it. */
  year(key: BooksKey): Promise<Books | null>
  /** Remembers Fortnox' id of a year. */
  setFortnoxYear(key: BooksKey, fortnoxYear: number): Promise<void>

  readIn(key: BooksKey, options: ReadInOptions): Promise<ReadInResult>
  /** "Läs in ändå": switches to a held generation; `upload_unknown`, or `ledger_changed_meanwhile`. */
  confirm(key: BooksKey, upload: string): Promise<ReadInResult>
  discard(key: BooksKey, upload: string): Promise<void>
  /** Removes generations that were never switched to and are older than `olderThan` (ms since 1970). */
  sweep(olderThan: number): Promise<number>

  /** Replaces the year's documents' index; writes only what differs. */
  replaceDocuments(
    key: BooksKey,
    documents: AsyncIterable<VoucherDocuments> | Iterable<VoucherDocuments>,
  ): Promise<{ written: number; changed: number; documents: number; vouchers: number }>

  voucher(key: BooksKey, voucherKey: string): Promise<Voucher | null>
  documents(key: BooksKey, series: string, number: string): Promise<VoucherDocuments | null>
  /** The document and the voucher facts it came with, or null: the only ids whose bytes may be fetched. */
  document(
    key: BooksKey,
    documentId: string,
  ): Promise<{ entry: VoucherDocuments['documents'][number]; fortnox: FortnoxVoucherFacts } | null>
  vouchers(key: BooksKey, query: VoucherQuery): Promise<VoucherPage>
  accountRows(key: BooksKey, account: string): Promise<AccountRow[]>
  balances(key: BooksKey): Promise<AccountBalance[]>
  index(key: BooksKey): Promise<YearIndex>
  /** The whole year as SIE-4E, CP437, CRLF, every kept record kind. `ledger_empty` when there is none. */
  sie(key: BooksKey): Promise<ReadableStream<Uint8Array>>

  // --- the runs' own records -----------------------------------------------------------------------------------------
  /** Claims the year for a run; null when another run holds it and is alive. */
  startSync(
    key: BooksKey,
    run: { id: string; ledger: 'fetch' | 'keep'; by: string },
  ): Promise<SyncRecord | null>
  progress(
    run: string,
    progress: { phase: SyncRecord['phase']; done: number; total: number | null },
  ): Promise<void>
  endSync(run: string, outcome: { changed: SyncRecord['changed'] } | { error: WireError }): Promise<void>
  sync(run: string): Promise<SyncRecord | null>
  /** Per year the run under way, or the last one. */
  syncs(integration: string): Promise<SyncRecord[]>
}

export interface SyncRecord extends BooksKey {
  id: string
  state: 'running' | 'done' | 'failed'
  ledger: 'fetch' | 'keep'
  by: string
  phase: 'waiting' | 'years' | 'ledger' | 'documents' | 'saving' | 'done'
  done: number
  total: number | null
  startedAt: number
  endedAt: number | null
  error: WireError | null
  changed: { vouchers: number; documents: number } | null
}
