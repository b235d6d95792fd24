import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  CompanyState,
  Session,
  VoucherDetail,
  YearIndex,
  YearState,
} from '../../../shared/contract/types.ts'
import { documentHeaders } from '../../../shared/contract/types.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { statusOf } from '../../../shared/errors.ts'
import { parseVoucherKey } from '../../../shared/ledger/keys.ts'
import type { DocumentEntry, VoucherRow } from '../../../shared/ledger/types.ts'

export const company = '5560360793'
export const year = '2026-01-01_2026-12-31'
const [from, to] = year.split('_') as [string, string]

/** A document that the edge hands out, or the error it answers with. */
export interface EdgeDocument {
  name: string
  bytes: Uint8Array | ErrorCode
  /** Cuts the transfer off after this many bytes, though more were promised. */
  cutAt?: number
  /** Answers nothing before this time has passed, ms. */
  holdMs?: number
}

/** One company and one year over real HTTP, as the contract has them: what the document window asks for, no more. */
export interface EdgeBooks {
  /** By voucher key. */
  vouchers: Map<string, VoucherDetail>
  /** By document id. */
  documents: Map<string, EdgeDocument>
  documentsAt: number | null
}

export interface StandInEdge {
  origin: string
  /** Every request, `GET /api/…`, in order. */
  requests: string[]
  close(): Promise<void>
}

