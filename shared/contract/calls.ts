import * as v from 'valibot'
import { normaliseOrganisationNumber } from '../ledger/organisation-number.ts'
import type { Call, Method } from './call.ts'
import type {
  AccountBalance,
  AccountRow,
  CacheKey,
  CompanyState,
  ConsentLink,
  Session,
  SyncStart,
  SyncState,
  UploadResult,
  VoucherDetail,
  VoucherPage,
  YearIndex,
  YearState,
} from './types.ts'

const organisationNumber = v.pipe(
  v.string(),
  v.check((input) => normaliseOrganisationNumber(input) === input, 'ten digits with a right check digit'),
)
const isoDate = v.pipe(v.string(), v.isoDate())
const yearId = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}$/))
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/))
const count = (max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1), v.maxValue(max))
const oere = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))

const nothing = v.object({})
const company = v.object({ company: organisationNumber })
const year = v.object({ company: organisationNumber, year: yearId })

interface Spec<P extends v.GenericSchema, Q extends v.GenericSchema, B extends v.GenericSchema> {
  params?: P
  query?: Q
  body?: B
  upload?: boolean
  answer?: 'json' | 'bytes'
}

/** `call<Answer>()('GET', path, spec)`: two steps, so that `Answer` is given and the schemas are inferred. */
function call<Answer>() {
  return <
    P extends v.GenericSchema = typeof nothing,
    Q extends v.GenericSchema = typeof nothing,
    B extends v.GenericSchema = typeof nothing,
  >(
    method: Method,
    path: string,
    spec: Spec<P, Q, B> = {},
  ): Call<P, Q, B, Answer> => ({
    method,
    path,
    params: spec.params ?? (nothing as unknown as P),
    query: spec.query ?? (nothing as unknown as Q),
    body: spec.body ?? null,
    upload: spec.upload ?? false,
    answer: spec.answer ?? 'json',
  })
}

/** Every call between extension and edge. The edge has exactly one handler for each (the architecture test counts). */
export const calls = {
  /** Who is signed in. */
  session: call<Session>()('GET', '/api/session'),
  /** Ends the session at the edge and drops the member's cache keys of this device. */
  signOut: call<null>()('DELETE', '/api/session', { query: v.object({ device: v.optional(id) }) }),
  /** The key for this device's document cache; made at the first call. */
  cacheKey: call<CacheKey>()('PUT', '/api/cache-keys/:device', { params: v.object({ device: id }) }),

  /** All companies that the firm has confirmed. */
  companies: call<CompanyState[]>()('GET', '/api/companies'),
  /** One company; `company_not_confirmed` when the firm has not confirmed it. */
  company: call<CompanyState>()('GET', '/api/companies/:company', { params: company }),
  /** A member confirms name and organisation number; repeating it changes the name. */
  confirmCompany: call<CompanyState>()('PUT', '/api/companies/:company', {
    params: company,
    body: v.object({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) }),
  }),
  /** "Aktivera": the consent link that holds, or a new one. */
  createConsentLink: call<ConsentLink>()('POST', '/api/companies/:company/consent-link', { params: company }),
  /** "Återkalla". */
  withdrawConsentLink: call<null>()('DELETE', '/api/companies/:company/consent-link', { params: company }),
  /** Ends the integration; the ledger stays. Tokens are revoked when no other firm uses the connection. */
  disconnect: call<CompanyState>()('DELETE', '/api/companies/:company/integration', { params: company }),

  /** Starts one sync per year. `fetch`: ledger and documents; `keep`: documents only. Years run at once answer `sync_running`. */
  startSync: call<SyncStart[]>()('POST', '/api/companies/:company/syncs', {
    params: company,
    body: v.object({
      years: v.pipe(
        v.array(v.object({ from: isoDate, to: isoDate, ledger: v.picklist(['fetch', 'keep']) })),
        v.minLength(1),
        v.maxLength(20),
      ),
    }),
  }),
  sync: call<SyncState>()('GET', '/api/companies/:company/syncs/:sync', {
    params: v.object({ company: organisationNumber, sync: id }),
  }),

  /**
   * A SIE file for one year (gzip or plain). Checked before anything changes: `read_in`, `unchanged`, or `held` with
   * questions; errors (`sie_*`) leave all as it was.
   */
  uploadSie: call<UploadResult>()('POST', '/api/companies/:company/years/:year/sie', {
    params: year,
    query: v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)) }),
    upload: true,
  }),
  /** "Läs in ändå". */
  confirmUpload: call<UploadResult>()('POST', '/api/companies/:company/years/:year/uploads/:upload', {
    params: v.object({ company: organisationNumber, year: yearId, upload: id }),
  }),
  discardUpload: call<null>()('DELETE', '/api/companies/:company/years/:year/uploads/:upload', {
    params: v.object({ company: organisationNumber, year: yearId, upload: id }),
  }),

  /** The whole year as a SIE-4E file (CP437). */
  ledgerSie: call<never>()('GET', '/api/companies/:company/years/:year/sie', {
    params: year,
    answer: 'bytes',
  }),
  year: call<YearState>()('GET', '/api/companies/:company/years/:year', { params: year }),
  /** The year's compact index. With `version` equal to the current one: 304 without a body (the client answers null). */
  yearIndex: call<YearIndex | null>()('GET', '/api/companies/:company/years/:year/index', {
    params: year,
    query: v.object({ version: v.optional(v.string()) }),
  }),
  vouchers: call<VoucherPage>()('GET', '/api/companies/:company/years/:year/vouchers', {
    params: year,
    query: v.object({
      /** Only those with (`with`) or without (`without`) documents. */
      documents: v.optional(v.picklist(['with', 'without'])),
      series: v.optional(v.pipe(v.string(), v.maxLength(20))),
      account: v.optional(v.pipe(v.string(), v.maxLength(20))),
      text: v.optional(v.pipe(v.string(), v.maxLength(100))),
      from: v.optional(isoDate),
      to: v.optional(isoDate),
      /** Some TRANS row has this absolute amount, öre. */
      amount: v.optional(oere),
      limit: v.optional(count(500), '100'),
      cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
  }),
  voucher: call<VoucherDetail>()('GET', '/api/companies/:company/years/:year/vouchers/:voucher', {
    params: v.object({
      company: organisationNumber,
      year: yearId,
      voucher: v.pipe(v.string(), v.maxLength(200)),
    }),
  }),
  accountRows: call<AccountRow[]>()('GET', '/api/companies/:company/years/:year/accounts/:account', {
    params: v.object({
      company: organisationNumber,
      year: yearId,
      account: v.pipe(v.string(), v.maxLength(20)),
    }),
  }),
  balances: call<AccountBalance[]>()('GET', '/api/companies/:company/years/:year/balances', { params: year }),

  /**
   * A document's bytes, streamed; only ids in the company's index. Headers: `documentHeaders`. `bulk`: a year's documents
   * one after another, after everybody else and on at most half the rate budget.
   */
  document: call<never>()('GET', '/api/companies/:company/years/:year/documents/:document', {
    params: v.object({
      company: organisationNumber,
      year: yearId,
      document: v.pipe(v.string(), v.regex(/^[\w.-]{1,200}$/)),
    }),
    query: v.object({ priority: v.optional(v.picklist(['person', 'prefetch', 'bulk']), 'person') }),
    answer: 'bytes',
  }),
} as const

export type CallName = keyof typeof calls
