import { describe, expect, test } from 'vitest'
import { createSandbox, defaultScopes, type SandboxOptions } from '../index.ts'

const start = Date.parse('2026-06-15T12:00:00Z')
const redirect = 'http://127.0.0.1:8787/fortnox/callback'
const origin = 'https://apps.fortnox.se'

function sandboxAt(options: SandboxOptions = {}) {
  return createSandbox({ clock: { now: () => start }, ...options })
}
type Sandbox = ReturnType<typeof sandboxAt>

const authUrl = (params: Record<string, string> = {}) =>
  `${origin}/oauth-v1/auth?${new URLSearchParams({
    client_id: 'underlag-local',
    response_type: 'code',
    state: 'tillstånd',
    scope: defaultScopes.join(' '),
    redirect_uri: redirect,
    account_type: 'service',
    access_type: 'offline',
    ...params,
  })}`

/** Posts a form as a browser does, with the authorisation that the page carries. */
async function submit(sandbox: Sandbox, page: string, path: string, fields: Record<string, string>) {
  const authorisation = /name="authorisation" value="([^"]+)"/.exec(page)?.[1] ?? ''
  return sandbox.fetch(
    new Request(`${origin}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ authorisation, ...fields }),
    }),
  )
}

/** Through the pages as a person would: the address that the browser ends at. */
async function walk(sandbox: Sandbox, user: string, company: number | null, answer = 'yes', params = {}) {
  let response = await sandbox.fetch(new Request(authUrl(params)))
  const steps: [string, Record<string, string>][] = [['/oauth-v1/login', { user, password: 'fortnox' }]]
  if (company !== null) steps.push(['/oauth-v1/company', { company: String(company) }])
  steps.push(['/oauth-v1/approve', { answer }])
  for (const [path, fields] of steps) {
    if (response.status === 302) break
    response = await submit(sandbox, await response.text(), path, fields)
  }
  return new URL(response.headers.get('location') ?? 'about:blank')
}

async function token(
  sandbox: Sandbox,
  form: Record<string, string>,
  headers: Record<string, string> = {},
  secret = 'underlag-local-secret',
) {
  const response = await sandbox.fetch(
    new Request(`${origin}/oauth-v1/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { authorization: `Basic ${btoa(`underlag-local:${secret}`)}`, ...headers },
    }),
  )
  const body: Record<string, string> = await response.json()
  return { response, body }
}

const me = async (sandbox: Sandbox, accessToken: string) =>
  (
    await sandbox.fetch(
      new Request(`${origin}/3/me`, { headers: { authorization: `Bearer ${accessToken}` } }),
    )
  ).status

const exchange = (code: string) => ({ grant_type: 'authorization_code', code, redirect_uri: redirect })

