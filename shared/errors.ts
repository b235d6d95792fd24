/**
 * Every error that a person or a client can meet has one stable code. What it means in Swedish and English stands in
 * `shared/text/errors.ts`; a code without a text does not compile.
 */
export const errorCodes = [
  // session and access
  'not_signed_in',
  'sign_in_failed',
  'forbidden',
  'not_found',
  'bad_request',
  'too_large',
  'internal',
  'edge_unreachable',
  // company and consent
  'organisation_number_invalid',
  'company_not_confirmed',
  'consent_link_unknown',
  'consent_link_expired',
  'consent_link_withdrawn',
  'consent_link_used',
  'consent_state_invalid',
  'consent_denied',
  'consent_no_answer',
  'consent_failed',
  'missing_integration_licence',
  'missing_system_administrator',
  'missing_bookkeeping',
  'wrong_company',
  'company_without_number',
  // connection and Fortnox
  'connection_inactive',
  'connection_broken',
  'consent_revoked',
  'fortnox_unreachable',
  'fortnox_rate_limited',
  'fortnox_bad_answer',
  'fortnox_year_missing',
  'fortnox_scope_missing',
  'fortnox_licence_missing',
  'fortnox_not_found',
  // ledger
  'sie_not_sie',
  'sie_truncated',
  'sie_control_sum',
  'sie_unreadable',
  'sie_without_vouchers',
  'sie_other_company',
  'sie_other_year',
  'ledger_empty',
  'ledger_incomplete',
  'ledger_changed_meanwhile',
  'upload_unknown',
  'sync_running',
  'sync_failed',
  // documents
  'document_gone',
  'document_no_permission',
  'document_type_unsupported',
  'document_too_large',
  'document_too_complex',
  'document_interrupted',
  'document_encrypted',
  'document_broken',
  'cache_full',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Facts for the error's sentence: numbers, names, dates. Never a token, never another company's data. */
export type ErrorData = Record<string, string | number | boolean | null>

/** An error with a stable code. `cause` and `message` stay inside; only `code` and `data` go on the wire. */
export class UnderlagError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData
  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown; message?: string }) {
    super(options?.message ?? code, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'UnderlagError'
    this.code = code
    this.data = data
  }
}

/** What an error looks like on the wire and in messages between the extension's parts. */
export interface WireError {
  code: ErrorCode
  data: ErrorData
}

/** Any thrown value as a wire error; what is not ours becomes `internal` and says nothing more. */
export function toWireError(error: unknown): WireError {
  return error instanceof UnderlagError
    ? { code: error.code, data: error.data }
    : { code: 'internal', data: {} }
}

/** The HTTP status that the edge answers with for each code. */
export function statusOf(
  code: ErrorCode,
): 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 502 | 503 {
  switch (code) {
    case 'not_signed_in':
    case 'sign_in_failed':
      return 401
    case 'forbidden':
    case 'document_no_permission':
      return 403
    case 'not_found':
    case 'consent_link_unknown':
    case 'fortnox_not_found':
    case 'fortnox_year_missing':
    case 'upload_unknown':
    case 'ledger_empty':
      return 404
    case 'document_gone':
    case 'consent_link_expired':
    case 'consent_link_withdrawn':
    case 'consent_link_used':
      return 410
    case 'too_large':
    case 'document_too_large':
      return 413
    case 'company_not_confirmed':
    case 'connection_inactive':
    case 'connection_broken':
    case 'consent_revoked':
    case 'sync_running':
    case 'ledger_changed_meanwhile':
      return 409
    case 'fortnox_rate_limited':
      return 429
    case 'fortnox_unreachable':
    case 'edge_unreachable':
      return 503
    case 'fortnox_bad_answer':
    case 'fortnox_scope_missing':
    case 'fortnox_licence_missing':
    case 'document_interrupted':
      return 502
    case 'internal':
    case 'sync_failed':
      return 500
    case 'bad_request':
    case 'organisation_number_invalid':
      return 400
    default:
      return 422
  }
}
