import { type Endpoint, endpoints } from '../../edge/fortnox/allow-list.ts'
import { exchangeCode } from '../../edge/fortnox/authorise.ts'
import { proxied } from '../../edge/fortnox/proxied.ts'
import type { DocumentEntry } from '../../shared/ledger/types.ts'
import { defaultScopes, type FilePlace } from '../fortnox/index.ts'
import { type Bench, type BenchOptions, config } from './bench.ts'
import { differences } from './ledger.ts'

/** What one call came to: `right`, or the code of the error that it ended with. Throws when it left something wrong. */
export type Outcome = string

/** One call that the client makes, and how to bring it about. */
export interface Call {
  /** Path of the request, as a fault takes it. */
  path: string
  options?: BenchOptions
  /** What is needed before the fault is set. */
  prepare?: (bench: Bench) => Promise<unknown>
  /** Makes the call. `prepared` is what `prepare` gave. */
  make: (bench: Bench, prepared: unknown) => Promise<Outcome>
}

const pathPattern = (endpoint: Endpoint) => endpoints[endpoint].path.replace(/:\w+/g, '*')

async function synced(bench: Bench): Promise<Outcome> {
  const before = bench.kept
  const code = await bench.syncOnce()
  if (code !== null) {
    if (bench.kept !== before) throw new Error('a failed sync changed what was kept')
    return code
  }
  const wrong = differences(bench.kept!, bench.sandbox.truth(bench.tenant))
  if (wrong.length === 0) return 'right'
  // Somebody unlinked a file after its list was read: true then, and mended by the next sync.
  const changed = bench.sandbox.faults().some(({ kind }) => kind === 'unlink-file')
  if (!changed || wrong.some((one) => !/which is none of its own$/.test(one)))
    throw new Error(wrong.join('\n'))
  bench.sandbox.clearFaults()
  if ((await synced(bench)) !== 'right') throw new Error('not mended by the next sync')
  return 'right at the next sync'
}

function inSync(endpoint: Endpoint, options?: BenchOptions): Call {
  return { path: pathPattern(endpoint), make: synced, ...(options ? { options } : {}) }
}

const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

async function bytesOf(bench: Bench, entry: DocumentEntry): Promise<Uint8Array> {
  const { body } = await bench.fortnox('person').document(entry)
  return new Uint8Array(await new Response(body).arrayBuffer())
}

/** A document of which only this address gives the bytes, fetched as a person does: again when it was interrupted. */
function document(
  endpoint: Endpoint,
  pick: (entry: DocumentEntry, place: FilePlace | null) => boolean,
): Call {
  return {
    path: pathPattern(endpoint),
    async prepare(bench) {
      await bench.syncOnce()
      const { files } = bench.sandbox.company(bench.tenant).books
      const entry = bench
        .kept!.documents.flatMap(({ documents }) => documents)
        .find((one) => pick(one, files.get(/^file\.(.+)$/.exec(one.id)?.[1] ?? '')?.place ?? null))
      if (!entry) throw new Error(`no document for ${endpoint}`)
      const bytes = await bench.clock.run(bytesOf(bench, entry))
      return { entry, bytes }
    },
    async make(bench, prepared) {
      const { entry, bytes } = prepared as { entry: DocumentEntry; bytes: Uint8Array }
      const got = await bench.clock.run(bytesOf(bench, entry)).catch(async (error) => {
        // Never half kept: once nothing is in the way, the same document comes whole.
        const faults = bench.sandbox.faults()
        bench.sandbox.clearFaults()
        if (faults.some(({ kind }) => kind === 'consent-revoked')) throw error
        if (!equal(await bench.clock.run(bytesOf(bench, entry)), bytes))
          throw new Error('other bytes the next time')
        throw error
      })
      if (!equal(got, bytes)) throw new Error(`other bytes: ${got.length} instead of ${bytes.length}`)
      return 'right'
    },
  }
}

/** A read that the extension makes through the proxy. */
function through(endpoint: Endpoint, path: (bench: Bench) => string): Call {
  const read = async (bench: Bench) => {
    const [at, query = ''] = path(bench).split('?')
    const response = await proxied(bench.deps('person'), at!, new URLSearchParams(query))
    return response.text()
  }
  return {
    path: pathPattern(endpoint),
    prepare: (bench) => bench.clock.run(read(bench)),
    async make(bench, prepared) {
      const text = await bench.clock.run(read(bench))
      if (text !== prepared) throw new Error(`another answer: ${text.slice(0, 200)}`)
      return 'right'
    },
  }
}

