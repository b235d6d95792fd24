import { expect, test } from 'vitest'
import { createSandbox } from './index.ts'

const start = Date.parse('2026-06-15T12:00:00Z')

function control() {
  const sandbox = createSandbox({ clock: { now: () => start } })
  const send = async (method: string, path: string, input?: unknown) => {
    const body = input === undefined ? {} : { body: JSON.stringify(input) }
    const response = await sandbox.fetch(new Request(`http://x/__control${path}`, { method, ...body }))
    return { status: response.status, body: await response.json() }
  }
  return { sandbox, send }
}

test('companies, users and the client', async () => {
  const { body } = await control().send('GET', '/companies')
  expect(body.client).toMatchObject({ id: 'underlag-local', secret: 'underlag-local-secret' })
  expect(body.companies[0]).toMatchObject({ tenant: 1018318, years: [{ id: 5, vouchers: 120 }, { id: 2 }] })
  expect(body.users.map((user: { login: string }) => user.login)).toEqual([
    'admin',
    'konsult',
    'ekonomi',
    'last',
  ])
})

test('faults are set, listed and taken away', async () => {
  const { sandbox, send } = control()
  const { body } = await send('POST', '/faults', [
    { kind: 'status', path: '/3/**' },
    { kind: 'hang', nth: 3 },
  ])
  expect(body.ids).toHaveLength(2)
  expect((await send('GET', '/faults')).body.set).toHaveLength(2)
  await send('DELETE', '/faults', { id: body.ids[0] })
  expect(sandbox.faults().map((fault) => fault.kind)).toEqual(['hang'])
  await send('DELETE', '/faults')
  expect(sandbox.faults()).toEqual([])
  expect(await send('POST', '/faults', { kind: 'meteor' })).toEqual({
    status: 400,
    body: { error: 'no such fault: meteor' },
  })
})

test('settings are checked', async () => {
  const { sandbox, send } = control()
  expect((await send('POST', '/settings', { refusalStatus: 403 })).body.refusalStatus).toBe(403)
  expect(sandbox.settings.refusalStatus).toBe(403)
  expect((await send('POST', '/settings', { refusalStatus: 418 })).status).toBe(400)
  expect((await send('POST', '/settings', { nonsense: 1 })).status).toBe(400)
  expect(Object.keys((await send('GET', '/settings')).body.notes)).toEqual(Object.keys(sandbox.settings))
})

test('the clock moves, by and to', async () => {
  const { send } = control()
  expect((await send('POST', '/clock', { move: 1000 })).body.now).toBe(start + 1000)
  expect((await send('POST', '/clock', { set: '2027-01-01T00:00:00Z' })).body.iso).toBe(
    '2027-01-01T00:00:00.000Z',
  )
})

test('vouchers, files, licences, consents and tokens', async () => {
  const { sandbox, send } = control()
  const tenant = 1018318
  const rows = [
    { account: 1930, amount: -100 },
    { account: 6110, amount: 100 },
  ]
  const { body: voucher } = await send('POST', '/vouchers', {
    tenant,
    year: 2,
    series: 'A',
    date: '2026-06-01',
    text: 'Ny',
    rows,
  })
  const ref = { year: 2, series: 'A', number: voucher.number }
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString('base64')
  const { body: file } = await send('POST', '/files', {
    tenant,
    name: 'bild.png',
    base64: png,
    to: { voucher: ref },
  })
  const { body: tokens } = await send('POST', '/tokens', {
    tenant,
    scopes: ['inbox', 'connectfile', 'bookkeeping'],
  })
  const get = (path: string) =>
    sandbox.fetch(
      new Request(`http://x${path}`, { headers: { authorization: `Bearer ${tokens.accessToken}` } }),
    )
  expect((await get(`/3/inbox/${file.id}`)).headers.get('content-type')).toBe('image/png')
  expect((await send('DELETE', '/files', { tenant, ...ref, fileId: file.id })).body).toEqual({
    unlinked: true,
  })
  expect((await send('DELETE', '/vouchers', { tenant, ...ref })).status).toBe(200)
  expect((await send('DELETE', '/vouchers', { tenant, ...ref })).status).toBe(400)
  await send('POST', '/licences', { tenant, licence: 'bokforing', on: false })
  expect((await get('/3/vouchers')).status).toBe(400)
  await send('DELETE', '/consents', { tenant })
  expect((await get('/3/inbox')).status).toBe(401)
})

test('approval without the pages', async () => {
  const { send } = control()
  const query = { client_id: 'underlag-local', response_type: 'code', state: 's', scope: 'inbox' }
  const url = `http://x/oauth-v1/auth?${new URLSearchParams(query)}`
  expect((await send('POST', '/approve', { url })).body.location).toMatch(/\?code=.*&state=s$/)
  expect((await send('POST', '/approve', { url, deny: true })).body.location).toMatch(/error=access_denied/)
  expect((await send('POST', '/approve', { url, user: 'last' })).body.location).toBe(
    'http://127.0.0.1:8787/fortnox/callback',
  )
})

test('log, counts and truth; reset forgets them', async () => {
  const { sandbox, send } = control()
  const { accessToken } = sandbox.tokens()
  await sandbox.fetch(
    new Request('http://x/3/vouchers/A/7', { headers: { authorization: `Bearer ${accessToken}` } }),
  )
  expect((await send('GET', '/counts')).body).toMatchObject({
    requests: { '/3/vouchers/*/*': 1 },
    total: 1,
    busiest: 1,
  })
  const { body: log } = await send('GET', '/log')
  expect(log).toMatchObject([{ path: '/3/vouchers/A/7', status: 200, end: 'complete', tenant: 1018318 }])
  expect((await send('GET', `/log?since=${log[0].id}`)).body).toEqual([])
  expect((await send('GET', '/truth?tenant=1018401')).body.tenant).toBe(1018401)
  sandbox.deleteVoucher(1018318, { year: 2, series: 'A', number: '1' })
  await send('POST', '/reset', {})
  expect((await send('GET', '/counts')).body.total).toBe(0)
  expect(sandbox.truth()).toEqual(createSandbox().truth())
  expect((await send('GET', '/nonsense')).status).toBe(404)
})
