import type { MissingPart } from '../../shared/contract/types.ts'
import type { DocumentEntry, IsoDate, VoucherDocuments } from '../../shared/ledger/types.ts'

/**
 * People wait; background work (sync, prefetch) goes after them; bulk (a whole year's documents) last, and never on more
 * than half the rate budget.
 */
export type Priority = 'person' | 'background' | 'bulk'

export interface FortnoxCompany {
  /** DatabaseNumber: names the tenant, the gateway and the connection. */
  tenant: number
  name: string
  /** Ten digits, or null when Fortnox has none that can be read. */
  organisationNumber: string | null
}

export interface FortnoxYear {
  /** Fortnox' own id: not chronological. */
  id: number
  from: IsoDate
  to: IsoDate
  method: 'ACCRUAL' | 'CASH' | null
}

/** The Fortnox of one connection, read-only. Every call may throw `UnderlagError` with a `fortnox_*` or `connection_*` code. */
export interface Fortnox {
  years(): Promise<FortnoxYear[]>
  /** The year's ledger as Fortnox exports it (SIE type 4): bytes, as they come. */
  sie(year: number): Promise<ReadableStream<Uint8Array>>
  /**
   * The documents of every voucher of the year that has any, and the list's own count of vouchers. Reads whole lists
   * (payments refer to earlier years). What a missing licence or scope hides is left out and named in `missing`.
   */
  documents(
    year: FortnoxYear,
    onProgress?: (done: number, total: number | null) => void,
  ): Promise<{ vouchers: number; documents: VoucherDocuments[]; missing: MissingPart[] }>
  /** A document's bytes, streamed, its type taken from the first bytes. `document_gone` etc. */
  document(entry: DocumentEntry, signal?: AbortSignal): Promise<FortnoxDocument>
}

export interface FortnoxDocument {
  body: ReadableStream<Uint8Array>
  /** By magic number; `application/octet-stream` when none that may be shown. */
  type: string
  /** Null when Fortnox did not say. */
  length: number | null
}

/** What an approval gave: who the tokens are for, and the tokens. */
export interface Approval {
  company: FortnoxCompany
  tokens: FortnoxTokens
}

export interface FortnoxTokens {
  accessToken: string
  /** Ms since 1970. */
  expiresAt: number
  /** Null for service accounts (client credentials renew them). */
  refreshToken: string | null
  scope: string[]
  account: 'service' | 'user'
}
