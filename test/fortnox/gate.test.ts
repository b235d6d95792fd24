import { describe, expect, test } from 'vitest'
import { createSandbox, type SandboxOptions } from './index.ts'
import { caller, testNow } from './testing.ts'

describe('the rate limit', () => {
  function limited(settings: SandboxOptions['settings'] = {}) {
    let now = testNow
    const { get, sandbox } = caller({
      clock: { now: () => now },
      rateLimit: { requests: 25, windowMs: 5000 },
      settings,
    })
    const ask = async (times: number) => {
      const statuses: number[] = []
      for (let i = 0; i < times; i++) statuses.push((await get('/3/me')).status)
      return statuses
    }
    return {
      ask,
      get,
      sandbox,
      move: (ms: number) => {
        now += ms
      },
    }
  }
  const count = (statuses: number[], status: number) => statuses.filter((one) => one === status).length

  test('25 in a sliding 5 s, to the millisecond', async () => {
    const { ask, move, sandbox } = limited()
    expect(count(await ask(10), 200)).toBe(10)
    move(2000)
    expect(count(await ask(16), 200)).toBe(15)
    move(2999)
    expect(count(await ask(1), 200)).toBe(0)
    move(1)
    expect(count(await ask(11), 200)).toBe(10)
    // What came, refused or not: 16 at 2 s, 1 at 4.999 s, 11 at 5 s.
    expect(sandbox.counts().busiest).toBe(28)
  })

  test('each company has its own', async () => {
    const sandbox = createSandbox({ clock: { now: () => testNow } })
    for (const tenant of [1018318, 1018401]) {
      const { accessToken } = sandbox.tokens(tenant)
      for (let i = 0; i < 25; i++) {
        const request = new Request('http://x/3/me', { headers: { authorization: `Bearer ${accessToken}` } })
        expect((await sandbox.fetch(request)).status).toBe(200)
      }
    }
    expect(sandbox.counts().busiest).toBe(25)
  })

  test('token requests and strangers take no place', async () => {
    const { ask, get } = limited()
    for (let i = 0; i < 30; i++)
      expect((await get('/3/me', { headers: { authorization: 'Bearer x' } })).status).toBe(401)
    expect(count(await ask(25), 200)).toBe(25)
  })

  test.each([
    ['message', 'absent', /^{"message"/, null],
    ['error', 'seconds', /^{"ErrorInformation"/, '5'],
    ['html', 'date', /^<!DOCTYPE/, 'Mon, 15 Jun 2026 12:00:05 GMT'],
    ['empty', 'absent', /^$/, null],
  ] as const)(
    '429 with body %s and Retry-After %s',
    async (rateLimitBody, rateLimitRetryAfter, body, header) => {
      const { ask, get } = limited({ rateLimitBody, rateLimitRetryAfter })
      await ask(25)
      const response = await get('/3/me')
      expect(response.status).toBe(429)
      expect(await response.text()).toMatch(body)
      expect(response.headers.get('retry-after')).toBe(header)
    },
  )

  test('refused requests count too, if the settings say so', async () => {
    for (const [rateLimitCountsRefused, free] of [
      [false, 25],
      [true, 0],
    ] as const) {
      const { ask, move } = limited({ rateLimitCountsRefused })
      await ask(25)
      move(4000)
      await ask(25)
      move(1000)
      expect(count(await ask(25), 200)).toBe(free)
    }
  })
})

describe('who is let in', () => {
  test.each([undefined, 'Bearer', 'Bearer fel', 'Basic eDp5'])(
    'authorization %s: 401, no ErrorInformation',
    async (authorization) => {
      const { sandbox } = caller()
      const headers = authorization === undefined ? {} : { authorization }
      const response = await sandbox.fetch(new Request('http://x/3/vouchers', { headers }))
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('{"message":"unauthorized"}')
    },
  )

  const byScope: [string, string][] = [
    ['bookkeeping', '/3/vouchers'],
    ['bookkeeping', '/3/sie/4'],
    ['companyinformation', '/3/companyinformation'],
    ['settings', '/3/settings/lockedperiod'],
    ['archive', '/3/archive'],
    ['inbox', '/3/inbox'],
    ['connectfile', '/3/voucherfileconnections'],
    ['connectfile', '/3/supplierinvoicefileconnections'],
    ['connectfile', '/api/fileattachments/attachments-v1?entityid=1&entitytype=F'],
    ['supplierinvoice', '/3/supplierinvoices'],
    ['supplier', '/3/suppliers'],
    ['invoice', '/3/invoices'],
    ['payment', '/3/invoicepayments'],
    ['payment', '/3/supplierinvoicepayments'],
    ['customer', '/3/customers'],
    ['costcenter', '/3/costcenters'],
    ['project', '/3/projects'],
    ['profile', '/3/me'],
    ['settings', '/3/termsofpayments'],
    ['settings', '/3/units'],
    ['article', '/3/articles'],
    ['order', '/3/orders'],
    ['offer', '/3/offers'],
  ]
  test.each(byScope)('scope %s opens %s, and no other does', async (scope, path) => {
    expect((await caller({ scopes: [scope] }).get(path)).status).toBe(200)
    const without = await caller({ scopes: [scope === 'profile' ? 'inbox' : 'profile'] }).get(path)
    expect(without.status).toBe(400)
    expect(await without.json()).toEqual({
      ErrorInformation: { error: 1, message: 'Har inte behörighet för scope', code: 2000663 },
    })
  })

  test.each([
    ['bokforing', '/3/vouchers'],
    ['bokforing', '/3/voucherfileconnections'],
    ['leverantor', '/3/supplierinvoices'],
    ['leverantor', '/3/supplierinvoicefileconnections'],
    ['leverantor', '/3/supplierinvoicepayments'],
    ['fakturering', '/3/invoices'],
    ['fakturering', '/3/invoices/1/preview'],
    ['fakturering', '/3/invoicepayments'],
    ['fakturering', '/api/fileattachments/attachments-v1?entityid=1&entitytype=F'],
    ['arkivplats', '/3/archive'],
  ] as const)('without licence %s, %s answers 2001101', async (licence, path) => {
    for (const refusalStatus of [400, 403] as const) {
      const { get, sandbox } = caller({ settings: { refusalStatus } })
      sandbox.setLicence(1018318, licence, false)
      const response = await get(path)
      expect(response.status).toBe(refusalStatus)
      expect(await response.json()).toMatchObject({ ErrorInformation: { code: 2001101 } })
      sandbox.setLicence(1018318, licence, true)
      expect((await get(path)).status).toBe(200)
    }
  })

  test('licences that lapse after the consent', async () => {
    const { get } = caller({ tenant: 1018409 })
    expect((await get('/3/vouchers')).status).toBe(200)
    for (const path of ['/3/supplierinvoices', '/3/invoices', '/3/archive']) {
      expect(await (await get(path)).json()).toMatchObject({ ErrorInformation: { code: 2001101 } })
    }
  })

  test('an integration licence that lapses', async () => {
    expect(await caller({ tenant: 1018411 }).json('/3/vouchers')).toMatchObject({
      ErrorInformation: { code: 2001103 },
    })
  })
})

describe('what Fortnox would act on is counted', () => {
  test.each([
    ['GET', '/3/invoices/1/email', 'email'],
    ['GET', '/3/invoices/1/einvoice', 'einvoice'],
    ['GET', '/3/invoices/1/eprint', 'eprint'],
    ['GET', '/3/invoices/1/print', 'print'],
    ['GET', '/3/invoices/1/printreminder', 'printreminder'],
    ['GET', '/3/orders/1/email', 'email'],
    ['GET', '/3/offers/1/print', 'print'],
    ['PUT', '/3/invoices/1/bookkeep', 'PUT'],
    ['POST', '/3/vouchers', 'POST'],
    ['DELETE', '/3/voucherfileconnections/x', 'DELETE'],
  ])('%s %s', async (method, path, action) => {
    const { get, sandbox } = caller({ scopes: ['invoice', 'order', 'offer', 'bookkeeping', 'connectfile'] })
    await get(path, { method })
    expect(sandbox.counts().acting).toEqual({ [action]: 1 })
    expect(sandbox.log.at(-1)?.acting).toBe(true)
  })

  test('reading is not', async () => {
    const { get, sandbox } = caller()
    for (const path of ['/3/vouchers', '/3/invoices/1', '/3/invoices/1/preview', '/3/sie/4']) await get(path)
    expect(sandbox.counts().acting).toEqual({})
    expect(sandbox.company().books.customerInvoices.every((one) => one.sent || one.cancelled)).toBe(true)
  })
})
