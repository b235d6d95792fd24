import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../shared/clock.ts'
import { disconnect, integrationById } from '../directory/integrations.ts'
import { testEnv } from '../testing/env.ts'
import { type FortnoxStandIn, standInForFortnox } from '../testing/fortnox.ts'
import { newIntegration, newMember } from '../testing/people.ts'
import { createLink, withdrawLinks } from './links.ts'
import { consentPages } from './routes.ts'

const number = '5560360793'
let fortnox: FortnoxStandIn
let tenant = 1000

beforeEach(() => {
  fortnox = standInForFortnox()
  fortnox.answers.company.tenant = ++tenant
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** The pages as the worker mounts them, asked for by a path. */
function open(path: string, init: RequestInit = {}): Promise<Response> {
  return Promise.resolve(consentPages.request(path.replace(/^\/consent/, ''), init, testEnv))
}

async function newLink(company = number) {
  const member = await newMember(crypto.randomUUID())
  const integration = await newIntegration(member, company)
  const { url } = await createLink(testEnv, systemClock, integration.id, member.id)
  const read = async () => (await integrationById(testEnv.DIRECTORY, integration.id))!
  return { path: new URL(url).pathname, integration, read }
}

/** "Ge behörighet": the cookie of the attempt, and the state that went to Fortnox. */
async function begin(path: string): Promise<{ cookie: string; state: string; set: string }> {
  const response = await open(path, { method: 'POST' })
  expect(response.status).toBe(303)
  const set = response.headers.get('set-cookie')!
  const state = new URL(response.headers.get('location')!).searchParams.get('state')!
  return { cookie: set.split(';')[0]!, state, set }
}

function comeBack(cookie: string, query: Record<string, string>, language = 'sv'): Promise<Response> {
  return open(`/consent/callback?${new URLSearchParams(query)}`, {
    headers: { cookie, 'accept-language': language },
  })
}

async function statusOf(
  path: string,
  since: number,
): Promise<{ state: string; html?: string; now?: number }> {
  return (await open(`${path}/status?since=${since}`)).json()
}

describe('looking at a link', () => {
  it('explains in the browser’s language, and spends nothing', async () => {
    const { path, read } = await newLink()
    for (const method of ['GET', 'HEAD', 'GET']) expect((await open(path, { method })).status).toBe(200)
    expect(await (await open(path)).text()).toContain('Ge behörighet')
    const english = await (await open(path, { headers: { 'accept-language': 'en-GB' } })).text()
    expect(english).toContain('Give access')
    expect(english).toContain('<html lang="en">')
    expect(await statusOf(path, Date.now())).toEqual({ state: 'waiting' })
    expect((await read()).connection).toBeNull()
    const { results } = await testEnv.DIRECTORY.prepare(
      'SELECT 1 FROM consent_attempt a JOIN consent_link l ON l.id = a.link WHERE l.integration = ?1',
    )
      .bind((await read()).id)
      .all()
    expect(results).toEqual([])
  })

  it('is kept by no cache, framed by no page, and runs nothing but our own script', async () => {
    const { path } = await newLink()
    const { headers } = await open(path)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('writes what members named as text, never as markup', async () => {
    const member = await newMember('<img src=x>')
    const integration = await newIntegration(member, number)
    await testEnv.DIRECTORY.prepare('UPDATE integration SET name = ?2 WHERE id = ?1')
      .bind(integration.id, '"><script>alert(1)</script>')
      .run()
    const { url } = await createLink(testEnv, systemClock, integration.id, member.id)
    const page = await (await open(new URL(url).pathname)).text()
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img src=x>')
    expect(page).toContain('&lt;script&gt;')
  })
})

describe('“Ge behörighet”', () => {
  it('binds the browser to the state by a cookie that no script reads', async () => {
    const { path } = await newLink()
    const { set, state, cookie } = await begin(path)
    expect(set).toMatch(/HttpOnly/)
    expect(set).toMatch(/SameSite=Lax/)
    expect(set).toMatch(/Secure/)
    expect(set).toMatch(/Max-Age=3600/)
    expect(cookie.split('=')[1]).toBe(state)
  })

  it('asks for a service account, and names our own callback', async () => {
    const { path } = await newLink()
    const to = new URL((await open(path, { method: 'POST' })).headers.get('location')!)
    expect(to.origin).toBe(testEnv.FORTNOX_AUTH_ORIGIN)
    expect(to.searchParams.get('account_type')).toBe('service')
    expect(to.searchParams.get('redirect_uri')).toBe(`${testEnv.EDGE_ORIGIN}/consent/callback`)
  })

  it('begins for no other site', async () => {
    const { path } = await newLink()
    for (const headers of [{ origin: 'https://evil.test' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[]) {
      const response = await open(path, { method: 'POST', headers })
      expect(response.status).toBe(400)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    const own = await open(path, { method: 'POST', headers: { origin: testEnv.EDGE_ORIGIN } })
    expect(own.status).toBe(303)
  })
})

describe('an approval', () => {
  it('connects, spends the link, and is told to the first page', async () => {
    const { path, read } = await newLink()
    const since = Date.now()
    const { cookie, state } = await begin(path)
    const back = await comeBack(cookie, { code: 'code', state })
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(`${path}?done=window`)
    expect(back.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await read()).connection).toMatchObject({ state: 'active', tenant, organisationNumber: number })
    expect(await statusOf(path, since)).toEqual({ state: 'done' })
    expect(await (await open(`${path}?done=window`)).text()).toContain('Klart. Fortnox är anslutet')
    expect(await (await open(path)).text()).toContain('Redan ansluten')
    expect((await open(path, { method: 'POST' })).status).toBe(410)
  })

  it('leaves no token in the clear', async () => {
    const { path } = await newLink()
    const { cookie, state } = await begin(path)
    await comeBack(cookie, { code: 'code', state })
    const copy = await testEnv.TOKENS.get(`token:${tenant}`)
    expect(copy).not.toBeNull()
    expect(copy).not.toContain('secret')
    for (const table of ['connection', 'integration', 'consent_link', 'consent_attempt']) {
      const { results } = await testEnv.DIRECTORY.prepare(`SELECT * FROM ${table}`).all()
      expect(JSON.stringify(results)).not.toContain('-secret')
    }
  })

  it('counts once: the same callback again finds no attempt', async () => {
    const { path } = await newLink()
    const { cookie, state } = await begin(path)
    await comeBack(cookie, { code: 'code', state })
    expect((await comeBack(cookie, { code: 'code', state })).status).toBe(400)
  })

  it('counts only in the browser that began it, and a code only with its state', async () => {
    const [mine, theirs] = [await newLink(), await newLink()]
    const begun = await begin(mine.path)
    const other = await begin(theirs.path)
    expect((await comeBack('', { code: 'code', state: begun.state })).status).toBe(400)
    expect((await comeBack(other.cookie, { code: 'code', state: begun.state })).status).toBe(400)
    expect((await comeBack(begun.cookie, { code: 'code' })).status).toBe(400)
    expect((await mine.read()).connection).toBeNull()
    expect((await comeBack(begun.cookie, { code: 'code', state: begun.state })).status).toBe(303)
  })

  it('finds its own link when two are open side by side', async () => {
    const [first, second] = [await newLink(), await newLink('5560125790')]
    const one = await begin(first.path)
    await systemClock.sleep(2)
    const two = await begin(second.path)
    const cookies = `${one.cookie}; ${two.cookie}`
    expect((await comeBack(cookies, { code: 'code', state: one.state })).status).toBe(303)
    expect((await first.read()).connection?.tenant).toBe(tenant)
    expect((await second.read()).connection).toBeNull()
    const page = await comeBack(two.cookie, {})
    expect(await page.text()).toContain(second.path)
  })

  it('mends a broken connection for every firm that uses it', async () => {
    const [first, second] = [await newLink(), await newLink()]
    for (const link of [first, second]) {
      const { cookie, state } = await begin(link.path)
      await comeBack(cookie, { code: 'code', state })
    }
    await testEnv.DIRECTORY.prepare(`UPDATE connection SET state = 'broken' WHERE tenant = ?1`)
      .bind(tenant)
      .run()
    expect(await (await open(first.path)).text()).toContain('Länken har använts')
    const { integration } = first
    const again = await createLink(testEnv, systemClock, integration.id, (await newMember('x')).id)
    const { cookie, state } = await begin(new URL(again.url).pathname)
    await comeBack(cookie, { code: 'code', state })
    for (const { read } of [first, second]) expect((await read()).connection?.state).toBe('active')
  })

  it('for another Fortnox database of the company lets the old one go, with its tokens', async () => {
    const link = await newLink()
    const before = await begin(link.path)
    await comeBack(before.cookie, { code: 'code', state: before.state })
    const old = tenant
    fortnox.answers.company.tenant = ++tenant
    const again = await createLink(testEnv, systemClock, link.integration.id, (await newMember('y')).id)
    const { cookie, state } = await begin(new URL(again.url).pathname)
    await comeBack(cookie, { code: 'code', state })
    expect((await link.read()).connection?.tenant).toBe(tenant)
    expect(await testEnv.TOKENS.get(`token:${old}`)).toBeNull()
    expect(fortnox.revoked).toEqual(['refresh-secret'])
  })

  it('that the firm ended since is called used, not connected', async () => {
    const { path, read } = await newLink()
    const { cookie, state } = await begin(path)
    await comeBack(cookie, { code: 'code', state })
    await disconnect(testEnv.DIRECTORY, await read())
    const page = await (await open(path)).text()
    expect(page).toContain('Länken har använts')
    expect(page).not.toContain('Redan ansluten')
  })
})

describe('a refused approval', () => {
  const refusals: [query: Record<string, string>, code: string, sv: string, en: string][] = [
    [{ error: 'access_denied' }, 'consent_denied', 'Du godkände inte', 'You did not approve'],
    [
      { error: 'error_missing_app_license' },
      'missing_integration_licence',
      'Detta saknas: Integrationslicens',
      'This is missing: An integration licence',
    ],
    [
      { error: 'error_missing_system_admin_right' },
      'missing_system_administrator',
      'Detta saknas: En systemadministratör',
      'This is missing: A system administrator',
    ],
    [
      { error: 'error_missing_license' },
      'missing_bookkeeping',
      'Detta saknas: Modulen Bokföring',
      'This is missing: The module Bokföring',
    ],
    [{ error: 'invalid_scope' }, 'consent_failed', 'kunde inte slutföra', 'could not finish'],
    [{ error: 'something_new' }, 'consent_failed', 'kunde inte slutföra', 'could not finish'],
    [{}, 'consent_no_answer', 'skickade inget svar', 'sent no answer'],
  ]

  it.each(refusals)('%j is %s, in both languages, and leaves the link', async (query, code, sv, en) => {
    for (const [language, words] of [
      ['sv', sv],
      ['en', en],
    ] as const) {
      const { path, read } = await newLink()
      const since = Date.now() - 1
      const { cookie, state } = await begin(path)
      // Neither code nor state: the link is found by the cookie alone.
      const page = await comeBack(cookie, code === 'consent_no_answer' ? {} : { ...query, state }, language)
      expect(page.status).toBe(400)
      const text = await page.text()
      expect(text).toContain(words)
      expect(text).toContain(path)
      expect((await read()).lastRefusal?.code).toBe(code)
      expect((await read()).connection).toBeNull()
      const status = await statusOf(path, since)
      expect(status.state).toBe('refused')
      expect(status.html).toContain(sv)
      expect(await statusOf(path, status.now!)).toEqual({ state: 'waiting' })
      expect((await open(path)).status).toBe(200)
      const again = await begin(path)
      expect((await comeBack(again.cookie, { code: 'code', state: again.state })).status).toBe(303)
      expect((await read()).lastRefusal).toBeNull()
    }
  })

  it('by the token endpoint leaves the link too', async () => {
    for (const [refusal, code] of [
      ['invalid_grant', 'consent_failed'],
      ['error_missing_app_license', 'missing_integration_licence'],
      ['error_missing_license', 'missing_bookkeeping'],
    ] as const) {
      const { path, read } = await newLink()
      const { cookie, state } = await begin(path)
      fortnox.answers.refusal = refusal
      expect((await comeBack(cookie, { code: 'code', state })).status).toBe(400)
      expect((await read()).lastRefusal?.code).toBe(code)
      fortnox.answers.refusal = null
      expect((await open(path)).status).toBe(200)
    }
  })

  it('of a link that was withdrawn meanwhile connects nothing', async () => {
    const { path, read, integration } = await newLink()
    const { cookie, state } = await begin(path)
    await withdrawLinks(testEnv, systemClock, integration.id)
    const page = await comeBack(cookie, { code: 'code', state })
    expect(page.status).toBe(410)
    const text = await page.text()
    expect(text).toContain('Länken är återkallad')
    expect(text).not.toContain('Tillbaka till länken')
    expect((await read()).connection).toBeNull()
    expect(fortnox.asked).toEqual([])
  })
})

describe('an approval for another company', () => {
  it('is refused and named to the administrator; its tokens are revoked; the firm learns no name', async () => {
    const { path, read } = await newLink()
    fortnox.answers.company = { tenant: ++tenant, name: 'Hemliga AB', number: '556012-5790' }
    const since = Date.now() - 1
    const { cookie, state } = await begin(path)
    const page = await (await comeBack(cookie, { code: 'code', state })).text()
    expect(page).toContain('Fel företag valdes')
    expect(page).toContain('Hemliga AB (556012-5790)')
    expect(fortnox.revoked).toEqual(['refresh-secret'])
    expect((await statusOf(path, since)).html).toContain('Hemliga AB')
    const { connection, lastRefusal } = await read()
    expect(connection).toBeNull()
    expect(lastRefusal?.code).toBe('wrong_company')
    expect(JSON.stringify(lastRefusal)).not.toContain('Hemliga')
    expect(await testEnv.TOKENS.get(`token:${tenant}`)).toBeNull()
    expect((await open(path)).status).toBe(200)
  })

  it('touches no connection that a firm already uses', async () => {
    const other = await newLink('5560125790')
    fortnox.answers.company = { tenant: ++tenant, name: 'Det andra', number: '556012-5790' }
    const theirs = await begin(other.path)
    await comeBack(theirs.cookie, { code: 'code', state: theirs.state })
    const before = [await other.read(), await testEnv.TOKENS.get(`token:${tenant}`)]
    const { path } = await newLink()
    const { cookie, state } = await begin(path)
    expect((await comeBack(cookie, { code: 'code', state })).status).toBe(400)
    expect(fortnox.revoked).toEqual([])
    expect([await other.read(), await testEnv.TOKENS.get(`token:${tenant}`)]).toEqual(before)
  })

  it('and one without a number that can be read, are told apart', async () => {
    for (const written of [null, '556036-0794']) {
      const { path, read } = await newLink()
      fortnox.answers.company = { tenant: ++tenant, name: 'Utan nummer', number: written }
      const { cookie, state } = await begin(path)
      expect(await (await comeBack(cookie, { code: 'code', state })).text()).toContain(
        'inget organisationsnummer',
      )
      expect((await read()).lastRefusal?.code).toBe('company_without_number')
      expect((await read()).connection).toBeNull()
    }
  })
})
