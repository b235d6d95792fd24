import * as oauth from 'oauth4webapi'
import { UnderlagError } from '../../shared/errors.ts'
import type { Identity } from '../directory/members.ts'
import type { Env } from '../env.ts'

/** What must survive the trip to the identity provider and back. Kept at the edge, never in the address. */
export interface Trip {
  verifier: string
  nonce: string
}

const scope = 'openid profile email'

function setting(env: Env) {
  const issuer = new URL(env.IDENTITY_ISSUER)
  const client: oauth.Client = { client_id: env.IDENTITY_CLIENT_ID }
  const options = issuer.protocol === 'http:' ? { [oauth.allowInsecureRequests]: true } : {}
  return { issuer, client, options, redirectUri: `${env.EDGE_ORIGIN}/session/callback` }
}

async function discover(env: Env): Promise<oauth.AuthorizationServer> {
  const { issuer, options } = setting(env)
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...options })
  return oauth.processDiscoveryResponse(issuer, response)
}

/** The identity provider's sign-in page for this trip (OpenID Connect, code with PKCE and nonce). */
export async function identityUrl(env: Env, trip: Trip, state: string): Promise<URL> {
  const { client, redirectUri } = setting(env)
  const url = new URL((await discover(env)).authorization_endpoint!)
  url.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    nonce: trip.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(trip.verifier),
    code_challenge_method: 'S256',
  }).toString()
  return url
}

export function newTrip(): Trip {
  return { verifier: oauth.generateRandomCodeVerifier(), nonce: oauth.generateRandomNonce() }
}

/** Who came back. `sign_in_failed` when the provider's answer does not hold, or names no firm. */
export async function identify(env: Env, callback: URL, state: string, trip: Trip): Promise<Identity> {
  const { client, options, redirectUri } = setting(env)
  try {
    const server = await discover(env)
    const parameters = oauth.validateAuthResponse(server, client, callback, state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretBasic(env.IDENTITY_CLIENT_SECRET),
      parameters,
      redirectUri,
      trip.verifier,
      options,
    )
    const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: trip.nonce,
      requireIdToken: true,
    })
    const idToken = oauth.getValidatedIdTokenClaims(result)!
    const userInfo = server.userinfo_endpoint
      ? await oauth.processUserInfoResponse(
          server,
          client,
          idToken.sub,
          await oauth.userInfoRequest(server, client, result.access_token, options),
        )
      : {}
    const claims: Record<string, unknown> = { ...userInfo, ...idToken }
    const text = (name: string) => (typeof claims[name] === 'string' ? (claims[name] as string).trim() : '')
    const firm = text(env.IDENTITY_FIRM_CLAIM)
    if (!firm) throw new UnderlagError('sign_in_failed', {}, { message: 'the ID token names no firm' })
    return {
      issuer: server.issuer,
      subject: idToken.sub,
      name: text('name') || text('email') || idToken.sub,
      email: text('email'),
      firm: { claim: firm, name: text(env.IDENTITY_FIRM_NAME_CLAIM) || firm },
    }
  } catch (cause) {
    throw cause instanceof UnderlagError ? cause : new UnderlagError('sign_in_failed', {}, { cause })
  }
}
