import { createExecutionContext } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { documentHeaders } from '../../shared/contract/types.ts'
import type { DocumentEntry } from '../../shared/ledger/types.ts'
import { integrationById } from '../directory/integrations.ts'
import { openFortnox } from '../fortnox/client.ts'
import { readPieces } from '../ledger/stream.ts'
import { connectedCompany, testBooks, testCompany, testYear } from '../testing/company.ts'
import { testEnv } from '../testing/env.ts'
import { type FortnoxStandIn, standInForFortnox } from '../testing/fortnox.ts'
import { newIntegration, newMember } from '../testing/people.ts'
import { api } from './index.ts'
import { uploadOf } from './upload.ts'

let fortnox: FortnoxStandIn
let company: Awaited<ReturnType<typeof connectedCompany>>
const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text))

beforeEach(async () => {
  fortnox = standInForFortnox(testBooks)
  company = await connectedCompany()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A request of the member, as it reaches the API behind the session. */
async function ask(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const context = Object.assign(createExecutionContext(), { props: { member: company.member.id } })
  const request = new Request(new URL(path, testEnv.EDGE_ORIGIN), { method, ...init })
  return api.fetch(request, testEnv, context)
}

const yearPath = `/api/companies/${testCompany}/years/${testYear}`

async function upload(sie: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await ask('POST', `${yearPath}/sie?name=bolaget.se`, { body: sie, headers })
  return { status: response.status, body: await response.json<Record<string, unknown>>() }
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(zipped).arrayBuffer())
}

describe('what cannot be understood', () => {
  it.each([
    ['GET', '/api/companies/5560360794'],
    ['GET', `/api/companies/${testCompany}/years/2025`],
    ['GET', `/api/companies/${testCompany}/years/2025-12-31_2025-01-01`],
    ['GET', `${yearPath}/vouchers?limit=501`],
    ['GET', `${yearPath}/vouchers?limit=-1`],
    ['GET', `${yearPath}/vouchers?from=yesterday`],
    ['GET', `${yearPath}/vouchers/A`],
    ['POST', `${yearPath}/sie`],
    ['POST', `/api/companies/${testCompany}/syncs`],
    ['PUT', `/api/companies/${testCompany}`],
  ])('%s %s is bad_request', async (method, path) => {
    const response = await ask(method, path)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: { code: 'bad_request', data: {} } })
  })

  it('a call that there is not is not_found, as an error like any other', async () => {
    for (const path of ['/api/nothing', `/api/companies/${testCompany}/nothing`, '/api/']) {
      const response = await ask('GET', path)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ error: { code: 'not_found', data: {} } })
    }
  })
})

