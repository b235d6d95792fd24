import * as oauth from 'oauth4webapi'
import { type Clock, systemClock } from '../../shared/clock.ts'
import { type ErrorCode, toWireError, UnderlagError } from '../../shared/errors.ts'
import { normaliseOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import { type FortnoxConfig, type FortnoxVariables, fortnoxConfig, scopes } from './config.ts'
import { record, text, whole } from './fields.ts'
import type { Approval, FortnoxCompany, FortnoxTokens } from './types.ts'

/** What this module needs of the outside. */
export interface AuthoriseDeps {
  fetch: typeof fetch
  clock: Clock
}
const real: AuthoriseDeps = { fetch: (input, init) => fetch(input, init), clock: systemClock }

/** Longest that a call to the authorization server may take, ms. */
const patience = 20_000

/** Fortnox' login and consent page (fortnox.se/developer/authorization). `service`: only a system administrator may approve. */
export function authorizationUrl(env: FortnoxVariables, { state }: { state: string }): string {
  const config = fortnoxConfig(env)
  const url = new URL('/oauth-v1/auth', config.authOrigin)
  url.search = new URLSearchParams({
    client_id: config.clientId,
    response_type: 'code',
    state,
    scope: scopes.join(' '),
    redirect_uri: config.redirectUri,
    access_type: 'offline',
    account_type: 'service',
  }).toString()
  return url.href
}

/** Why Fortnox sent the administrator back without a code; null when it says nothing of the kind. */
export function redirectError(parameters: URLSearchParams): ErrorCode | null {
  const error = parameters.get('error')
  return error === null ? null : (refusals[error] ?? 'consent_failed')
}

const refusals: Record<string, ErrorCode> = {
  access_denied: 'consent_denied',
  error_missing_license: 'missing_bookkeeping',
  error_missing_app_license: 'missing_integration_licence',
  error_missing_system_admin_right: 'missing_system_administrator',
  invalid_scope: 'consent_failed',
}

/**
 * The code for tokens, and who they are for.
 *
 * @throws `missing_*` when a licence is missing, `consent_failed` when the code does not hold, `fortnox_unreachable`
 */
export async function exchangeCode(
  env: FortnoxVariables,
  code: string,
  deps: AuthoriseDeps = real,
): Promise<Approval> {
  const config = fortnoxConfig(env)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: config.redirectUri,
  })
  const answer = await persistently(deps, () => requestTokens(config, body, {}, deps))
  if ('refused' in answer) {
    if (answer.refused === 'invalid_client') throw ownCredentialsWrong()
    throw new UnderlagError(refusals[answer.refused] ?? 'consent_failed')
  }
  return {
    company: await persistently(deps, () => companyOf(config, answer.tokens.accessToken, deps)),
    tokens: answer.tokens,
  }
}

export type Renewal = { tokens: FortnoxTokens } | { refused: string }

/**
 * New tokens: by client credentials and tenant for a service account, which neither rotates nor ends; else, or when the
 * server does not know that way, by the refresh token, which is single use.
 *
 * @returns `refused` with the server's word when the grant is gone
 * @throws `fortnox_unreachable` when the server cannot say
 */
export async function renewTokens(
  config: FortnoxConfig,
  tenant: number,
  old: FortnoxTokens,
  deps: AuthoriseDeps,
): Promise<Renewal> {
  let refused = 'invalid_grant'
  if (old.account === 'service') {
    const body = new URLSearchParams({ grant_type: 'client_credentials' })
    const answer = await requestTokens(config, body, { TenantId: String(tenant) }, deps)
    if ('tokens' in answer)
      return { tokens: { ...answer.tokens, account: 'service', refreshToken: old.refreshToken } }
    refused = answer.refused
  }
  // Fortnox may say `invalid_client` of a tenant without consent; a refresh, even of no token, tells whether it is our
  // own credentials that it means.
  if (old.refreshToken === null && refused !== 'invalid_client') return { refused }
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: old.refreshToken ?? 'none' })
  const answer = await requestTokens(config, body, {}, deps)
  if ('refused' in answer) {
    if (answer.refused === 'invalid_client') throw ownCredentialsWrong()
    // What the first way said of a licence is more than that the token is not good either.
    return { refused: answer.refused === 'invalid_grant' && refused in refusals ? refused : answer.refused }
  }
  return {
    tokens: {
      ...answer.tokens,
      account: old.account,
      refreshToken: answer.tokens.refreshToken ?? old.refreshToken,
    },
  }
}

