import type { WireError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { Pace } from './pace.ts'

/**
 * One year being made available: what outlives the background and the browser. Counts are of vouchers that are done
 * with; a voucher that was under way is begun anew, and what it has in the cache is not fetched again.
 */
export interface Job {
  company: string
  year: FiscalYearId
  /** Who asked: what this member's key sealed is nobody else's. */
  member: string
  /** Tells this job from an earlier or later one of the same year. ms since 1970. */
  startedAt: number
  /** `running`: whenever the browser runs. `paused`: the member's word. `stopped`: see `error`. `done`: all is there. */
  state: 'running' | 'paused' | 'stopped' | 'done'
  /** Why it stopped, or, while it runs, why it waits. */
  error: WireError | null
  /** When it tries again, ms since 1970; null: it does not wait. */
  retryAt: number | null
  /** Tries of one document or of the index that failed in a row. */
  failures: number
  /** How often the voucher at `next` was begun and neither ended nor failed: the background was ended meanwhile. */
  begun: number
  /** The index that `next` counts in; null before the first. */
  version: string | null
  /** Vouchers with documents that are done with, in the index's order. */
  next: number
  /** Documents of those vouchers, and of all; null before the index is known. */
  done: number
  total: number | null
  /** Bytes of the documents that are here. */
  bytes: number
  /** Documents that Fortnox does not hand out, or that are too large to be kept. */
  missing: number
  pace: Pace
}
