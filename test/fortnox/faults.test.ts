import { describe, expect, test } from 'vitest'
import { ConnectionLost, type Fault, type FaultKind, faultKinds } from './index.ts'
import { caller, testNow } from './testing.ts'

type Outcome = (call: ReturnType<typeof caller>, response: Response) => Promise<void>

const json: Outcome = async (_, response) => void expect(await response.json()).toHaveProperty('Vouchers')
const says =
  (status: number, body: RegExp, headers: Record<string, string | null> = {}): Outcome =>
  async (_, response) => {
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(body)
    for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name)).toBe(value)
  }

/** Each kind that gives an answer, on the voucher list. */
const answered: Partial<Record<FaultKind, [Partial<Fault>, Outcome][]>> = {
  'rate-limited': [
    [{}, says(429, /Too Many/, { 'retry-after': null })],
    [{ retryAfter: 7 }, says(429, /Too Many/, { 'retry-after': '7' })],
    [{ retryAfter: 'date' }, says(429, /Too Many/, { 'retry-after': 'Mon, 15 Jun 2026 12:00:05 GMT' })],
  ],
  status: [
    [{}, says(500, /^<!DOCTYPE/)],
    [{ status: 503 }, says(503, /^<!DOCTYPE/)],
    [{ status: 502, json: true }, says(502, /1000003/)],
  ],
  'slow-first-byte': [[{ delayMs: 5000 }, json]],
  'slow-body': [[{ delayMs: 10, chunkBytes: 5000 }, json]],
  html: [[{}, says(200, /^<!DOCTYPE/, { 'content-type': 'text/html; charset=UTF-8' })]],
  'error-body': [[{}, says(200, /^{"ErrorInformation"/)]],
  empty: [[{}, says(200, /^$/)]],
  'malformed-json': [[{ afterBytes: 40 }, says(200, /^.{40}$/)]],
  truncated: [[{ afterBytes: 40 }, says(200, /^.{40}$/)]],
  'web-page': [[{}, says(200, /^<!DOCTYPE/, { 'content-type': 'application/json' })]],
  'repeat-page': [
    [
      {},
      async (call) => {
        const second = await (await call.get('/3/vouchers?financialyear=2&page=2')).json()
        expect(second).toMatchObject({ MetaInformation: { '@CurrentPage': 1 } })
      },
    ],
  ],
  unauthorized: [
    [
      { times: 1 },
      async (call, response) => {
        expect([response.status, await response.text()]).toEqual([401, '{"message":"unauthorized"}'])
        expect((await call.get('/3/vouchers')).status).toBe(200)
      },
    ],
  ],
  'token-dead': [
    [
      { times: 1 },
      async (call, response) => {
        expect(response.status).toBe(401)
        expect((await call.get('/3/me')).status).toBe(401)
      },
    ],
  ],
  'consent-revoked': [[{}, says(401, /unauthorized/)]],
  'delete-voucher': [
    [
      { times: 1 },
      async (call, response) => {
        await response.text()
        expect(call.sandbox.truth().years.find((year) => year.id === 2)?.vouchers).toHaveLength(269)
      },
    ],
  ],
  'unlink-file': [
    [
      { times: 1 },
      async (call) => {
        const { books } = call.sandbox.company()
        expect(books.voucherFiles.length).toBe(caller().sandbox.company().books.voucherFiles.length - 1)
      },
    ],
  ],
}

const cases = Object.entries(answered).flatMap(([kind, list]) =>
  (list ?? []).map(([more, outcome]) => ({ kind: kind as FaultKind, more, outcome })),
)

test.each(cases)('$kind $more', async ({ kind, more, outcome }) => {
  const call = caller()
  call.sandbox.addFault({ kind, path: '/3/vouchers', ...more })
  const response = await call.get('/3/vouchers?financialyear=2')
  expect(call.sandbox.log.at(-1)?.fault).toBe(kind)
  await outcome(call, response)
})

test('every kind has a case here or below', () => {
  const below: FaultKind[] = ['hang', 'reset', 'lost-answer', 'cut', 'stall', 'invalid-grant']
  expect([...Object.keys(answered), ...below].toSorted()).toEqual(Object.keys(faultKinds).toSorted())
})

describe('connections', () => {
  test('a hang ends with the signal, and only then', async () => {
    const { sandbox, get } = caller()
    sandbox.addFault({ kind: 'hang' })
    const control = new AbortController()
    const reply = get('/3/me', { signal: control.signal })
    expect(await Promise.race([reply, new Promise((resolve) => setTimeout(resolve, 20, 'still'))])).toBe(
      'still',
    )
    control.abort()
    await expect(reply).rejects.toThrow(/abort/i)
    expect(sandbox.log.at(-1)).toMatchObject({ status: 0, end: 'aborted', fault: 'hang' })
  })

  test('a reset is no answer, and nothing was done', async () => {
    const { sandbox, get } = caller()
    sandbox.addFault({ kind: 'reset' })
    await expect(get('/3/invoices/1/email')).rejects.toThrow(ConnectionLost)
    expect(sandbox.counts().acting).toEqual({})
    expect(sandbox.log.at(-1)).toMatchObject({ status: 0, end: 'cut' })
  })

  test('a lost answer is no answer, and all was done: a refresh token is used up', async () => {
    const { sandbox } = caller()
    const { refreshToken } = sandbox.tokens(undefined, { account: 'user' })
    const renew = () =>
      sandbox.fetch(
        new Request('http://x/oauth-v1/token', {
          method: 'POST',
          headers: { authorization: `Basic ${btoa('underlag-local:underlag-local-secret')}` },
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }),
        }),
      )
    sandbox.addFault({ kind: 'invalid-grant', path: '/oauth-v1/token', nth: 1 })
    sandbox.addFault({ kind: 'lost-answer', path: '/oauth-v1/token', nth: 2 })
    expect(await (await renew()).json()).toMatchObject({ error: 'invalid_grant' })
    await expect(renew()).rejects.toThrow(ConnectionLost)
    expect((await renew()).status).toBe(400)
  })

  test.each(['/3/vouchers?financialyear=2', '/3/sie/4?financialyear=2', '/3/me'])(
    'a cut in the middle of %s',
    async (path) => {
      const { sandbox, get } = caller()
      sandbox.addFault({ kind: 'cut' })
      const response = await get(path)
      expect(response.status).toBe(200)
      await expect(response.arrayBuffer()).rejects.toThrow(ConnectionLost)
      expect(sandbox.log.at(-1)?.end).toBe('cut')
      expect(sandbox.log.at(-1)?.sent).toBeGreaterThan(0)
    },
  )

  test('a stalled body gives its first bytes and then nothing until the signal', async () => {
    const { sandbox, get } = caller()
    sandbox.addFault({ kind: 'stall', afterBytes: 100 })
    const control = new AbortController()
    const reader = (await get('/3/vouchers', { signal: control.signal })).body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(100)
    const next = reader?.read()
    control.abort()
    await expect(next).rejects.toThrow(/abort/i)
    expect(sandbox.log.at(-1)).toMatchObject({ sent: 100, end: 'aborted' })
  })

  test('a big document is made as it is taken, and left when the reader leaves', async () => {
    const { sandbox, get } = caller()
    const voucher = { year: 2, series: 'A', number: '1' }
    const content = { kind: 'big', bytes: 50_000_000, name: 'x' } as const
    const { id } = sandbox.addFile(1018318, { name: 'stor.pdf', content, to: { voucher } })
    const response = await get(`/3/archive/${id}`)
    expect(response.headers.get('content-length')).toBe('50000000')
    const reader = response.body?.getReader()
    for (let i = 0; i < 4; i++) await reader?.read()
    expect(sandbox.log.at(-1)).toMatchObject({ sent: 4 * 65_536, end: 'open' })
    await reader?.cancel()
    expect(sandbox.log.at(-1)).toMatchObject({ sent: 4 * 65_536, end: 'aborted' })
  })
})