describe('the pages', () => {
  test('own agreement: login and approval, no choice', async () => {
    const back = await walk(sandboxAt(), 'admin', null)
    expect(back.searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/)
    expect(back.searchParams.get('state')).toBe('tillstånd')
  })

  test('a consultant chooses, and the token is for the chosen company', async () => {
    const sandbox = sandboxAt()
    const back = await walk(sandbox, 'konsult', 1018402)
    const { body } = await token(sandbox, exchange(back.searchParams.get('code') ?? ''))
    const claims = JSON.parse(Buffer.from(body.access_token?.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      tenantId: 1018402,
      sub: '2@1018402',
      aud: 'underlag-local',
      exp: claims.iat + 3600,
    })
  })

  test.each([
    ['not system administrator', 'ekonomi', null, {}, 'error_missing_system_admin_right'],
    ['not system administrator there', 'konsult', 1018408, {}, 'error_missing_system_admin_right'],
    ['no integration licence', 'konsult', 1018403, {}, 'error_missing_app_license'],
    ['no Bokföring', 'konsult', 1018404, {}, 'error_missing_license'],
    ['no Leverantörsfaktura', 'konsult', 1018405, {}, 'error_missing_license'],
    ['no Fakturering', 'konsult', 1018406, {}, 'error_missing_license'],
    ['no Arkivplats', 'konsult', 1018407, {}, 'error_missing_license'],
    ['a scope there is not', 'admin', null, { scope: 'bookkeeping fantasy' }, 'invalid_scope'],
    ['no scope', 'admin', null, { scope: '' }, 'invalid_scope'],
  ])('%s: %s %s', async (_, user, company, params, error) => {
    for (const consentChecks of ['at-choice', 'at-approval'] as const) {
      const back = await walk(sandboxAt({ settings: { consentChecks } }), user, company, 'yes', params)
      expect(back.searchParams.get('error')).toBe(error)
      expect(back.searchParams.get('state')).toBe('tillstånd')
      expect(back.searchParams.has('code')).toBe(false)
    }
  })

  test('a missing licence does not matter when its scope is not asked for', async () => {
    const back = await walk(sandboxAt(), 'konsult', 1018405, 'yes', { scope: 'bookkeeping archive' })
    expect(back.searchParams.has('code')).toBe(true)
  })

  test('Avbryt', async () => {
    expect((await walk(sandboxAt(), 'admin', null, 'no')).searchParams.get('error')).toBe('access_denied')
  })

  test.each([
    ['a locked user', 'last', null],
    ['a locked company', 'konsult', 1018410],
  ])('%s comes back with neither code nor state', async (_, user, company) => {
    expect((await walk(sandboxAt(), user, company)).href).toBe(redirect)
  })

  test('a wrong password asks again', async () => {
    const sandbox = sandboxAt()
    const page = await (await sandbox.fetch(new Request(authUrl()))).text()
    const again = await submit(sandbox, page, '/oauth-v1/login', { user: 'admin', password: 'fel' })
    expect(await again.text()).toContain('Fel användarnamn eller lösenord')
  })

  test.each([
    ['another client', { client_id: 'x' }],
    ['another redirect address', { redirect_uri: 'https://elak.example/cb' }],
    ['no state', { state: '' }],
    ['another response type', { response_type: 'token' }],
  ])('%s: an error page, no redirect', async (_, params) => {
    const response = await sandboxAt().fetch(new Request(authUrl(params)))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
  })

  test.each(['http://localhost:9/x', 'http://127.0.0.4:1234/', 'http://[::1]:8/cb'])(
    'the loopback address %s is good besides the registered one',
    async (address) => {
      const back = await walk(sandboxAt(), 'admin', null, 'yes', { redirect_uri: address })
      expect(back.href.startsWith(address)).toBe(true)
    },
  )
})

describe('codes', () => {
  test('live ten minutes', async () => {
    for (const [ms, status] of [
      [10 * 60_000 - 1, 200],
      [10 * 60_000, 400],
    ] as const) {
      const sandbox = sandboxAt()
      const code = (await walk(sandbox, 'admin', null)).searchParams.get('code') ?? ''
      sandbox.clock.move(ms)
      expect((await token(sandbox, exchange(code))).response.status).toBe(status)
    }
  })

  test('are good once', async () => {
    const sandbox = sandboxAt()
    const code = (await walk(sandbox, 'admin', null)).searchParams.get('code') ?? ''
    expect((await token(sandbox, exchange(code))).body).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
    })
    const { response, body } = await token(sandbox, exchange(code))
    expect([response.status, body.error]).toEqual([400, 'invalid_grant'])
  })

  test('need the redirect address that was named', async () => {
    const sandbox = sandboxAt()
    const code = (await walk(sandbox, 'admin', null)).searchParams.get('code') ?? ''
    const { response } = await token(sandbox, { grant_type: 'authorization_code', code })
    expect(response.status).toBe(400)
  })
})