/** Starts it on `host`, any free port. */
export async function startEdge(books: EdgeBooks, host = '127.0.0.1'): Promise<StandInEdge> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${host}`)
    requests.push(`${request.method} ${url.pathname}`)
    allowOrigin(request, response)
    if (request.method === 'OPTIONS') response.writeHead(204, { 'access-control-max-age': '7200' }).end()
    else if (!request.headers.authorization?.startsWith('Bearer ')) fail(response, 'not_signed_in')
    else answer(books, url, response)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${host}:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-headers', 'authorization, content-type')
  response.setHeader('access-control-allow-methods', 'GET, PUT, POST, DELETE')
  response.setHeader('access-control-expose-headers', Object.values(documentHeaders).join(', '))
}

function answer(books: EdgeBooks, url: URL, response: ServerResponse): void {
  const parts = url.pathname.split('/').slice(2).map(decodeURIComponent)
  const isOurs = parts[0] === 'companies' && (parts.length === 1 || parts[1] === company)
  if (parts[0] === 'session') json(response, session)
  else if (parts[0] === 'cache-keys') json(response, { key: Buffer.alloc(32, 7).toString('base64url') })
  else if (isOurs && parts.length === 1) json(response, [companyState(books)])
  else if (isOurs && parts.length === 2) json(response, companyState(books))
  else if (isOurs && parts[2] === 'years' && parts[3] === year)
    answerYear(books, parts.slice(4), url, response)
  else fail(response, 'not_found')
}

const session: Session = {
  member: { id: 'm1', name: 'Maja Ek', email: 'maja@example.se' },
  firm: { id: 'f1', name: 'Ek Revision' },
}

function answerYear(books: EdgeBooks, [what, id]: string[], url: URL, response: ServerResponse): void {
  const detail = what === 'vouchers' && id !== undefined ? books.vouchers.get(id) : undefined
  const document = what === 'documents' && id !== undefined ? books.documents.get(id) : undefined
  if (what === 'index' && url.searchParams.get('version') === '1') response.writeHead(304).end()
  else if (what === 'index') json(response, indexOf(books))
  else if (what === 'vouchers' && id === undefined) json(response, page(books, url.searchParams))
  else if (detail) json(response, detail)
  else if (document) setTimeout(send, document.holdMs ?? 0, response, document)
  else fail(response, 'not_found')
}

function send(response: ServerResponse, { name, bytes, cutAt }: EdgeDocument): void {
  if (typeof bytes === 'string') {
    fail(response, bytes)
    return
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
    [documentHeaders.name]: encodeURIComponent(name),
    [documentHeaders.origin]: 'bookkeeping',
    [documentHeaders.fetchedAt]: String(Date.now()),
  })
  if (cutAt !== undefined) response.write(bytes.subarray(0, cutAt), () => response.destroy())
  else response.end(bytes)
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function fail(response: ServerResponse, code: ErrorCode): void {
  response
    .writeHead(statusOf(code), { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { code, data: {} } }))
}

const debit = (rows: readonly VoucherRow[]) => rows.reduce((sum, row) => sum + Math.max(0, row.amount), 0)

function indexOf({ vouchers, documentsAt }: EdgeBooks): YearIndex {
  return {
    year,
    version: '1',
    source: 'fortnox',
    documentsAt,
    lines: [...vouchers].map(([key, { voucher, documents, differs }]) => {
      const id = parseVoucherKey(key)!
      const flags = (differs ? 1 : 0) | (voucher ? 0 : 2)
      const amount = voucher ? debit(voucher.rows) : null
      return [id.series, id.number, id.occurrence, voucher?.date ?? null, amount, documents.length, flags]
    }),
  }
}

function page({ vouchers }: EdgeBooks, query: URLSearchParams) {
  const text = query.get('text')?.toLowerCase()
  const found = [...vouchers.values()].flatMap(({ voucher, documents }) => {
    if (!voucher) return []
    const { rows, series, number, occurrence, date } = voucher
    if (query.get('documents') === 'without' && documents.length > 0) return []
    if (query.get('documents') === 'with' && documents.length === 0) return []
    if (text && !voucher.text.toLowerCase().includes(text)) return []
    if (query.has('account') && !rows.some(({ account }) => account === query.get('account'))) return []
    if (query.has('from') && date < query.get('from')!) return []
    if (query.has('to') && date > query.get('to')!) return []
    if (query.has('amount') && !rows.some(({ amount }) => Math.abs(amount) === Number(query.get('amount'))))
      return []
    const amount = debit(rows)
    return [
      {
        series,
        number,
        occurrence,
        date,
        text: voucher.text,
        amount,
        rowCount: rows.length,
        documents: documents.length,
      },
    ]
  })
  const limit = Number(query.get('limit') ?? 100)
  const start = Number(query.get('cursor') ?? 0)
  const next = start + limit < found.length ? String(start + limit) : null
  return { vouchers: found.slice(start, start + limit), total: found.length, next }
}

function companyState({ vouchers, documents, documentsAt }: EdgeBooks): CompanyState {
  const state: YearState = {
    id: year,
    from,
    to,
    source: 'fortnox',
    file: null,
    counts: {
      vouchers: vouchers.size,
      rows: 0,
      documents: documents.size,
      vouchersWithDocuments: [...vouchers.values()].filter(({ documents }) => documents.length > 0).length,
    },
    ledgerAt: documentsAt,
    documentsAt,
    version: '1',
    findings: [],
    sync: null,
  }
  return {
    organisationNumber: company,
    name: 'Exempel Bygg AB',
    state: 'active',
    reason: null,
    fortnoxName: 'Exempel Bygg AB',
    connectedAt: 0,
    missing: [],
    consentLink: null,
    years: [state],
  }
}

/** A voucher of the given rows (`[account, name, öre]`) with its documents, under its key. */
export function voucher(
  number: string,
  date: string,
  text: string,
  rows: readonly (readonly [string, string, number])[],
  documents: DocumentEntry[],
): VoucherDetail {
  return {
    voucher: {
      series: 'A',
      number,
      occurrence: 1,
      date,
      text,
      registered: date,
      signature: 'ME',
      rows: rows.map(([account, accountName, amount]) => ({
        kind: 'TRANS',
        account,
        accountName,
        amount,
        text: '',
        date: null,
        objects: [],
        quantity: null,
      })),
    },
    fortnox: { date, text, referenceType: null },
    documents,
    differs: false,
  }
}