describe('a company', () => {
  it('is one with its link, its years, and no secret', async () => {
    const link = await (await ask('POST', `/api/companies/${testCompany}/consent-link`)).json()
    const response = await ask('GET', `/api/companies/${testCompany}`)
    const state = await response.json<Record<string, unknown>>()
    expect(state).toMatchObject({ organisationNumber: testCompany, state: 'active', consentLink: link })
    expect(state).not.toHaveProperty('tenant')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('that is disconnected keeps its ledger, and its tokens are gone', async () => {
    await upload(testBooks.sie!)
    await ask('POST', `/api/companies/${testCompany}/consent-link`)
    const response = await ask('DELETE', `/api/companies/${testCompany}/integration`)
    expect(await response.json()).toMatchObject({
      state: 'inactive',
      consentLink: null,
      years: [{ source: 'sie', counts: { vouchers: 2 } }],
    })
    expect(await testEnv.TOKENS.get(`token:${company.tenant}`)).toBeNull()
    expect(fortnox.revoked).toEqual(['refresh'])
  })

  it('that another firm still reads through the connection loses no token by being disconnected', async () => {
    const other = await connectedCompany()
    await testEnv.DIRECTORY.prepare('UPDATE integration SET connection = ?2 WHERE id = ?1')
      .bind(other.integration.id, company.tenant)
      .run()
    await ask('DELETE', `/api/companies/${testCompany}/integration`)
    expect(await testEnv.TOKENS.get(`token:${company.tenant}`)).not.toBeNull()
    expect(fortnox.revoked).toEqual([])
    const left = await integrationById(testEnv.DIRECTORY, other.integration.id)
    expect(left?.connection).toMatchObject({ tenant: company.tenant, state: 'active' })
  })
})

describe('an upload', () => {
  it('is taken plain and as gzip, once', async () => {
    expect(await upload(testBooks.sie!)).toMatchObject({ status: 200, body: { state: 'read_in' } })
    const zipped = await upload(await gzip(testBooks.sie!), { 'content-encoding': 'gzip' })
    expect(zipped).toMatchObject({ status: 200, body: { state: 'unchanged' } })
  })

  it('whose gzip is cut off, or is none, is sie_truncated, and changes nothing', async () => {
    const before = await (await ask('GET', yearPath)).json()
    const whole = await gzip(testBooks.sie!)
    for (const bytes of [whole.slice(0, whole.length - 20), bytesOf('no gzip')]) {
      const answer = await upload(bytes, { 'content-encoding': 'gzip' })
      expect(answer).toMatchObject({ status: 422, body: { error: { code: 'sie_truncated' } } })
    }
    expect(await (await ask('GET', yearPath)).json()).toEqual(before)
  })

  it('that swells beyond the limit is cut off there', async () => {
    const zipped = await gzip('#'.repeat(100_000))
    const read = async (limit: number) => {
      const headers = { 'content-encoding': 'gzip' }
      const request = new Request('https://edge.test', { method: 'POST', body: zipped, headers })
      let bytes = 0
      await readPieces(uploadOf(request, limit), async (piece) => {
        bytes += piece.length
        return true
      })
      return bytes
    }
    expect(zipped.length).toBeLessThan(1000)
    await expect(read(99_999)).rejects.toMatchObject({ code: 'too_large' })
    expect(await read(100_000)).toBe(100_000)
  })

  it('of another company or year is refused', async () => {
    const other = await upload(testBooks.sie!.replace('556036-0793', '556012-5790'))
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'sie_other_company' } } })
    const year = await upload(testBooks.sie!.replaceAll('2025', '2024'))
    expect(year).toMatchObject({ status: 422, body: { error: { code: 'sie_other_year' } } })
    expect(await (await ask('GET', yearPath)).json()).toMatchObject({ source: null })
  })

  it('with a question waits for the answer: “Läs in ändå”, or not', async () => {
    const unbalanced = testBooks.sie!.replace('{} -50', '{} -49')
    const held = await upload(unbalanced)
    expect(held.body).toMatchObject({ state: 'held', findings: [{ severity: 'question' }] })
    expect(await (await ask('GET', yearPath)).json()).toMatchObject({ source: null })
    const answer = `${yearPath}/uploads/${held.body.upload}`
    expect(await (await ask('POST', answer)).json()).toMatchObject({ state: 'read_in' })
    expect(await (await ask('GET', yearPath)).json()).toMatchObject({
      source: 'sie',
      counts: { vouchers: 2 },
      file: { name: 'bolaget.se', by: company.member.name },
    })
    const again = await upload(unbalanced.replace('"Te"', '"Mer te"'))
    expect((await ask('DELETE', `${yearPath}/uploads/${again.body.upload}`)).status).toBe(204)
    expect((await ask('POST', `${yearPath}/uploads/${again.body.upload}`)).status).toBe(404)
  })
})

describe('a year', () => {
  it('answers its index once per version', async () => {
    await upload(testBooks.sie!)
    const index = await (await ask('GET', `${yearPath}/index`)).json<{ version: string; lines: unknown[] }>()
    expect(index.lines).toHaveLength(2)
    const same = await ask('GET', `${yearPath}/index?version=${encodeURIComponent(index.version)}`)
    expect(same.status).toBe(304)
    expect(await same.text()).toBe('')
    expect((await ask('GET', `${yearPath}/index?version=old`)).status).toBe(200)
  })

  it('comes back as a SIE file to save', async () => {
    await upload(testBooks.sie!)
    const file = await ask('GET', `${yearPath}/sie`)
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect(await file.text()).toContain('#VER A 1 20250115')
  })

  it('marks a voucher that says another date than Fortnox', async () => {
    const { ledger, integration } = company
    await upload(testBooks.sie!)
    const documents = (file: string): DocumentEntry[] => [
      {
        id: file,
        origin: 'bookkeeping',
        role: 'file',
        name: file,
        fileName: null,
        rendered: false,
        invoice: null,
      },
    ]
    const fortnoxSays = (number: string, date: string) => ({
      series: 'A',
      number,
      fortnox: { date, text: '', referenceType: null },
      documents: documents(`file-${number}`),
    })
    await ledger.replaceDocuments({ integration: integration.id, year: testYear }, [
      fortnoxSays('1', '2025-03-01'),
      fortnoxSays('2', '2025-01-16'),
    ])
    const voucher = async (key: string) => (await ask('GET', `${yearPath}/vouchers/${key}`)).json()
    expect(await voucher('A:1')).toMatchObject({ differs: true, fortnox: { date: '2025-03-01' } })
    expect(await voucher('A:2')).toMatchObject({ differs: false })
    expect((await ask('GET', `${yearPath}/vouchers/Z:99`)).status).toBe(404)
  })
})

