import { exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { extensionClientId, sessionPaths } from '../../shared/contract/session.ts'
import type { Session } from '../../shared/contract/types.ts'
import { testEnv } from '../testing/env.ts'

const worker = (exports as unknown as { default: Fetcher }).default
const redirect = 'https://extension.test/signed-in'
const verifier = 'v'.repeat(43)

/** What the identity provider says of whoever signs in; a nonce of its own stands in for a replayed answer. */
let claims: Record<string, unknown>
let providerAnswers: boolean

beforeEach(() => {
  claims = {
    sub: 'anna',
    name: 'Anna Lind',
    email: 'anna@norra.example',
    firm_id: 'norra',
    firm_name: 'Norra AB',
  }
  providerAnswers = true
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { origin, pathname } = new URL(String(input instanceof Request ? input.url : input))
    if (origin !== testEnv.IDENTITY_ISSUER || !providerAnswers) throw new TypeError(`no network: ${origin}`)
    if (pathname === '/.well-known/openid-configuration') {
      return Response.json({
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
      })
    }
    if (pathname !== '/token') return new Response(null, { status: 404 })
    const form = new URLSearchParams(String(init?.body))
    return Response.json({ access_token: 'a', token_type: 'bearer', id_token: idToken(form.get('code')!) })
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** An ID token for a code, which is the nonce in this stand-in. */
function idToken(nonce: string): string {
  const now = Math.floor(Date.now() / 1000)
  const part = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)))
  const body = { iss: testEnv.IDENTITY_ISSUER, aud: 'edge', iat: now, exp: now + 60, nonce, ...claims }
  return `${part({ alg: 'RS256' })}.${part(body)}.${base64url(new Uint8Array(256))}`
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

async function authorize(changed: Record<string, string> = {}): Promise<Response> {
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const url = new URL(sessionPaths.authorize, testEnv.EDGE_ORIGIN)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: extensionClientId,
    redirect_uri: redirect,
    state: 'its-own-state',
    code_challenge: base64url(new Uint8Array(challenge)),
    code_challenge_method: 'S256',
    ...changed,
  }).toString()
  return worker.fetch(url, { redirect: 'manual' })
}

const target = (response: Response) => new URL(response.headers.get('location')!)

/** Out to the identity provider and back, as the member's browser does it. */
async function comeBack(query: (to: URL) => Record<string, string>, cookie?: string): Promise<Response> {
  const out = await authorize()
  const callback = new URL('/session/callback', testEnv.EDGE_ORIGIN)
  callback.search = new URLSearchParams(query(target(out))).toString()
  const own = out.headers.get('set-cookie')!.split(';')[0]!
  return worker.fetch(callback, { redirect: 'manual', headers: { cookie: cookie ?? own } })
}

const back = (to: URL) => ({
  code: to.searchParams.get('nonce')!,
  state: to.searchParams.get('state')!,
})

function token(fields: Record<string, string>): Promise<Response> {
  return worker.fetch(new URL(sessionPaths.token, testEnv.EDGE_ORIGIN), {
    method: 'POST',
    body: new URLSearchParams({ client_id: extensionClientId, ...fields }),
  })
}

