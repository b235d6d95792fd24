import { defineExtensionMessaging } from '@webext-core/messaging'
import type {
  CompanyState,
  ConsentLink,
  Session,
  SyncStart,
  SyncState,
  UploadResult,
  VoucherDetail,
  VoucherPage,
} from '../../shared/contract/types.ts'
import { UnderlagError, type WireError } from '../../shared/errors.ts'
import type { FiscalYearId, IsoDate } from '../../shared/ledger/types.ts'

/**
 * Every message between the extension's parts, in one table. Content scripts and extension pages ask; the background
 * answers and alone speaks with the edge and opens IndexedDB. There is no general fetch, and each handler checks the
 * sender: a message from a content script may only do what a page's user may.
 *
 * An answer is a value or a `Failure`: errors do not survive message passing, codes do.
 */
export type Failure = { error: WireError }
export type Answer<T> = { value: T } | Failure

/** A voucher as a page shows it. What the page does not show is null; the background never guesses. */
export interface RowQuery {
  series: string | null
  number: string
  /** The row's date, if it shows one. */
  date: IsoDate | null
  /** An amount that the row shows, öre, sign as shown. */
  amount: number | null
  /** Whether that amount is the whole voucher's or one of its rows'. */
  amountIs: 'voucher' | 'row'
  /** The year, when the voucher names it ("A 123/2024"), or the page or the user has said it and the row has no date. */
  year: FiscalYearId | null
}

/**
 * What the background knows of a row.
 * - `known`: one voucher, its key and how many documents (0: synced and has none).
 * - `ambiguous`: the number fits several vouchers (keys in the year's order).
 * - `year_unknown`: no date, no year from page or user: show "?".
 * - `not_synced`: the year has no documents' index yet.
 * - `unknown`: the year is synced and has no such voucher.
 */
export type RowAnswer =
  | {
      state: 'known'
      year: FiscalYearId
      key: string
      documents: number
      /** "stämmer inte med Fortnox": a SIE ledger's voucher differs from Fortnox' of that number. */
      differs: boolean
      /** The row's own date or amount does not agree with the voucher. */
      mismatch: 'date' | 'amount' | null
    }
  | { state: 'ambiguous'; year: FiscalYearId; keys: string[]; documents: number }
  | { state: 'year_unknown' }
  | { state: 'not_synced'; year: FiscalYearId | null }
  | { state: 'unknown'; year: FiscalYearId }

export interface RowAnswers {
  /** Null when the company is not activated by the firm: then no buttons at all. */
  rows: RowAnswer[] | null
  /** `broken`: the connection; the counts are from the cache. */
  connection: 'active' | 'broken' | 'offline'
  /** When the oldest index used was fetched, ms since 1970: "per hh:mm". */
  asOf: number | null
}

/** What the document window is to show. */
export interface ShowRequest {
  company: string
  year: FiscalYearId
  /** Voucher key; several when the number is ambiguous. */
  keys: string[]
  /** Why the row may not be trusted, as the row's answer said. */
  mismatch: 'date' | 'amount' | null
  /** Keys of the neighbouring vouchers in the page's order, nearest first, for prefetching. */
  neighbours: string[]
  /** `preview`: shown by hover, never takes focus. `prefetch`: nothing is shown; the warm frame fetches and draws ahead. */
  mode: 'window' | 'preview' | 'prefetch'
}

/** What the frame gets for its handle. */
export interface ShowPayload extends ShowRequest {
  /** The content script's place: commands go back there. */
  tab: number
  frame: number
  /** From the cache; null until fetched: the frame asks `voucherDetail` itself then. */
  detail: VoucherView | null
  /** Page 1 of the first document as it was drawn last time, painted first. */
  picture: PagePicture | null
}

/** A voucher's detail, whether it came from the cache, and when its year's documents were last fetched from Fortnox. */
export type VoucherView = VoucherDetail & { fromCache: boolean; documentsAt: number | null }

/** A document's first page as a picture, kept in the cache beside its bytes. */
export interface PagePicture {
  document: string
  /** JPEG. Bytes, not a Blob: they are decoded without another way to the browser process and back. */
  bytes: ArrayBuffer
  /** Page 1's size at scale 1, CSS pixels, and how many pages the document has. */
  width: number
  height: number
  pages: number
}

/**
 * From the content script to the warm frame, by `postMessage` to the extension's origin once the frame has loaded:
 * show what the handle stands for, or stop showing and stay warm. Nothing goes the other way: the frame asks for
 * `commandPage`.
 */
