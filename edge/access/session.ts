import {
  AuthorizationError,
  authorizationErrorRedirect,
  type OAuthHelpers,
  OAuthProvider,
} from '@cloudflare/workers-oauth-provider'
import { Hono } from 'hono'
import { systemClock } from '../../shared/clock.ts'
import { extensionClientId, sessionPaths } from '../../shared/contract/session.ts'
import { signInMember } from '../directory/members.ts'
import type { Env } from '../env.ts'
import type { SessionProps } from './access.ts'
import { identify, identityUrl, newTrip, type Trip } from './identity.ts'

type SessionEnv = Env & { OAUTH_PROVIDER: OAuthHelpers }

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

/** `/session/authorize` and `/session/callback`: out to the identity provider and back. */
export const sessionPages = new Hono<{ Bindings: SessionEnv }>()
  .get(sessionPaths.authorize, async (c) => {
    await registerExtension(c.env)
    try {
      const request = await c.env.OAUTH_PROVIDER.parseAuthRequest(c.req.raw)
      const trip = newTrip()
      const { state, headers } = await c.env.OAUTH_PROVIDER.beginUpstream(request, { data: trip })
      headers.set('location', (await identityUrl(c.env, trip, state)).href)
      return new Response(null, { status: 302, headers })
    } catch (error) {
      if (!(error instanceof AuthorizationError)) throw error
      return c.text(`Sign-in cannot start: ${error.message}`, 400)
    }
  })
  .get('/session/callback', async (c) => {
    const { request, data, headers } = await c.env.OAUTH_PROVIDER.finishUpstream<Trip>(c.req.raw)
    const callback = new URL(c.req.url)
    if (callback.searchParams.has('error')) {
      headers.set('location', authorizationErrorRedirect(request, 'access_denied'))
      return new Response(null, { status: 302, headers })
    }
    const identity = await identify(c.env, callback, callback.searchParams.get('state') ?? '', data)
    const member = await signInMember(c.env.DIRECTORY, systemClock, identity)
    const { redirectTo } = await c.env.OAUTH_PROVIDER.completeAuthorization({
      request,
      userId: member.id,
      metadata: {},
      scope: request.scope,
      props: { member: member.id } satisfies SessionProps,
    })
    headers.set('location', redirectTo)
    return new Response(null, { status: 302, headers })
  })

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
  const { OAUTH_PROVIDER } = env as SessionEnv
  const token = await OAUTH_PROVIDER.unwrapToken(authorization.replace(/^Bearer\s+/i, ''))
  if (token) await OAUTH_PROVIDER.revokeGrant(token.grantId, member)
}
