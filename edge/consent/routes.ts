import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import { systemClock } from '../../shared/clock.ts'
import { toWireError, UnderlagError } from '../../shared/errors.ts'
import { chooseLanguage } from '../../shared/text/language.ts'
import { integrationById, setRefusal } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import { authorizationUrl, redirectError } from '../fortnox/authorise.ts'
import { approve } from './approve.ts'
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
import { askPage, donePage, notice, problemPage, type Subject } from './pages.ts'
import { script } from './script.ts'
import { style } from './style.ts'

type Consent = Context<{ Bindings: Env }>
const cookieName = 'underlag_consent'
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
        formAction: ["'self'", new URL(c.env.FORTNOX_AUTH_ORIGIN).origin],
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
    const cookie = getCookie(c, cookieName)
    const state = parameters.get('state') ?? cookie
    const link = cookie && state === cookie ? await openAttempt(c.env, clock, cookie) : null
    if (!cookie || !link) return problem(c, new UnderlagError('consent_state_invalid'), null)
    setCookie(c, cookieName, '', { path: '/consent', maxAge: 0 })
    try {
      const problemNow = linkProblem(link, clock.now())
      if (problemNow) throw new UnderlagError(problemNow)
      const refused = redirectError(parameters)
      if (refused) throw new UnderlagError(refused)
      const code = parameters.get('code')
      // Fortnox answers with neither code nor error when the account is locked or unpaid.
      if (!code) throw new UnderlagError('consent_no_answer')
      await approve(c.env, clock, link, code)
      await endAttempt(c.env, clock, cookie, null)
      return c.html(donePage(language(c), await subjectOf(c.env, link), true))
    } catch (error) {
      const refusal = toWireError(error)
      if (refusal.code === 'internal') console.error(error)
      await endAttempt(c.env, clock, cookie, refusal)
      await setRefusal(c.env.DIRECTORY, link.integration, refusal)
      return problem(c, error, `/consent/${await linkToken(c.env, link.id)}`)
    }
  })

  .get('/:token', async (c) => {
    const link = await linkOfToken(c.env, c.req.param('token'))
    const code = linkProblem(link, clock.now())
    if (code === 'consent_link_used')
      return c.html(donePage(language(c), await subjectOf(c.env, link!), false))
    if (code) return problem(c, new UnderlagError(code), null)
    return c.html(
      askPage(
        language(c),
        await subjectOf(c.env, link!),
        { path: c.req.path, expiresAt: link!.expiresAt },
        await lastRefusal(c.env, link!.id, clock.now() - attemptLife),
      ),
    )
  })

  .post('/:token', async (c) => {
    // Another site's form would begin an attempt in the administrator's name: only our own page may.
    const origin = c.req.header('origin')
    if (origin && origin !== 'null' && origin !== new URL(c.env.EDGE_ORIGIN).origin) {
      return problem(c, new UnderlagError('bad_request'), null)
    }
    const link = await linkOfToken(c.env, c.req.param('token'))
    const code = linkProblem(link, clock.now())
    if (code) return problem(c, new UnderlagError(code), null)
    const state = await beginAttempt(c.env, clock, link!.id)
    setCookie(c, cookieName, state, {
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
    const code = linkProblem(link, clock.now())
    if (code === 'consent_link_used') return c.json({ state: 'done' })
    if (code) return c.json({ state: 'refused', html: String(await notice(language(c), { code, data: {} })) })
    const refusal = await lastRefusal(c.env, link!.id, Number(c.req.query('since')) || clock.now())
    return refusal
      ? c.json({ state: 'refused', html: String(await notice(language(c), refusal)) })
      : c.json({ state: 'waiting' })
  })

function language(c: Consent) {
  return chooseLanguage(c.req.header('accept-language'))
}

function problem(c: Consent, error: unknown, back: string | null) {
  const wire = toWireError(error)
  const status =
    wire.code === 'consent_link_unknown' ? 404 : wire.code.startsWith('consent_link_') ? 410 : 400
  return c.html(problemPage(language(c), wire, back), status)
}

async function subjectOf(env: Env, link: Link): Promise<Subject> {
  const integration = (await integrationById(env.DIRECTORY, link.integration))!
  const firm = await env.DIRECTORY.prepare('SELECT name FROM firm WHERE id = ?1')
    .bind(integration.firm)
    .first<{ name: string }>()
  return { firm: firm!.name, company: integration.name, organisationNumber: integration.company }
}