export type FrameMessage = { underlag: 'show'; handle: string } | { underlag: 'hide' }

/** What the frame asks the page's content script to do. */
export type WindowCommand =
  | { type: 'close' }
  /** Next or previous voucher in the page's order; the content script scrolls and hands a new handle. */
  | { type: 'voucher'; step: 1 | -1 }
  | { type: 'dock'; side: 'right' | 'left' | 'bottom' | 'float' }
  | { type: 'resize'; width: number; height: number }
  /** Pointer is inside a preview: keep it; `false`: it left. */
  | { type: 'hold'; held: boolean }

export interface DocumentBytes {
  /** Whole and checked, or it is an error. Null: larger than is shown ({@link mostShown}); it comes when it is saved. */
  blob: Blob | null
  size: number
  /** By magic number; `application/octet-stream` is only ever saved. */
  type: string
  /** File name with extension. */
  name: string
  fetchedAt: number
  fromCache: boolean
}

/** A document's name among all companies' documents: ids are Fortnox' own, one company's. */
export function documentName(company: string, document: string): string {
  return `${company}/${document}`
}

/** How a document is sent: a small one as its bytes, which a blob would have to be read for once more. */
export type SentDocument = DocumentBytes & { bytes: ArrayBuffer | null }

/** The largest document that is shown and kept in the cache, bytes. */
export const mostShown = 60_000_000

/** Chrome takes messages of 64 MiB; a larger document comes in parts. */
export const partLength = 16_000_000

/** Which of a year's vouchers; what is absent filters nothing. */
export interface VoucherFilter {
  documents?: 'with' | 'without'
  account?: string
  text?: string
  from?: IsoDate
  to?: IsoDate
  /** Some row has this amount, öre, whatever its sign. */
  amount?: number
}

/** What the document cache holds on this device. Bytes include pictures, indexes and voucher details. */
export interface CacheUsage {
  bytes: number
  documents: number
  limit: number
}

/** A year that is or was made available ahead, as a page shows it; see features/year-at-hand. */
export interface YearAtHand {
  company: string
  year: FiscalYearId
  /** The year's version that is or was fetched; null before it is known. Another one since: there may be more. */
  version: string | null
  /** `queued`: another year is before it. `waiting`: it tries again at `retryAt`. */
  state: 'queued' | 'running' | 'waiting' | 'paused' | 'stopped' | 'done'
  done: number
  total: number | null
  bytes: number
  missing: number
  /** By measured pace; null until enough is measured. */
  remainingMs: number | null
  error: WireError | null
  retryAt: number | null
}

/** What a member may do with a year. */
export type YearAction = 'start' | 'pause' | 'resume' | 'cancel'

/** What the member has said of a site and of this tab; see features/site-access. */
export interface SiteMemory {
  /** The company of this site, when the page itself names none. */
  company: string | null
  /** Columns that the member pointed at. */
  columns: ColumnHint[]
  /** The fiscal year that was asked for once in this tab, per company. */
  years: Record<string, FiscalYearId>
  /** Where the document window stands, on every site. */
  window: WindowPlace
}

export interface WindowPlace {
  side: 'right' | 'left' | 'bottom' | 'float'
  /** CSS pixels; the side decides which of the two counts. */
  width: number
  height: number
}

/** "The voucher is in this column", for a table that is known again by its headers. */
export interface ColumnHint {
  /** The table's header texts, joined. */
  headers: string
  role: 'voucher' | 'series' | 'date' | 'amount' | 'none'
  column: number
}

/** What the toolbar popup asks the page's content script. */
export interface PageState {
  adapter: string
  company: { organisationNumber: string; name: string | null; from: 'page' | 'site' } | null
  tables: number
  rows: number
  /** Vouchers of the page that are known to have no documents. */
  withoutDocuments: number
}

/** Background to content scripts: what they know has changed. */
export type PageNews =
  | { type: 'session' }
  | { type: 'company'; company: string }
  | { type: 'site' }
  /** The member has turned the site of this match pattern off. */
  | { type: 'off'; pattern: string }

/** From the toolbar popup to the page. */
export type PageCommand =
  | { type: 'pick-column' }
  | { type: 'focus-row' }
  | { type: 'next-without-documents' }
  | { type: 'company'; company: string | null }

export interface ExtensionProtocol {
  // --- session -----------------------------------------------------------------------------------------------------
  session(): Answer<Session | null>
  signIn(): Answer<Session>
  signOut(): Answer<null>

