import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { identityClient, type RunningIdentity, startIdentity } from './identity.ts'

const redirect = 'http://127.0.0.2:4020/session/callback'
const verifier = randomBytes(32).toString('base64url')
let identity: RunningIdentity

beforeAll(async () => {
  // The package says at length that this is no provider for production.
  for (const method of ['warn', 'info'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  identity = await startIdentity({ redirectUris: [redirect] })
})
afterAll(() => identity.close())

/** A browser at the sign-in page: its address and its cookies. */
async function signInPage(): Promise<{ url: URL; cookie: string; html: string }> {
  const url = new URL('/auth', identity.url)
  url.search = new URLSearchParams({
    client_id: identityClient.id,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid profile email',
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const begun = await fetch(url, { redirect: 'manual' })
  const cookie = cookiesOf(begun)
  const page = new URL(begun.headers.get('location')!, url)
  return { url: page, cookie, html: await (await fetch(page, { headers: { cookie } })).text() }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function post(url: URL, cookie: string, login: string, password: string): Promise<Response> {
  const body = new URLSearchParams({ login, password })
  return fetch(url, { method: 'POST', body, headers: { cookie }, redirect: 'manual' })
}

it('has a plain form: login, password, one button', async () => {
  const { html } = await signInPage()
  expect(html).toContain('name="login"')
  expect(html).toContain('name="password"')
  expect(html.match(/type="submit"/g)).toHaveLength(1)
})

it('lets nobody in by a wrong password, and says so', async () => {
  const { url, cookie } = await signInPage()
  const refused = await post(url, cookie, 'anna', 'bertil')
  expect(refused.status).toBe(401)
  expect(await refused.text()).toContain('role="alert"')
})

it.each(['anna', 'cecilia'])('signs %s in, and says who and of which firm', async (login) => {
  const { url, cookie } = await signInPage()
  const accepted = await post(url, cookie, login, login)
  const resumed = await fetch(new URL(accepted.headers.get('location')!, url), {
    headers: { cookie: `${cookie}; ${cookiesOf(accepted)}` },
    redirect: 'manual',
  })
  const back = new URL(resumed.headers.get('location')!)
  expect(back.href.startsWith(`${redirect}?`)).toBe(true)
  const { id, secret } = identityClient
  const answer = await fetch(new URL('/token', identity.url), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  })
  const { id_token } = (await answer.json()) as { id_token: string }
  const claims = JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString())
  const user = identity.users.find((one) => one.login === login)!
  expect(claims).toMatchObject({
    sub: login,
    name: user.name,
    email: user.email,
    firm_id: user.firm.id,
    firm_name: user.firm.name,
    nonce: 'nonce',
  })
})
