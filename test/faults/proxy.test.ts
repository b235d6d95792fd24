import { beforeAll, describe, expect, test } from 'vitest'
import { proxied } from '../../edge/fortnox/proxied.ts'
import { toWireError } from '../../shared/errors.ts'
import { approvedBench, type Bench } from './bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await approvedBench()
})

const read = (path: string, query = '') =>
  bench.clock.run(proxied(bench.deps('person'), path, new URLSearchParams(query)))
const codeOf = (path: string, query = '') =>
  read(path, query).then(
    ({ status }) => status,
    (error) => toWireError(error).code,
  )

describe('the proxy', () => {
  test('gives JSON, PDF and SIE as they are, and none of Fortnox’ headers', async () => {
    const { documents } = await bench.clock.run(bench.fortnox().documents((await years())[0]!))
    const rendered = documents.flatMap((one) => one.documents).find((one) => one.rendered)!
    for (const [path, query, type] of [
      ['/3/vouchers', `financialyear=${bench.year}&limit=5`, 'application/json'],
      [`/3/invoices/${rendered.invoice!.number}/preview`, '', 'application/pdf'],
      ['/3/sie/4', `financialyear=${bench.year}`, 'application/octet-stream'],
    ] as const) {
      const response = await read(path, query)
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
      expect([...response.headers.keys()].sort()).toEqual([
        'cache-control',
        'content-disposition',
        'content-security-policy',
        'content-type',
        'x-content-type-options',
      ])
      expect(response.headers.get('content-type')).toBe(type)
    }
  })

  test('no token comes out, in headers or body', async () => {
    const { accessToken } = await bench.clock.run(bench.core.permit(bench.tenant, 'person'))
    const response = await read('/3/companyinformation')
    const all = JSON.stringify([...response.headers]) + (await response.text())
    expect(all).not.toContain(accessToken)
    expect(all).toContain('CompanyInformation')
  })

  test('what is not on the list is answered without asking Fortnox', async () => {
    const before = bench.sandbox.log.length
    for (const [path, query] of [
      ['/3/invoices/1/email', ''],
      ['/3/invoices/1%2Fprint', ''],
      ['/3/invoices/1/preview/../print', ''],
      ['/3/archive/%2e%2e/invoices/1/email', ''],
      ['//other.example/3/sie/4', ''],
      ['https://other.example/3/sie/4', ''],
      ['/3/me', ''],
      ['/oauth-v1/token', ''],
      ['/3/vouchers', 'financialyear=4&Financialyear=4'],
      ['/3/sie/4', 'financialyear=4&access_token=x'],
      ['/3/invoices/1', 'limit=1'],
    ]) {
      expect(await codeOf(path!, query), path).toBe('not_found')
    }
    expect(bench.sandbox.log.length).toBe(before)
  })

  test('what Fortnox refuses is a code, and Fortnox’ own body stays there', async () => {
    expect(await codeOf('/3/invoices/99999999')).toBe('fortnox_not_found')
    bench.sandbox.addFault({ kind: 'html', path: '/3/companyinformation' })
    expect(await codeOf('/3/companyinformation')).toBe('fortnox_bad_answer')
    bench.sandbox.clearFaults()
  })

  test('only GET leaves us, whatever is read', () => {
    expect(
      new Set(bench.sandbox.log.filter(({ path }) => /^\/(3|api)/.test(path)).map(({ method }) => method)),
    ).toEqual(new Set(['GET']))
    expect(bench.sandbox.counts().acting).toEqual({})
  })
})

async function years() {
  return bench.clock.run(bench.fortnox().years())
}