  // --- company -----------------------------------------------------------------------------------------------------
  /** The company's state from the edge; value null when the firm has not confirmed it. */
  company(input: { company: string }): Answer<CompanyState | null>
  companies(): Answer<CompanyState[]>
  confirmCompany(input: { company: string; name: string }): Answer<CompanyState>
  createConsentLink(input: { company: string }): Answer<ConsentLink>
  withdrawConsentLink(input: { company: string }): Answer<null>
  disconnect(input: { company: string }): Answer<CompanyState>
  startSync(input: {
    company: string
    years: { from: IsoDate; to: IsoDate; ledger: 'fetch' | 'keep' }[]
  }): Answer<SyncStart[]>
  sync(input: { company: string; sync: string }): Answer<SyncState>

  // --- SIE ---------------------------------------------------------------------------------------------------------
  uploadSie(input: { company: string; year: FiscalYearId; name: string; file: Blob }): Answer<UploadResult>
  confirmUpload(input: { company: string; year: FiscalYearId; upload: string }): Answer<UploadResult>
  discardUpload(input: { company: string; year: FiscalYearId; upload: string }): Answer<null>
  ledgerSie(input: { company: string; year: FiscalYearId }): Answer<{ name: string; file: Blob }>

  // --- rows and documents ------------------------------------------------------------------------------------------
  /** One message per flush, at most 500 rows. */
  lookUpRows(input: { company: string; rows: RowQuery[] }): Answer<RowAnswers>
  /** A one-time handle for the frame in this tab. */
  documentHandle(input: ShowRequest): Answer<{ handle: string }>
  /**
   * The frame redeems it, once, from the same tab. `pictures`: those that it has already, `company/document`; they are not
   * sent once more.
   */
  redeemHandle(input: { handle: string; pictures: string[] }): Answer<ShowPayload>
  /** A page of a year's vouchers, for the Underlag page. Amounts öre. */
  vouchers(input: {
    company: string
    year: FiscalYearId
    filter: VoucherFilter
    cursor: string | null
  }): Answer<VoucherPage>
  voucherDetail(input: { company: string; year: FiscalYearId; key: string }): Answer<VoucherView>
  documentBytes(input: {
    company: string
    year: FiscalYearId
    document: string
    priority: 'person' | 'prefetch'
  }): Answer<SentDocument>
  /** A voucher's first document, for a window that does not yet know which one it is; null: it has none. */
  firstDocument(input: {
    company: string
    year: FiscalYearId
    key: string
  }): Answer<(SentDocument & { document: string }) | null>
  /** The bytes of a document longer than {@link partLength}, from `from` on, at most that many. */
  documentPart(input: { company: string; year: FiscalYearId; document: string; from: number }): Answer<Blob>
  documentPicture(input: { company: string; document: string }): Answer<PagePicture | null>
  /** The frame has drawn page 1: kept for the next time. */
  keepPicture(input: { company: string; picture: PagePicture }): Answer<null>
  cacheUsage(): Answer<CacheUsage>
  setCacheLimit(input: { bytes: number }): Answer<CacheUsage>
  clearCache(): Answer<CacheUsage>
  /** The years of a company that are or were made available ahead; null, from the extension's own pages: of all. */
  yearsAtHand(input: { company: string | null }): Answer<YearAtHand[]>
  controlYear(input: { company: string; year: FiscalYearId; action: YearAction }): Answer<YearAtHand[]>
  openOptions(): Answer<null>
  /** From the frame; the background passes it on to the content script as `windowCommand`. */
  commandPage(input: { tab: number; frame: number; command: WindowCommand }): Answer<null>
  // --- pages ---------------------------------------------------------------------------------------------------------
  siteMemory(): Answer<SiteMemory>
  /** A place for the card or the years' controls was met, or something rare was asked for: the background runs its script. */
  loadScript(input: { script: 'panels' | 'asked' }): Answer<null>
  /** Each field that is given replaces the remembered one; a column hint the one of its table and role. */
  rememberSite(input: {
    company?: string | null
    column?: ColumnHint
    year?: { company: string; year: FiscalYearId }
    window?: WindowPlace
  }): Answer<SiteMemory>
  /** Toolbar popup or background to content script. */
  pageState(): PageState
  pageCommand(input: PageCommand): void
  pageNews(input: PageNews): void
  /** Background to content script. */
  windowCommand(input: WindowCommand): void
}

export const { sendMessage, onMessage } = defineExtensionMessaging<ExtensionProtocol>()

/** The value, or throws the failure's error. */
export function unwrap<T>(answer: Answer<T>): T {
  if ('error' in answer) throw new UnderlagError(answer.error.code, answer.error.data)
  return answer.value
}
