import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type CallName, calls } from '../../shared/contract/calls.ts'
import type {
  CompanyState,
  SyncState,
  VoucherDetail,
  VoucherPage,
  YearIndex,
  YearState,
} from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { fiscalYearId, voucherKey } from '../../shared/ledger/keys.ts'
import type { VoucherSummary } from '../../shared/ledger/types.ts'

/** What a page test's edge knows. Changed by the test while it runs. */
export interface EdgeWorld {
  companies: Map<string, CompanyState>
  /** By company and year. */
  indexes: Map<string, YearIndex>
  details: Map<string, VoucherDetail>
  documents: Map<string, { type: string; name: string; bytes: Uint8Array }>
  /** Requests by call name, and by call name and document (`document dA45-0`), for counting. */
  asked: Map<string, number>
  down: boolean
}

export interface PageEdge {
  url: string
  world: EdgeWorld
  close(): Promise<void>
}

/**
 * An edge for tests of the extension's pages alone: the real contract over HTTP with a sign-in that says yes, and a world
 * in memory that the test sets up. What the edge itself does is tested where the edge is.
 */
export async function startPageEdge({ host = '127.0.0.1', port = 0 } = {}): Promise<PageEdge> {
  const world: EdgeWorld = {
    companies: new Map(),
    indexes: new Map(),
    details: new Map(),
    documents: new Map(),
    asked: new Map(),
    down: false,
  }
  let url = ''
  const server = createServer((request, response) => {
    if (world.down) {
      request.socket.destroy()
      return
    }
    answer(world, url, request, response).catch((error: unknown) => {
      const known = error instanceof UnderlagError
      send(response, known ? 409 : 500, {
        error: known ? { code: error.code, data: error.data } : { code: 'internal', data: {} },
      })
      if (!known) console.error(error)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  const address = server.address()
  url = `http://${host}:${typeof address === 'object' && address ? address.port : port}`
  return {
    url,
    world,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, status: number, body: unknown): ServerResponse {
  response.writeHead(status, { 'content-type': 'application/json' })
  return response.end(JSON.stringify(body))
}

async function answer(
  world: EdgeWorld,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<unknown> {
  const url = new URL(request.url ?? '/', origin)
  if (url.pathname === '/.well-known/oauth-authorization-server') {
    return send(response, 200, {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    })
  }
  if (url.pathname === '/authorize') {
    const back = new URL(url.searchParams.get('redirect_uri')!)
    back.searchParams.set('code', 'code')
    back.searchParams.set('state', url.searchParams.get('state')!)
    response.writeHead(302, { location: back.href })
    return response.end()
  }
  if (url.pathname === '/token') {
    return send(response, 200, {
      access_token: 'access',
      refresh_token: 'refresh',
      token_type: 'bearer',
      expires_in: 3600,
    })
  }
  for (const [name, call] of Object.entries(calls)) {
    const params = call.method === request.method ? match(call.path, url.pathname) : null
    if (!params) continue
    const counted = params.document ? [name, `${name} ${params.document}`] : [name]
    for (const what of counted) world.asked.set(what, (world.asked.get(what) ?? 0) + 1)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const body = call.upload || bytes.length === 0 ? null : JSON.parse(bytes.toString())
    return respond(world, origin, name as CallName, params, url.searchParams, body, response)
  }
  send(response, 404, { error: { code: 'not_found', data: {} } })
}

function match(path: string, actual: string): Record<string, string> | null {
  const names: string[] = []
  const pattern = path.replace(/:(\w+)/g, (_, name: string) => {
    names.push(name)
    return '([^/]+)'
  })
  const found = new RegExp(`^${pattern}$`).exec(actual)
  return found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1]!)]))
}

function respond(
  world: EdgeWorld,
  origin: string,
  name: CallName,
  params: Record<string, string>,
  query: URLSearchParams,
  body: Record<string, unknown> | null,
  response: ServerResponse,
): ServerResponse {
  const number = params.company ?? ''
  const company = world.companies.get(number)
  if (params.company && !company && name !== 'confirmCompany')
    throw new UnderlagError('company_not_confirmed')
  const inYear = `${number}/${params.year}`
  switch (name) {
    case 'session':
      return send(response, 200, {
        member: { id: 'm1', name: 'Ada Revisor', email: 'ada@byran.example' },
        firm: { id: 'f1', name: 'Byrån Exempel AB' },
      })
    case 'signOut':
      return send(response, 200, null)
    case 'cacheKey':
      return send(response, 200, { key: Buffer.alloc(32, 7).toString('base64url') })
    case 'companies':
      return send(response, 200, [...world.companies.values()])
    case 'company':
      return send(response, 200, company)
    case 'confirmCompany': {
      const made = company ?? companyState(number, String(body?.name))
      made.name = String(body?.name)
      world.companies.set(number, made)
      return send(response, 200, made)
    }
    case 'createConsentLink':
      company!.consentLink ??= { url: `${origin}/consent/abc123`, expiresAt: Date.now() + 14 * 86_400_000 }
      if (company!.state === 'inactive') company!.state = 'pending'
      return send(response, 200, company!.consentLink)
    case 'withdrawConsentLink':
      company!.consentLink = null
      if (company!.state === 'pending') company!.state = 'inactive'
      return send(response, 200, null)
    case 'disconnect':
      company!.state = 'inactive'
      return send(response, 200, company)
    case 'startSync': {
      const years = body!.years as { from: string; to: string; ledger: 'fetch' | 'keep' }[]
      return send(
        response,
        200,
        years.map(({ from, to, ledger }) => {
          const id = fiscalYearId(from, to)
          const year = yearOf(company!, id)
          year.sync = sync(id, ledger)
          return { year: id, sync: year.sync, error: null }
        }),
      )
    }
    case 'sync':
      return send(response, 200, {
        ...sync(company!.years[0]?.id ?? '', 'fetch'),
        id: params.sync,
        state: 'done',
        phase: 'done',
        endedAt: Date.now(),
        changed: { vouchers: 194, documents: 88 },
      })
    case 'uploadSie': {
      const year = yearOf(company!, params.year!)
      year.source = 'sie'
      year.ledgerAt = Date.now()
      return send(response, 200, {
        state: 'read_in',
        upload: 'u1',
        year: params.year,
        counts: year.counts,
        findings: [],
      })
    }
    case 'yearIndex': {
      const index = world.indexes.get(inYear)
      if (!index) throw new UnderlagError('ledger_empty')
      if (query.get('version') === index.version) {
        response.writeHead(304)
        return response.end()
      }
      return send(response, 200, index)
    }
    case 'vouchers': {
      const index = world.indexes.get(inYear)
      if (!index) throw new UnderlagError('ledger_empty')
      return send(response, 200, voucherPage(world, inYear, index, query))
    }
    case 'voucher': {
      const detail = world.details.get(`${inYear}/${params.voucher}`)
      if (!detail) throw new UnderlagError('not_found')
      return send(response, 200, detail)
    }
    case 'document': {
      const document = world.documents.get(params.document ?? '')
      if (!document) throw new UnderlagError('document_gone')
      response.writeHead(200, {
        'content-type': document.type,
        'content-length': document.bytes.length,
        'x-underlag-name': encodeURIComponent(document.name),
        'x-underlag-origin': 'bookkeeping',
        'x-underlag-fetched-at': String(Date.now()),
      })
      return response.end(document.bytes)
    }
    case 'ledgerSie':
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      return response.end('#FLAGGA 0\r\n')
    default:
      return send(response, 404, { error: { code: 'not_found', data: {} } })
  }
}

/** A page of the year's vouchers, by text, amount and whether they have documents. */
function voucherPage(
  world: EdgeWorld,
  inYear: string,
  index: YearIndex,
  query: URLSearchParams,
): VoucherPage {
  const all = index.lines.map(([series, number, occurrence, date, amount, documents]): VoucherSummary => {
    const text =
      world.details.get(`${inYear}/${voucherKey({ series, number, occurrence })}`)?.voucher?.text ?? ''
    return { series, number, occurrence, date: date ?? '', text, amount: amount ?? 0, rowCount: 3, documents }
  })
  const [text, amount, documents] = ['text', 'amount', 'documents'].map((name) => query.get(name))
  const found = all.filter(
    (voucher) =>
      voucher.text.toLowerCase().includes(text?.toLowerCase() ?? '') &&
      (amount === null || voucher.amount === Number(amount)) &&
      (documents === null || voucher.documents > 0 === (documents === 'with')),
  )
  const from = Number(query.get('cursor') ?? 0)
  const to = from + Number(query.get('limit') ?? 100)
  return { vouchers: found.slice(from, to), total: found.length, next: to < found.length ? String(to) : null }
}

/** A company that nobody has activated yet. */
export function companyState(organisationNumber: string, name: string): CompanyState {
  return {
    organisationNumber,
    name,
    state: 'inactive',
    reason: null,
    fortnoxName: null,
    connectedAt: null,
    missing: [],
    consentLink: null,
    years: [],
  }
}

/** The company's year, made if it is new. */
export function yearOf(company: CompanyState, id: string): YearState {
  const known = company.years.find((year) => year.id === id)
  if (known) return known
  const [from = '', to = ''] = id.split('_')
  const year: YearState = {
    id,
    from,
    to,
    source: null,
    file: null,
    counts: { vouchers: 0, rows: 0, documents: 0, vouchersWithDocuments: 0 },
    ledgerAt: null,
    documentsAt: null,
    version: '1',
    findings: [],
    sync: null,
  }
  company.years.push(year)
  return year
}

function sync(year: string, ledger: 'fetch' | 'keep'): SyncState {
  return {
    id: crypto.randomUUID(),
    year,
    state: 'running',
    ledger,
    phase: 'ledger',
    done: 0,
    total: null,
    startedAt: Date.now(),
    endedAt: null,
    error: null,
    changed: null,
  }
}

/** Gives a year an index, as a sync would have: `count` documents for each voucher, by `documentsOf`. */
export function setIndex(
  world: EdgeWorld,
  organisationNumber: string,
  index: Omit<YearIndex, 'version' | 'source'>,
): void {
  const company = world.companies.get(organisationNumber)!
  const year = yearOf(company, index.year)
  const version = String(Number(year.version) + 1)
  Object.assign(year, {
    version,
    documentsAt: index.documentsAt,
    ledgerAt: index.documentsAt,
    source: 'fortnox',
  })
  year.counts = {
    vouchers: index.lines.length,
    rows: index.lines.length * 3,
    documents: index.lines.reduce((sum, line) => sum + line[5], 0),
    vouchersWithDocuments: index.lines.filter((line) => line[5] > 0).length,
  }
  world.indexes.set(`${organisationNumber}/${index.year}`, { ...index, version, source: 'fortnox' })
  for (const [series, number, occurrence, date, , documents] of index.lines) {
    const key = voucherKey({ series, number, occurrence })
    world.details.set(`${organisationNumber}/${index.year}/${key}`, {
      voucher: {
        series,
        number,
        occurrence,
        date: date ?? '',
        text: `Verifikat ${series} ${number}`,
        registered: null,
        signature: null,
        rows: [],
      },
      fortnox: null,
      documents: Array.from({ length: documents }, (_, at) => ({
        id: `d${series}${number}-${at}`,
        origin: 'bookkeeping',
        role: 'file',
        name: `Kvitto ${series}${number}`,
        fileName: `kvitto-${series}${number}.pdf`,
        rendered: false,
        invoice: null,
      })),
      differs: false,
      documentsAt: index.documentsAt,
    } as VoucherDetail)
  }
}
