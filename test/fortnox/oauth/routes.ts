/** `apps.fortnox.se/oauth-v1`: the login pages, and the token and revoke endpoints. */

import type { Context, Hono } from 'hono'
import { type Env, exchangeOf } from '../exchange.ts'
import type { User } from '../model.ts'
import type { World } from '../world.ts'
import { approvePage, companyPage, loginPage, refusedPage } from './pages.ts'
import type { Authorisation } from './state.ts'

const gone = 'Inloggningen är inte längre giltig. Börja om från länken.'

/** A locked account's way back: the redirect address, with neither code nor state. */
function bare(authorisation: Authorisation): string {
  return authorisation.redirectUri
}

/** Client id and secret of a Basic header. */
function basic(header: string | undefined): [string, string] | null {
  const match = /^Basic\s+(\S+)$/i.exec(header ?? '')
  if (match?.[1] === undefined) return null
  const text = Buffer.from(match[1], 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return null
  // RFC 6749 has both parts form-encoded; most clients send them bare.
  const decode = (part: string) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }
  return [decode(text.slice(0, colon)), decode(text.slice(colon + 1))]
}

export function addOAuthRoutes(app: Hono<Env>, world: World): void {
  const { oauth } = world
  const page = (c: Context<Env>, content: ReturnType<typeof loginPage>, status: 200 | 400 = 200) =>
    c.html(content, status)

  const form = async (c: Context<Env>) => new URLSearchParams(await c.req.text())

  /** The choice of company, or the approval at once for a user with one company. */
  const next = (c: Context<Env>, authorisation: Authorisation, user: User) => {
    authorisation.user = user
    if (user.locked) return c.redirect(bare(authorisation))
    const own = user.companies.length === 1 ? user.companies[0] : undefined
    if (own !== undefined) return choose(c, authorisation, user, own.tenant)
    const companies = user.companies.flatMap(({ tenant }) => world.companies.get(tenant) ?? [])
    return page(c, companyPage(authorisation.id, user, companies))
  }

  const choose = (c: Context<Env>, authorisation: Authorisation, user: User, tenant: number) => {
    const company = world.companies.get(tenant)
    if (company === undefined || !user.companies.some((one) => one.tenant === tenant)) {
      return page(c, refusedPage('Du har inte tillgång till det företaget.'), 400)
    }
    if (company.locked) return c.redirect(bare(authorisation))
    authorisation.tenant = tenant
    const obstacle = oauth.obstacle(authorisation, user, tenant)
    if (obstacle !== null && world.settings.consentChecks === 'at-choice') {
      return c.redirect(oauth.fail(authorisation, obstacle))
    }
    return page(c, approvePage(authorisation.id, company, world.client.name, authorisation.scopes))
  }

  app.get('/oauth-v1/auth', (c) => {
    const begun = oauth.begin(new URL(c.req.url).searchParams)
    if ('refused' in begun) return page(c, refusedPage(begun.refused), 400)
    if ('redirect' in begun) return c.redirect(begun.redirect)
    return page(c, loginPage(begun.id, world.users, false))
  })

  app.post('/oauth-v1/login', async (c) => {
    const fields = await form(c)
    const authorisation = oauth.find(fields.get('authorisation') ?? '')
    if (authorisation === null) return page(c, refusedPage(gone), 400)
    const quick = fields.get('quick')
    const user = world.users.find((one) =>
      quick === null
        ? one.login === fields.get('user') && one.password === fields.get('password')
        : one.login === quick,
    )
    if (user === undefined) return page(c, loginPage(authorisation.id, world.users, true))
    return next(c, authorisation, user)
  })

  app.post('/oauth-v1/company', async (c) => {
    const fields = await form(c)
    const authorisation = oauth.find(fields.get('authorisation') ?? '')
    if (authorisation?.user == null) return page(c, refusedPage(gone), 400)
    return choose(c, authorisation, authorisation.user, Number(fields.get('company')))
  })

  app.post('/oauth-v1/approve', async (c) => {
    const fields = await form(c)
    const authorisation = oauth.find(fields.get('authorisation') ?? '')
    if (authorisation?.user == null || authorisation.tenant === null) return page(c, refusedPage(gone), 400)
    return c.redirect(
      fields.get('answer') === 'yes'
        ? oauth.approve(authorisation, authorisation.user, authorisation.tenant)
        : oauth.fail(authorisation, 'access_denied'),
    )
  })

  const authenticated = (c: Context<Env>) => {
    const given = basic(c.req.header('authorization'))
    return given !== null && given[0] === world.client.id && given[1] === world.client.secret
  }
  const stranger = (c: Context<Env>) =>
    exchangeOf(c).send({
      status: 401,
      headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify({
        error: 'invalid_client',
        error_description: 'The client credentials are invalid',
      }),
    })

  app.post('/oauth-v1/token', async (c) => {
    if (!authenticated(c)) return stranger(c)
    const answer = oauth.token(await form(c), c.req.header('tenantid') ?? null)
    return exchangeOf(c).send({
      status: answer.status,
      headers: { 'Content-Type': answer.type, 'Cache-Control': 'no-store', Pragma: 'no-cache' },
      body: JSON.stringify(answer.body),
    })
  })

  app.post('/oauth-v1/revoke', async (c) => {
    if (!authenticated(c)) return stranger(c)
    oauth.revoke((await form(c)).get('token') ?? '')
    return exchangeOf(c).send({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ revoked: true }),
    })
  })
}
