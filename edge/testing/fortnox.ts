import { vi } from 'vitest'

/** What the stand-in answers. Tests change it; the sandbox of test/ is for what crosses packages. */
export interface FortnoxAnswers {
  company: { tenant: number; name: string; number: string | null }
  /** Null: the token endpoint gives tokens; else what it refuses with. */
  refusal: string | null
  years: { Id: number; FromDate: string; ToDate: string }[]
  /** SIE of any year. */
  sie: string
  vouchers: Record<string, unknown>[]
  voucherFiles: Record<string, unknown>[]
  files: Record<string, Uint8Array<ArrayBuffer>>
  /** Answers `/3/` with this status, when set. */
  status: number | null
}

export interface FortnoxStandIn {
  answers: FortnoxAnswers
  /** `METHOD path?query` of every request, and the bodies sent to revoke. */
  asked: string[]
  revoked: string[]
}

/** `fetch` of this worker answered by a few lines of Fortnox; anything that is not Fortnox fails. */
export function standInForFortnox(answers: Partial<FortnoxAnswers> = {}): FortnoxStandIn {
  const standIn: FortnoxStandIn = {
    answers: {
      company: { tenant: 1, name: 'Bolaget AB', number: '556036-0793' },
      refusal: null,
      years: [{ Id: 7, FromDate: '2025-01-01', ToDate: '2025-12-31' }],
      sie: '',
      vouchers: [],
      voucherFiles: [],
      files: {},
      status: null,
      ...answers,
    },
    asked: [],
    revoked: [],
  }
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    standIn.asked.push(`${request.method} ${url.pathname}${url.search}`)
    if (url.origin !== 'https://fortnox.test') throw new TypeError(`no network: ${url.origin}`)
    return answer(standIn, url, request)
  })
  return standIn
}

async function answer({ answers, revoked }: FortnoxStandIn, url: URL, request: Request): Promise<Response> {
  const { company } = answers
  switch (url.pathname) {
    case '/oauth-v1/token':
      return answers.refusal === null
        ? Response.json({
            access_token: 'access-secret',
            refresh_token: 'refresh-secret',
            expires_in: 3600,
            token_type: 'bearer',
            scope: 'bookkeeping',
          })
        : Response.json({ error: answers.refusal }, { status: 400 })
    case '/oauth-v1/revoke':
      revoked.push(new URLSearchParams(await request.text()).get('token') ?? '')
      return Response.json({ revoked: true })
  }
  if (answers.status !== null) return new Response('{"message":"unauthorized"}', { status: answers.status })
  switch (url.pathname) {
    case '/3/companyinformation':
      return Response.json({
        CompanyInformation: {
          CompanyName: company.name,
          DatabaseNumber: company.tenant,
          OrganizationNumber: company.number ?? '',
        },
      })
    case '/3/financialyears':
      return list('FinancialYears', answers.years)
    case '/3/vouchers':
      return list('Vouchers', answers.vouchers)
    case '/3/voucherfileconnections':
      return list('VoucherFileConnections', answers.voucherFiles)
    case '/3/supplierinvoices':
      return list('SupplierInvoices', [])
    case '/3/supplierinvoicefileconnections':
      return list('SupplierInvoiceFileConnections', [])
    case '/3/supplierinvoicepayments':
      return list('SupplierInvoicePayments', [])
    case '/3/invoices':
      return list('Invoices', [])
    case '/3/invoicepayments':
      return list('InvoicePayments', [])
    case '/3/sie/4':
      return new Response(answers.sie, { headers: { 'content-type': 'text/plain' } })
  }
  const file = answers.files[url.pathname.split('/').pop()!]
  return file
    ? new Response(file)
    : Response.json(
        { ErrorInformation: { error: 1, message: 'Hittades inte', code: 2000423 } },
        { status: 404 },
      )
}

function list(key: string, items: unknown[]): Response {
  return Response.json({
    MetaInformation: { '@TotalResources': items.length, '@TotalPages': 1, '@CurrentPage': 1 },
    [key]: items,
  })
}