describe('tokens', () => {
  test('a stranger: 401 invalid_client as text/plain', async () => {
    const { response, body } = await token(sandboxAt(), { grant_type: 'refresh_token' }, {}, 'fel')
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8')
    expect(body.error).toBe('invalid_client')
  })

  test('last an hour', async () => {
    const sandbox = sandboxAt()
    const { accessToken } = sandbox.tokens()
    sandbox.clock.move(3_600_000 - 1)
    expect(await me(sandbox, accessToken)).toBe(200)
    sandbox.clock.move(1)
    expect(await me(sandbox, accessToken)).toBe(401)
  })

  test('a refresh token is good once, for 45 days', async () => {
    const sandbox = sandboxAt()
    let refresh = sandbox.tokens(undefined, { account: 'user' }).refreshToken ?? ''
    expect(refresh).toMatch(/^[0-9a-f]{40}$/)
    const renew = () => token(sandbox, { grant_type: 'refresh_token', refresh_token: refresh })
    sandbox.clock.move(45 * 86_400_000 - 1)
    const { response, body } = await renew()
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect((await renew()).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Invalid refresh token',
    })
    expect((await renew()).response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    refresh = body.refresh_token ?? ''
    sandbox.clock.move(45 * 86_400_000)
    expect((await renew()).response.status).toBe(400)
  })

  test.each([
    ['a service consent', 'service', '1018318', 200],
    ['a user consent', 'user', '1018318', 400],
    ['another tenant', 'service', '1018401', 400],
    ['no number', 'service', 'abc', 400],
  ] as const)('client credentials with %s', async (_, account, tenant, status) => {
    const sandbox = sandboxAt()
    sandbox.tokens(undefined, { account })
    const { response, body } = await token(
      sandbox,
      { grant_type: 'client_credentials' },
      { TenantId: tenant },
    )
    expect(response.status).toBe(status)
    if (status !== 200) return
    expect(body.refresh_token).toBeUndefined()
    expect(body.scope).toBe(defaultScopes.join(' '))
    expect(await me(sandbox, body.access_token ?? '')).toBe(200)
  })

  test('client credentials give the scopes asked for, and no others', async () => {
    const sandbox = sandboxAt()
    sandbox.tokens()
    const ask = (scope: string) =>
      token(sandbox, { grant_type: 'client_credentials', scope }, { TenantId: '1018318' })
    expect((await ask('profile')).body.scope).toBe('profile')
    expect((await ask('salary')).body.error).toBe('invalid_scope')
  })

  test.each([
    ['token', 200],
    ['consent', 400],
  ] as const)('revoke ends the %s', async (revokeEnds, status) => {
    const sandbox = sandboxAt({ settings: { revokeEnds } })
    const { refreshToken } = sandbox.tokens()
    const revoke = (value: string) =>
      sandbox.fetch(
        new Request(`${origin}/oauth-v1/revoke`, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa('underlag-local:underlag-local-secret')}` },
          body: new URLSearchParams({ token_type_hint: 'refresh_token', token: value }),
        }),
      )
    expect(await (await revoke('okänd')).json()).toEqual({ revoked: true })
    expect(await (await revoke(refreshToken ?? '')).json()).toEqual({ revoked: true })
    const renewed = await token(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' })
    expect(renewed.response.status).toBe(400)
    const { response } = await token(sandbox, { grant_type: 'client_credentials' }, { TenantId: '1018318' })
    expect(response.status).toBe(status)
  })

  test.each([
    ['all', 401],
    ['renewal', 200],
  ] as const)('a consent removed in Fortnox ends %s', async (revokedConsentEnds, status) => {
    const sandbox = sandboxAt({ settings: { revokedConsentEnds } })
    const { accessToken, refreshToken } = sandbox.tokens()
    sandbox.revokeConsent()
    expect(await me(sandbox, accessToken)).toBe(status)
    for (const form of [
      { grant_type: 'client_credentials' },
      { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' },
    ]) {
      expect((await token(sandbox, form, { TenantId: '1018318' })).body.error).toBe('invalid_grant')
    }
  })

  test.each([
    [{}, 'invalid_request'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials' }, 'invalid_request'],
  ] as const)('%j is %s', async (form, error) => {
    expect((await token(sandboxAt(), form as Record<string, string>)).body.error).toBe(error)
  })

  test('a new consent may end the earlier refresh tokens', async () => {
    for (const [reconsentEndsTokens, status] of [
      [false, 200],
      [true, 400],
    ] as const) {
      const sandbox = sandboxAt({ settings: { reconsentEndsTokens } })
      const { refreshToken } = sandbox.tokens()
      sandbox.tokens()
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }
      expect((await token(sandbox, form)).response.status).toBe(status)
    }
  })

  test('a lapsed integration licence shows where the settings say', async () => {
    for (const [lapsedAppLicence, api, renewal] of [
      ['endpoints', 400, 200],
      ['token', 200, 401],
      ['neither', 200, 200],
    ] as const) {
      const sandbox = sandboxAt({ settings: { lapsedAppLicence } })
      const { accessToken } = sandbox.tokens()
      sandbox.setLicence(1018318, 'integration', false)
      expect(await me(sandbox, accessToken)).toBe(api)
      const { response } = await token(sandbox, { grant_type: 'client_credentials' }, { TenantId: '1018318' })
      expect(response.status).toBe(renewal)
    }
  })
})
