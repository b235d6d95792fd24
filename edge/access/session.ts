import {
  AuthorizationError,
  authorizationErrorRedirect,
  type OAuthHelpers,
  OAuthProvider,
} from '@cloudflare/workers-oauth-provider'
import { Hono } from 'hono'
import { systemClock } from '../../shared/clock.ts'
import { extensionClientId, sessionPaths } from '../../shared/contract/session.ts'
import { chooseLanguage } from '../../shared/text/language.ts'
import { problemPage } from '../consent/pages.ts'
import { signInMember } from '../directory/members.ts'
import type { Env } from '../env.ts'
import type { SessionProps } from './access.ts'
import { identify, identityUrl, newTrip, type Trip } from './identity.ts'

/**
 * The extension's session: the edge is its authorization server (OAuth 2.1, public client, PKCE) and sends the member on
 * to the firm's identity provider. Tokens are kept by the library as hashes; what they prove is encrypted with them.
 */
export function sessionServer(
  origin: string,
  api: ExportedHandler<Env> & { fetch: NonNullable<ExportedHandler<Env>['fetch']> },
  pages: ExportedHandler<Env> & { fetch: NonNullable<ExportedHandler<Env>['fetch']> },
): OAuthProvider<Env> {
  return new OAuthProvider<Env>({
    apiRoute: '/api/',
    resourceMetadata: { resource: origin, resource_name: 'Underlag' },
    apiHandler: api,
    defaultHandler: pages,
    authorizeEndpoint: sessionPaths.authorize,
    tokenEndpoint: sessionPaths.token,
    accessTokenTTL: 3600,
    refreshTokenTTL: 90 * 24 * 3600,
  })
}

/**
 * `/session/authorize` and `/session/callback`: out to the identity provider and back. What fails goes back to the
 * extension as an OAuth error, which shows it; a page of ours only where no request of the extension's is known.
 */
export const sessionPages = new Hono<{ Bindings: Env }>()
  .get(sessionPaths.authorize, async (c) => {
    const provider = providerOf(c.env)
    await registerExtension(c.env)
    const request = await provider.parseAuthRequest(c.req.raw)
    try {
      const trip = newTrip()
      const { state, headers } = await provider.beginUpstream(request, { data: trip })
      return away((await identityUrl(c.env, trip, state)).href, headers)
    } catch (error) {
      console.error('the identity provider does not answer', error)
      return away(authorizationErrorRedirect(request, 'temporarily_unavailable'))
    }
  })
  .get('/session/callback', async (c) => {
    const provider = providerOf(c.env)
    const { request, data, headers } = await provider.finishUpstream<Trip>(c.req.raw)
    const callback = new URL(c.req.url)
    if (callback.searchParams.has('error'))
      return away(authorizationErrorRedirect(request, 'access_denied'), headers)
    try {
      const identity = await identify(c.env, callback, callback.searchParams.get('state') ?? '', data)
      const member = await signInMember(c.env.DIRECTORY, systemClock, identity)
      const { redirectTo } = await provider.completeAuthorization({
        request,
        userId: member.id,
        metadata: {},
        scope: request.scope,
        props: { member: member.id } satisfies SessionProps,
        // Each browser has a session of its own: signing in at one leaves the others signed in.
        revokeExistingGrants: false,
      })
      return away(redirectTo, headers)
    } catch (error) {
      console.error('sign-in failed', error)
      return away(authorizationErrorRedirect(request, 'server_error'), headers)
    }
  })
  .onError((error, c) => {
    if (error instanceof AuthorizationError && error.redirectTo) return away(error.redirectTo)
    const known = error instanceof AuthorizationError
    if (!known) console.error(error)
    const language = chooseLanguage(c.req.header('accept-language'))
    const wire = { code: known ? 'sign_in_failed' : 'internal', data: {} } as const
    return c.html(problemPage(language, wire, null), known ? 400 : 500)
  })

function away(address: string, headers = new Headers()): Response {
  headers.set('location', address)
  headers.set('cache-control', 'no-store')
  return new Response(null, { status: 302, headers })
}

/** What the library puts into the environment on the way to our own pages and handlers. */
function providerOf(env: Env): OAuthHelpers {
  return (env as Env & { OAUTH_PROVIDER: OAuthHelpers }).OAUTH_PROVIDER
}

/** The extension is the one client, known beforehand; its redirect addresses come from the configuration. */
async function registerExtension(env: Env): Promise<void> {
  const key = `client:${extensionClientId}`
  const redirectUris = env.EXTENSION_REDIRECTS.split(/\s+/).filter(Boolean)
  const known = await env.OAUTH_KV.get<{ redirectUris: string[] }>(key, 'json')
  if (known && known.redirectUris.join(' ') === redirectUris.join(' ')) return
  await env.OAUTH_KV.put(
    key,
    JSON.stringify({
      clientId: extensionClientId,
      clientName: 'Underlag',
      redirectUris,
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'none',
      registrationDate: Math.floor(Date.now() / 1000),
    }),
  )
}

/** Ends the session that the request came with; the member's other devices stay signed in. */
export async function endSession(env: Env, member: string, authorization: string): Promise<void> {
  const provider = providerOf(env)
  const token = await provider.unwrapToken(authorization.replace(/^Bearer\s+/i, ''))
  if (token) await provider.revokeGrant(token.grantId, member)
}
