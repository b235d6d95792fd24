import * as oauth from 'oauth4webapi'
import { extensionClientId } from '../../../shared/contract/session.ts'
import { UnderlagError } from '../../../shared/errors.ts'

/** What a sign-in or a renewal gives. */
export interface Tokens {
  accessToken: string
  refreshToken: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** A public client: PKCE, no secret. The edge knows it by this id and its redirect addresses. */
const client: oauth.Client = { client_id: extensionClientId }

function options(origin: string) {
  return origin.startsWith('http:') ? { [oauth.allowInsecureRequests]: true } : {}
}

async function server(origin: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(origin)
  try {
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options(origin) })
    return await oauth.processDiscoveryResponse(issuer, response)
  } catch (cause) {
    throw new UnderlagError('edge_unreachable', {}, { cause })
  }
}

/**
 * Signs in at the edge, which sends the member on to the firm's identity provider (authorization code with PKCE, RFC 7636).
 *
 * @param openWindow shows the address and returns the redirect it ended at
 */
export async function signIn(
  origin: string,
  redirectUri: string,
  openWindow: (url: string) => Promise<string | undefined>,
): Promise<Tokens> {
  const as = await server(origin)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const url = new URL(as.authorization_endpoint!)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: extensionClientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  try {
    const ended = await openWindow(url.href)
    if (!ended) throw new UnderlagError('sign_in_failed')
    const parameters = oauth.validateAuthResponse(as, client, new URL(ended), state)
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      options(origin),
    )
    return tokensOf(await oauth.processAuthorizationCodeResponse(as, client, response))
  } catch (cause) {
    throw cause instanceof UnderlagError ? cause : new UnderlagError('sign_in_failed', {}, { cause })
  }
}

/** New tokens for a refresh token. `not_signed_in` when the edge refuses it, `edge_unreachable` when it cannot say. */
export async function refresh(origin: string, refreshToken: string): Promise<Tokens> {
  const as = await server(origin)
  try {
    const response = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      refreshToken,
      options(origin),
    )
    const tokens = tokensOf(await oauth.processRefreshTokenResponse(as, client, response))
    return tokens.refreshToken ? tokens : { ...tokens, refreshToken }
  } catch (cause) {
    const refused = cause instanceof oauth.ResponseBodyError && cause.status < 500
    throw new UnderlagError(refused ? 'not_signed_in' : 'edge_unreachable', {}, { cause })
  }
}

function tokensOf(response: oauth.TokenEndpointResponse): Tokens {
  return {
    accessToken: response.access_token,
    refreshToken: response.refresh_token ?? '',
    expiresAt: Date.now() + (response.expires_in ?? 3600) * 1000,
  }
}