describe('a document', () => {
  const pdf = bytesOf('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n')

  async function documentId(): Promise<string> {
    const key = { integration: company.integration.id, year: testYear }
    const year = { id: 7, from: '2025-01-01', to: '2025-12-31', method: null }
    const { documents } = await openFortnox(testEnv, company.tenant, 'person').documents(year)
    await company.ledger.replaceDocuments(key, documents)
    return documents[0]!.documents[0]!.id
  }

  it('comes with a type that may be shown, and may do nothing', async () => {
    const id = await documentId()
    fortnox.answers.files['file-1'] = pdf
    const response = await ask('GET', `${yearPath}/documents/${id}`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      [documentHeaders.name]: 'kaffe.pdf',
      [documentHeaders.origin]: 'bookkeeping',
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(pdf)
  })

  it('is found by no id but those of the company’s own index', async () => {
    const id = await documentId()
    const asked = fortnox.asked.length
    expect((await ask('GET', `${yearPath}/documents/${id}x`)).status).toBe(404)
    company = await connectedCompany()
    expect((await ask('GET', `${yearPath}/documents/${id}`)).status).toBe(404)
    expect(fortnox.asked.length).toBe(asked)
  })

  it('that is gone is document_gone; a consent that is gone breaks the connection', async () => {
    const id = await documentId()
    const gone = await ask('GET', `${yearPath}/documents/${id}`)
    expect(gone.status).toBe(410)
    fortnox.answers.status = 401
    fortnox.answers.refusal = 'invalid_grant'
    const revoked = await ask('GET', `${yearPath}/documents/${id}`)
    expect(await revoked.json()).toMatchObject({ error: { code: 'consent_revoked' } })
    expect(await (await ask('GET', `/api/companies/${testCompany}`)).json()).toMatchObject({
      state: 'broken',
      reason: { code: 'consent_revoked' },
    })
  })
})

describe('the way through to Fortnox', () => {
  const through = `/api/companies/${testCompany}/fortnox`

  it('gives what the list allows, without Fortnox’ headers', async () => {
    const response = await ask('GET', `${through}/3/financialyears`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ FinancialYears: [{ Id: 7 }] })
  })

  it('asks Fortnox nothing else', async () => {
    for (const path of ['/3/invoices/1/email', '/3/invoices/1/print', '/3/customers', '/3/../admin']) {
      expect((await ask('GET', through + path)).status).toBe(404)
    }
    expect((await ask('POST', `${through}/3/vouchers`)).status).toBe(404)
    expect(fortnox.asked).toEqual([])
  })

  it('is no way to another firm’s company, nor to one without a connection', async () => {
    const mine = company
    company = { ...mine, member: await newMember(crypto.randomUUID()) }
    const answer = await ask('GET', `${through}/3/financialyears`)
    expect(await answer.json()).toMatchObject({ error: { code: 'company_not_confirmed' } })
    await newIntegration(company.member, testCompany)
    const inactive = await ask('GET', `${through}/3/financialyears`)
    expect(await inactive.json()).toMatchObject({ error: { code: 'connection_inactive' } })
    expect(fortnox.asked).toEqual([])
  })

  it('says that the connection is broken when it finds out', async () => {
    fortnox.answers.status = 401
    fortnox.answers.refusal = 'invalid_grant'
    await ask('GET', `${through}/3/financialyears`)
    expect(await (await ask('GET', `/api/companies/${testCompany}`)).json()).toMatchObject({
      state: 'broken',
    })
  })
})