describe('plans', () => {
  const strikes = async (fault: Omit<Fault, 'kind'>, paths: string[], random?: () => number) => {
    let now = testNow
    const { sandbox, get } = caller({ clock: { now: () => now }, ...(random ? { random } : {}) })
    sandbox.addFault({ kind: 'status', ...fault })
    const struck: number[] = []
    for (const [index, path] of paths.entries()) {
      if ((await get(path)).status === 500) struck.push(index + 1)
      now += 1000
    }
    return struck
  }
  const four = ['/3/me', '/3/me', '/3/me', '/3/me']

  test.each<[string, Omit<Fault, 'kind'>, string[], number[]]>([
    ['always', {}, four, [1, 2, 3, 4]],
    ['the third', { nth: 3 }, four, [3]],
    ['the second and fourth', { nth: [2, 4] }, four, [2, 4]],
    ['twice', { times: 2 }, four, [1, 2]],
    ['from and until a moment', { from: testNow + 1000, until: testNow + 3000 }, four, [2, 3]],
    ['one path', { path: '/3/me' }, ['/3/accounts', '/3/me/', '/3/me', '/3/meny'], [2, 3]],
    [
      'one segment',
      { path: '/3/invoices/*' },
      ['/3/invoices', '/3/invoices/1', '/3/invoices/1/preview'],
      [2],
    ],
    [
      'any segments',
      { path: '/3/invoices/**' },
      ['/3/invoices', '/3/invoices/1', '/3/invoices/1/preview'],
      [2, 3],
    ],
    ['a query', { query: { page: '2' } }, ['/3/vouchers', '/3/vouchers?Page=2', '/3/vouchers?page=3'], [2]],
    ['another tenant', { tenant: 1 }, four, []],
    ['another method', { method: 'POST' }, four, []],
  ])('%s', async (_, fault, paths, expected) => expect(await strikes(fault, paths)).toEqual(expected))

  test('a probability draws from the sandbox', async () => {
    const draws = [0.1, 0.9]
    let turn = 0
    const struck = await strikes({ probability: 0.5 }, four, () => draws[turn++ % 2] ?? 0)
    expect(struck.length).toBeGreaterThan(0)
    expect(struck.length).toBeLessThan(4)
    expect(await strikes({ probability: 0 }, four)).toEqual([])
  })

  test('one fault strikes a request, the rest count it', async () => {
    const { sandbox, get } = caller()
    sandbox.addFault({ kind: 'status', nth: 1 })
    sandbox.addFault({ kind: 'empty', nth: 2 })
    expect((await get('/3/me')).status).toBe(500)
    expect(await (await get('/3/me')).text()).toBe('')
    expect(sandbox.faults().map(({ seen, struck }) => [seen, struck])).toEqual([
      [2, 1],
      [2, 1],
    ])
    sandbox.clearFaults()
    expect((await get('/3/me')).status).toBe(200)
  })

  test('an unknown kind is refused', () => {
    expect(() => caller().sandbox.addFault({ kind: 'meteor' as FaultKind })).toThrow(/no such fault/)
  })
})