const first = (bench: Bench) => bench.sandbox.company(bench.tenant).books

/** Approval by the administrator, the code in hand. */
const exchange: Omit<Call, 'path'> = {
  prepare: async (bench) => {
    const url = new URL('/oauth-v1/auth', config.authOrigin)
    url.search = new URLSearchParams({
      client_id: config.clientId,
      response_type: 'code',
      state: 'state',
      scope: defaultScopes.join(' '),
      redirect_uri: config.redirectUri,
      account_type: 'service',
    }).toString()
    return bench.sandbox.approve(url, { tenant: bench.tenant })!.searchParams.get('code')
  },
  make: async (bench, code) => {
    const approval = await bench.clock.run(
      exchangeCode(bench.variables(), String(code), { fetch: bench.fetch, clock: bench.clock }),
    )
    if (approval.company.tenant !== bench.tenant) throw new Error('another company')
    return 'right'
  },
}

const blindPayments: BenchOptions = {
  settings: { sharedPaymentReference: 'empty', supplierInvoiceVouchers: 'own' },
}

/** Every call, by name: each endpoint of the allow-list once, and those of the authorization server. */
export const calls: Record<Endpoint | 'renewal' | 'exchange' | 'exchangeCompany' | 'revocation', Call> = {
  years: inSync('years'),
  vouchers: inSync('vouchers'),
  voucherFiles: inSync('voucherFiles'),
  supplierInvoices: inSync('supplierInvoices'),
  supplierInvoiceFiles: inSync('supplierInvoiceFiles'),
  supplierPayments: inSync('supplierPayments'),
  supplierPayment: inSync('supplierPayment', blindPayments),
  customerInvoices: inSync('customerInvoices'),
  customerPayments: inSync('customerPayments'),
  customerPayment: inSync('customerPayment', blindPayments),
  supplierInvoiceAccruals: inSync('supplierInvoiceAccruals', { settings: { accrualReference: 'empty' } }),
  customerInvoiceAccruals: inSync('customerInvoiceAccruals', { settings: { accrualReference: 'empty' } }),
  attachments: inSync('attachments'),
  attachmentCounts: inSync('attachmentCounts'),
  sie: inSync('sie'),
  archiveFile: document('archiveFile', (_, place) => place === 'archive'),
  archiveByFileId: document('archiveByFileId', (_, place) => place === 'fileid'),
  inboxFile: document('inboxFile', (_, place) => place === 'inbox'),
  customerInvoicePdf: document('customerInvoicePdf', (entry) => entry.rendered),
  inboxByFileId: through(
    'inboxByFileId',
    (bench) =>
      `/3/inbox?fileid=${[...first(bench).files.values()].find(({ place }) => place === 'inbox')!.id}`,
  ),
  voucher: through('voucher', ({ year }) => `/3/vouchers/A/1?financialyear=${year}`),
  supplierInvoice: through(
    'supplierInvoice',
    (bench) => `/3/supplierinvoices/${[...first(bench).supplierInvoices.values()][0]!.givenNumber}`,
  ),
  customerInvoice: through(
    'customerInvoice',
    (bench) => `/3/invoices/${[...first(bench).customerInvoices.values()][0]!.documentNumber}`,
  ),
  company: through('company', () => '/3/companyinformation'),
  accounts: through('accounts', ({ year }) => `/3/accounts?financialyear=${year}&limit=500`),

  renewal: {
    path: '/oauth-v1/token',
    prepare: (bench) => bench.clock.advance(2 * 3_600_000),
    make: synced,
  },
  exchange: { path: '/oauth-v1/token', ...exchange },
  exchangeCompany: { path: '/3/companyinformation', ...exchange },
  revocation: {
    path: '/oauth-v1/revoke',
    make: async (bench) => {
      await bench.clock.run(bench.core.forget(bench.tenant))
      if (bench.store.state.token !== null || bench.copy.tokens.size > 0) throw new Error('tokens are left')
      return 'right'
    },
  },
}
