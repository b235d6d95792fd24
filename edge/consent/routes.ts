import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import { systemClock } from '../../shared/clock.ts'
import { type ErrorCode, toWireError, UnderlagError } from '../../shared/errors.ts'
import { chooseLanguage } from '../../shared/text/language.ts'
import { integrationById, setRefusal } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import { authorizationUrl, redirectError } from '../fortnox/authorise.ts'
import { approve, refusalForFirm } from './approve.ts'
import {
  attemptLife,
  beginAttempt,
  endAttempt,
  type Link,
  lastRefusal,
  linkOfToken,
  linkProblem,
  linkToken,
  openAttempt,
} from './links.ts'
import { askPage, notice, problemPage, type Subject, usedPage } from './pages.ts'
import { script } from './script.ts'
import { style } from './style.ts'

type Consent = Context<{ Bindings: Env }>
/** One cookie per attempt, named by when it began: two links may be open side by side. */
const cookiePrefix = 'underlag_consent_'
const clock = systemClock

/**
 * What the administrator's browser meets: no session, no extension. Looking at a link (GET, HEAD) changes nothing; only
 * the form's POST begins an attempt, and only a successful approval spends the link.
 */
export const consentPages = new Hono<{ Bindings: Env }>()
  .use(async (c, next) => {
    const secure = secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'", ...loginOrigins(c.env.FORTNOX_AUTH_ORIGIN)],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: c.env.EDGE_ORIGIN.startsWith('https:') ? 'max-age=31536000' : false,
      crossOriginOpenerPolicy: false,
    })
    c.header('cache-control', 'no-store')
    return secure(c, next)
  })
  .get('/style.css', (c) => c.text(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  .get('/script.js', (c) => c.text(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  .get('/callback', async (c) => {
    const parameters = new URL(c.req.url).searchParams
    const attempt = await begunHere(c, parameters)
    if (!attempt) return problem(c, new UnderlagError('consent_state_invalid'), null)
    const { link, state, cookie } = attempt
    setCookie(c, cookie, '', { path: '/consent', maxAge: 0 })
    const path = `/consent/${await linkToken(c.env, link.id)}`
    try {
      const problemNow = linkProblem(link, clock.now())
      if (problemNow) throw new UnderlagError(problemNow)
      const refused = redirectError(parameters)
      if (refused) throw new UnderlagError(refused)
      const code = parameters.get('code')
      // Fortnox answers with neither code nor error when the account is locked or unpaid.
      if (!code) throw new UnderlagError('consent_no_answer')
      await approve(c.env, clock, link, code)
    } catch (error) {
      const refusal = toWireError(error)
      if (refusal.code === 'internal') console.error(error)
      await endAttempt(c.env, clock, state, refusal)
      await setRefusal(c.env.DIRECTORY, link.integration, refusalForFirm(refusal))
      return problem(c, error, refusal.code.startsWith('consent_link_') ? null : path)
    }
    await endAttempt(c.env, clock, state, null)
    // A page of its own, so that a reload does not come back with a code that is spent.
    return c.redirect(`${path}?done=window`, 303)
  })

  .get('/:token', async (c) => {
    const link = await linkOfToken(c.env, c.req.param('token'))
    const code = linkProblem(link, clock.now())
    if (code === 'consent_link_used') return used(c, link!, c.req.query('done'), 200)
    if (code) return problem(c, new UnderlagError(code), null)
    const now = clock.now()
    return c.html(
      askPage(
        language(c),
        (await subjectOf(c.env, link!)).subject,
        { path: c.req.path, expiresAt: link!.expiresAt, now },
        await lastRefusal(c.env, link!.id, now - attemptLife),
      ),
    )
  })

  .post('/:token', async (c) => {
    // Another site's form would begin an attempt in the administrator's name: only our own page may.
    const origin = c.req.header('origin')
    const foreign = origin && origin !== 'null' && origin !== new URL(c.env.EDGE_ORIGIN).origin
    if (foreign || c.req.header('sec-fetch-site') === 'cross-site') {
      return problem(c, new UnderlagError('bad_request'), null)
    }
    const link = await linkOfToken(c.env, c.req.param('token'))
    const code = linkProblem(link, clock.now())
    if (code === 'consent_link_used') return used(c, link!, undefined, 410)
    if (code) return problem(c, new UnderlagError(code), null)
    const state = await beginAttempt(c.env, clock, link!.id)
    setCookie(c, `${cookiePrefix}${clock.now()}`, state, {
      path: '/consent',
      httpOnly: true,
      sameSite: 'Lax',
      secure: c.env.EDGE_ORIGIN.startsWith('https:'),
      maxAge: attemptLife / 1000,
    })
    return c.redirect(authorizationUrl(c.env, { state }), 303)
  })

  .get('/:token/status', async (c) => {
    const link = await linkOfToken(c.env, c.req.param('token'))
    const now = clock.now()
    const code = linkProblem(link, now)
    if (code === 'consent_link_used') return c.json({ state: 'done' })
    if (code) return c.json({ state: 'refused', html: String(await notice(language(c), { code, data: {} })) })
    const refusal = await lastRefusal(c.env, link!.id, Number(c.req.query('since')) || now)
    return refusal
      ? c.json({ state: 'refused', html: String(await notice(language(c), refusal)), now })
      : c.json({ state: 'waiting' })
  })

  .onError((error, c) => {
    console.error(error)
    return problem(c, error, null)
  })

function language(c: Consent) {
  return chooseLanguage(c.req.header('accept-language'))
}

/**
 * The attempt that this browser began: the one whose state came back, or the newest when Fortnox sent none. A code counts
 * only with its state.
 */
async function begunHere(
  c: Consent,
  parameters: URLSearchParams,
): Promise<{ link: Link; state: string; cookie: string } | null> {
  const returned = parameters.get('state')
  if (returned === null && parameters.has('code')) return null
  const begun = Object.entries(getCookie(c))
    .filter(([name, state]) => name.startsWith(cookiePrefix) && (returned === null || state === returned))
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, 10)
  for (const [cookie, state] of begun) {
    const link = await openAttempt(c.env, clock, state)
    if (link) return { link, state, cookie }
  }
  return null
}

/**
 * Where a form may lead: Fortnox' own login, and whichever of its other hosts that sends the browser on to. Browsers hold
 * every redirect of a form to the policy.
 */
function loginOrigins(authOrigin: string): string[] {
  const { origin, hostname } = new URL(authOrigin)
  return hostname.endsWith('.fortnox.se') ? [origin, 'https://*.fortnox.se'] : [origin]
}

function problem(c: Consent, error: unknown, back: string | null) {
  const wire = toWireError(error)
  return c.html(problemPage(language(c), wire, back), pageStatus(wire.code))
}

function pageStatus(code: ErrorCode): 400 | 404 | 410 | 500 {
  if (code === 'internal') return 500
  if (code === 'consent_link_unknown') return 404
  return code.startsWith('consent_link_') ? 410 : 400
}

/** What stands behind a used link; `done` comes from our own pages right after the approval. */
async function used(c: Consent, link: Link, done: string | undefined, status: 200 | 410) {
  const { subject, connected } = await subjectOf(c.env, link)
  const state = !connected ? 'ended' : done === 'window' ? 'window' : done !== undefined ? 'done' : 'already'
  return c.html(usedPage(language(c), subject, state), status)
}

async function subjectOf(env: Env, link: Link): Promise<{ subject: Subject; connected: boolean }> {
  const integration = (await integrationById(env.DIRECTORY, link.integration))!
  const firm = await env.DIRECTORY.prepare('SELECT name FROM firm WHERE id = ?1')
    .bind(integration.firm)
    .first<{ name: string }>()
  return {
    subject: { firm: firm!.name, company: integration.name, organisationNumber: integration.company },
    connected: integration.connection?.state === 'active',
  }
}