/** Ends a refresh token at Fortnox. Best effort: an unreachable server leaves it to end by itself after 45 days. */
export async function revokeTokens(
  config: FortnoxConfig,
  tokens: FortnoxTokens,
  deps: AuthoriseDeps,
): Promise<void> {
  if (tokens.refreshToken === null) return
  const body = new URLSearchParams({ token_type_hint: 'refresh_token', token: tokens.refreshToken })
  await post(config, '/oauth-v1/revoke', body, {}, deps).catch(() => undefined)
}

/** {@link revokeTokens} with the installation's own configuration. */
export function revoke(
  env: FortnoxVariables,
  tokens: FortnoxTokens,
  deps: AuthoriseDeps = real,
): Promise<void> {
  return revokeTokens(fortnoxConfig(env), tokens, deps)
}

async function requestTokens(
  config: FortnoxConfig,
  body: URLSearchParams,
  headers: Record<string, string>,
  deps: AuthoriseDeps,
): Promise<Renewal> {
  const server: oauth.AuthorizationServer = { issuer: config.authOrigin }
  const response = await post(config, '/oauth-v1/token', body, headers, deps)
  if (response.status === 429 || response.status >= 500) throw new UnderlagError('fortnox_unreachable')
  // Fortnox answers token errors as text/html or text/plain; the body is JSON all the same.
  const raw = await response
    .text()
    .catch((cause) => Promise.reject(new UnderlagError('fortnox_unreachable', {}, { cause })))
  const json = new Response(raw, { status: response.status, headers: { 'content-type': 'application/json' } })
  try {
    const result = await oauth.processGenericTokenEndpointResponse(
      server,
      { client_id: config.clientId },
      json,
    )
    return {
      tokens: {
        accessToken: result.access_token,
        expiresAt: deps.clock.now() + (result.expires_in ?? 3600) * 1000,
        refreshToken: result.refresh_token ?? null,
        scope: typeof result.scope === 'string' ? result.scope.split(' ') : [],
        account: 'service',
      },
    }
  } catch (cause) {
    if (cause instanceof oauth.ResponseBodyError) return { refused: cause.error }
    throw new UnderlagError('fortnox_unreachable', {}, { cause })
  }
}

/** No administrator can mend that, so no connection is called broken for it. */
function ownCredentialsWrong(): UnderlagError {
  return new UnderlagError('internal', {}, { message: 'Fortnox refuses the client id or secret' })
}

async function post(
  config: FortnoxConfig,
  path: string,
  body: URLSearchParams,
  headers: Record<string, string>,
  deps: AuthoriseDeps,
): Promise<Response> {
  try {
    return await timely(deps, new URL(path, config.authOrigin), {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${config.clientId}:${config.clientSecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...headers,
      },
      body: body.toString(),
    })
  } catch (cause) {
    throw new UnderlagError('fortnox_unreachable', {}, { cause })
  }
}

/** An answer whose body, a small one, was read whole while the patience lasted. */
async function timely({ fetch, clock }: AuthoriseDeps, url: URL, init: RequestInit): Promise<Response> {
  const controller = new AbortController()
  const done = new AbortController()
  clock.sleep(patience, done.signal).then(
    () => controller.abort(),
    () => undefined,
  )
  try {
    const response = await fetch(url.href, { ...init, redirect: 'manual', signal: controller.signal })
    return new Response(await response.text(), { status: response.status, headers: response.headers })
  } finally {
    done.abort()
  }
}

/** Tries again what is unreachable: somebody has just approved and waits for the answer. */
async function persistently<T>({ clock }: AuthoriseDeps, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 4 || toWireError(error).code !== 'fortnox_unreachable') throw error
      await clock.sleep(500 * 2 ** attempt)
    }
  }
}

async function companyOf(
  config: FortnoxConfig,
  accessToken: string,
  deps: AuthoriseDeps,
): Promise<FortnoxCompany> {
  try {
    const response = await timely(deps, new URL('/3/companyinformation', config.apiOrigin), {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    })
    const information = record(record(await response.json())?.CompanyInformation)
    const tenant = whole(information?.DatabaseNumber)
    if (!response.ok || !information || tenant === null)
      throw new Error(`companyinformation ${response.status}`)
    return {
      tenant,
      name: text(information.CompanyName) ?? '',
      organisationNumber: normaliseOrganisationNumber(text(information.OrganizationNumber) ?? ''),
    }
  } catch (cause) {
    throw new UnderlagError('fortnox_unreachable', {}, { cause })
  }
}
