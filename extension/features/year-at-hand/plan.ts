import type { YearIndex } from '../../../shared/contract/types.ts'
import type { ErrorCode, WireError } from '../../../shared/errors.ts'
import { voucherKey } from '../../../shared/ledger/keys.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { YearAtHand } from '../../lib/protocol.ts'
import type { Job } from './job.ts'
import { noPace, remainingTime } from './pace.ts'

/** What is next, when to wait, when to stop: decided here, carried out by the runner. */

/** Fortnox takes 25 requests in 5 s; at most half goes here, and the edge holds to it for what one document costs. */
export const startEvery = 5_000 / 12

/** Kept free of documents: vouchers' rows and pictures of first pages grow meanwhile. Bytes. */
const spared = 2_000_000

const firstWait = 15_000
const longestWait = 15 * 60_000
/** A document whose transfer fails so often in a row is left out; the others may well come. */
const mostFailures = 4

/** A voucher at which the background was ended so often is left out. */
export const mostBegun = 5

/** A voucher with documents. */
export interface DocumentedVoucher {
  key: string
  documents: number
}

/** The vouchers with documents, in the index's order. */
export function documentedVouchers({ lines }: Pick<YearIndex, 'lines'>): DocumentedVoucher[] {
  return lines
    .filter(([, , , , , documents]) => documents > 0)
    .map(([series, number, occurrence, , , documents]) => ({
      key: voucherKey({ series, number, occurrence }),
      documents,
    }))
}

/** A year that was asked for now, and nothing of it known. */
export function newJob(company: string, year: FiscalYearId, member: string, now: number): Job {
  return {
    ...{ company, year, member, startedAt: now, state: 'running', error: null, retryAt: null },
    ...{ failures: 0, begun: 0, version: null, next: 0, done: 0, total: null, bytes: 0, missing: 0 },
    pace: noPace,
  }
}

/** The job counted against an index: from the beginning when it is another one than before. */
export function against(job: Job, version: string, vouchers: readonly DocumentedVoucher[]): Job {
  if (job.version === version) return job
  const total = vouchers.reduce((sum, { documents }) => sum + documents, 0)
  return { ...job, version, next: 0, done: 0, bytes: 0, missing: 0, begun: 0, total }
}

/** How many bytes documents may still take. */
export function roomLeft(usage: { bytes: number; limit: number }): number {
  return Math.max(0, usage.limit - usage.bytes - Math.min(spared, usage.limit / 20))
}

/** Whose turn it is: the oldest that need not wait, else the one that waits least; null when none runs. */
export function nextJob(jobs: readonly Job[], now: number): Job | null {
  const due = ({ retryAt }: Job) => Math.max(retryAt ?? 0, now)
  return (
    jobs
      .filter(({ state }) => state === 'running')
      .sort((a, b) => due(a) - due(b) || a.startedAt - b.startedAt)[0] ?? null
  )
}

/** The connection, not the document: the member or the administrator must do something. */
const stops: ReadonlySet<ErrorCode> = new Set([
  'not_signed_in',
  'sign_in_failed',
  'forbidden',
  'company_not_confirmed',
  'connection_inactive',
  'connection_broken',
  'consent_revoked',
  'missing_integration_licence',
  'bad_request',
  'ledger_empty',
  'cache_full',
])
/** The document, not the connection. */
const leavesOut: ReadonlySet<ErrorCode> = new Set([
  'document_gone',
  'document_no_permission',
  'document_too_large',
  'document_type_unsupported',
  'fortnox_not_found',
  'fortnox_scope_missing',
  'fortnox_licence_missing',
  'not_found',
])
/** What may be the document's own fault, when it comes again and again. */
const suspicious: ReadonlySet<ErrorCode> = new Set(['document_interrupted', 'fortnox_bad_answer', 'internal'])

/** Nothing gets through, or Fortnox stumbles over this one document: another document tells. */
const ambiguous: ReadonlySet<ErrorCode> = new Set(['fortnox_unreachable', 'edge_unreachable'])

/**
 * What to do about a failure: leave the document out, wait until `retryAt`, or stop and say why. `compare`: leave it out
 * if another document comes, else wait.
 */
export type Reaction = { do: 'leave_out' } | { do: 'stop' } | { do: 'wait' | 'compare'; retryAt: number }

/**
 * @param what what failed: a document can be left out, the list of them cannot
 * @param random in [0, 1): browsers that stopped together do not come back together
 */
export function reactTo(
  { code }: WireError,
  what: 'document' | 'list',
  failures: number,
  now: number,
  random: number,
): Reaction {
  if (stops.has(code)) return { do: 'stop' }
  if (what === 'document') {
    if (leavesOut.has(code)) return { do: 'leave_out' }
    if (suspicious.has(code) && failures + 1 >= mostFailures) return { do: 'leave_out' }
  }
  const wait = Math.min(longestWait, firstWait * 2 ** failures)
  const isOften = what === 'document' && failures + 1 >= mostFailures
  return {
    do: isOften && ambiguous.has(code) ? 'compare' : 'wait',
    retryAt: now + wait * (0.75 + random / 2),
  }
}

/** The job as it is shown; `turn`: the one whose turn it is. */
export function shown(job: Job, turn: Job | null, now: number): YearAtHand {
  const { company, year, version, done, total, bytes, missing, error } = job
  const isWaiting = job.retryAt !== null && job.retryAt > now
  const isTurn = turn?.company === company && turn.year === year
  const state = job.state !== 'running' ? job.state : isWaiting ? 'waiting' : isTurn ? 'running' : 'queued'
  return {
    ...{ company, year, version, state, done, total, bytes, missing, error },
    retryAt: state === 'waiting' ? job.retryAt : null,
    remainingMs: state === 'running' && total !== null ? remainingTime(job.pace, total - done) : null,
  }
}