async function signIn(): Promise<{ access_token: string; refresh_token: string }> {
  const code = target(await comeBack(back)).searchParams.get('code')!
  const answer = await token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

function session(accessToken: string, method = 'GET'): Promise<Response> {
  return worker.fetch(new URL('/api/session', testEnv.EDGE_ORIGIN), {
    method,
    headers: { authorization: `Bearer ${accessToken}` },
  })
}

describe('signing in', () => {
  it('makes firm and member at the first time, and knows them at the next', async () => {
    const first = await (await session((await signIn()).access_token)).json<Session>()
    expect(first.member).toMatchObject({ name: 'Anna Lind', email: 'anna@norra.example' })
    expect(first.firm.name).toBe('Norra AB')
    claims.name = 'Anna Ek'
    const again = await (await session((await signIn()).access_token)).json<Session>()
    expect(again.member).toMatchObject({ id: first.member.id, name: 'Anna Ek' })
    expect(again.firm.id).toBe(first.firm.id)
    claims = { ...claims, sub: 'bertil', firm_id: 'soder', firm_name: 'Söder KB' }
    const other = await (await session((await signIn()).access_token)).json<Session>()
    expect(other.firm.id).not.toBe(first.firm.id)
  })

  it('asks the identity provider with PKCE, a nonce and a state that is not the extension’s', async () => {
    const to = target(await authorize())
    expect(to.origin).toBe(testEnv.IDENTITY_ISSUER)
    expect(to.searchParams.get('code_challenge_method')).toBe('S256')
    expect(to.searchParams.get('nonce')).not.toBeNull()
    expect(to.searchParams.get('state')).not.toBe('its-own-state')
  })

  it('gives the extension back its own state, and a code that works with its verifier alone', async () => {
    const redirected = target(await comeBack(back))
    expect(redirected.origin + redirected.pathname).toBe(redirect)
    expect(redirected.searchParams.get('state')).toBe('its-own-state')
    const code = redirected.searchParams.get('code')!
    const fields = { grant_type: 'authorization_code', code, redirect_uri: redirect }
    expect((await token({ ...fields, code_verifier: 'w'.repeat(43) })).status).toBe(400)
  })

  it('leads to no address that was not registered', async () => {
    const response = await authorize({ redirect_uri: 'https://evil.test/' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect((await authorize({ client_id: 'another' })).headers.get('location')).toBeNull()
  })
})

describe('a sign-in that fails', () => {
  const errorOf = (response: Response) => target(response).searchParams.get('error')

  it('goes back to the extension, which shows it', async () => {
    expect(
      errorOf(
        await comeBack(({ searchParams }) => ({ error: 'access_denied', state: searchParams.get('state')! })),
      ),
    ).toBe('access_denied')
    claims.firm_id = ''
    expect(errorOf(await comeBack(back))).toBe('server_error')
    claims = { ...claims, firm_id: 'norra', aud: 'somebody else' }
    expect(errorOf(await comeBack(back))).toBe('server_error')
    claims = { ...claims, aud: 'edge', nonce: 'of another sign-in' }
    expect(errorOf(await comeBack(back))).toBe('server_error')
  })

  it('since the identity provider is down goes back too', async () => {
    providerAnswers = false
    const redirected = await authorize()
    expect(errorOf(redirected)).toBe('temporarily_unavailable')
    expect(target(redirected).searchParams.get('state')).toBe('its-own-state')
  })

  it('in another browser than it began in is a page of ours', async () => {
    const stolen = await comeBack(back, 'other=1')
    expect(stolen.status).toBe(400)
    expect(await stolen.text()).toContain('Inloggningen gick inte igenom')
    expect((await worker.fetch(new URL('/session/callback', testEnv.EDGE_ORIGIN))).status).toBe(400)
  })
})

describe('a session', () => {
  it('is renewed by its refresh token', async () => {
    const { refresh_token } = await signIn()
    const renewed = await token({ grant_type: 'refresh_token', refresh_token })
    expect(renewed.status).toBe(200)
    const { access_token } = await renewed.json<{ access_token: string }>()
    expect((await session(access_token)).status).toBe(200)
  })

  it('that is signed out is none, and cannot be renewed; another device stays signed in', async () => {
    const [here, there] = [await signIn(), await signIn()]
    expect((await session(here.access_token, 'DELETE')).status).toBe(204)
    expect((await session(here.access_token)).status).toBe(401)
    const renewed = await token({ grant_type: 'refresh_token', refresh_token: here.refresh_token })
    expect(renewed.status).toBe(400)
    expect((await session(there.access_token)).status).toBe(200)
  })

  it('of a member who is gone opens nothing', async () => {
    claims.sub = 'leaves'
    const { access_token } = await signIn()
    const { member } = await (await session(access_token)).json<Session>()
    await testEnv.DIRECTORY.prepare('DELETE FROM member WHERE id = ?1').bind(member.id).run()
    const response = await session(access_token)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: { code: 'not_signed_in', data: {} } })
  })
})
