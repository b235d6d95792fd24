/** OAuth as Fortnox does it, without its pages: authorisations under way, codes, consents and tokens. */

import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { SandboxClock } from '../clock.ts'
import type { Company, User } from '../model.ts'
import { hex, type Random, uuid } from '../numbers.ts'
import { knownScopes, licensed } from '../scopes.ts'
import type { Settings } from '../settings.ts'
import type { Client } from '../world.ts'

const codeLifeMs = 10 * 60_000
const accessLifeMs = 3_600_000
const refreshLifeMs = 45 * 86_400_000

/** What the administrator was asked for. */
export interface Authorisation {
  id: string
  redirectUri: string
  /** Whether the request named the redirect address; then the token request must too. */
  redirectGiven: boolean
  state: string
  scopes: string[]
  account: 'user' | 'service'
  user: User | null
  tenant: number | null
}

export interface Consent {
  tenant: number
  scopes: string[]
  account: 'user' | 'service'
  userId: number
}

interface Code {
  authorisation: Authorisation
  tenant: number
  userId: number
  expiresAt: number
}

interface Token {
  tenant: number
  scopes: string[]
  account: 'user' | 'service'
  userId: number
  expiresAt: number
}

export type ConsentError =
  | 'access_denied'
  | 'error_missing_license'
  | 'error_missing_app_license'
  | 'error_missing_system_admin_right'
  | 'invalid_scope'

export interface TokenAnswer {
  status: number
  type: string
  body: Record<string, unknown>
}

const descriptions: Record<ConsentError, string> = {
  access_denied: 'The resource owner denied the request',
  error_missing_license: 'The company is missing a license for one or more of the requested scopes',
  error_missing_app_license: 'The company is missing the license for integrations',
  error_missing_system_admin_right: 'The user is not a system administrator',
  invalid_scope: 'The application is not granted the requested scope',
}

const html = 'text/html; charset=UTF-8'

function refused(status: number, error: string, description: string, type = html): TokenAnswer {
  return { status, type, body: { error, error_description: description } }
}

/** Whether a redirect address is on this machine; such ones are accepted besides the registered. */
function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
}

export class OAuthState {
  private readonly clock: SandboxClock
  private readonly random: Random
  private readonly settings: Settings
  private readonly client: Client
  private readonly companies: Map<number, Company>
  private readonly authorisations = new Map<string, Authorisation>()
  private readonly codes = new Map<string, Code>()
  private readonly refresh = new Map<string, Token>()
  private readonly access = new Map<string, Token>()
  readonly consents = new Map<number, Consent>()
  /** How many token requests of each grant were answered with a token, and how many were refused. */
  readonly grants = { authorization_code: 0, refresh_token: 0, client_credentials: 0, refused: 0 }

  constructor(world: {
    clock: SandboxClock
    random: Random
    settings: Settings
    client: Client
    companies: Map<number, Company>
  }) {
    this.clock = world.clock
    this.random = world.random
    this.settings = world.settings
    this.client = world.client
    this.companies = world.companies
  }

  /**
   * Begins an authorisation: an `Authorisation`, a redirect that reports an error, or a refusal shown on Fortnox' own
   * page because there is nowhere safe to redirect to.
   */
  begin(params: URLSearchParams): Authorisation | { redirect: string } | { refused: string } {
    const { client } = this
    if (params.get('client_id') !== client.id)
      return { refused: 'Okänd integration: client_id stämmer inte.' }
    const given = params.get('redirect_uri')
    const redirectUri = given ?? client.redirectUris[0] ?? ''
    if (!client.redirectUris.includes(redirectUri) && !isLoopback(redirectUri)) {
      return { refused: 'redirect_uri är inte den som är registrerad för integrationen.' }
    }
    if (params.get('response_type') !== 'code') return { refused: 'response_type måste vara code.' }
    const state = params.get('state') ?? ''
    if (state === '') return { refused: 'state saknas.' }
    const scopes = (params.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
    const authorisation: Authorisation = {
      id: uuid(this.random),
      redirectUri,
      redirectGiven: given !== null,
      state,
      scopes,
      account: params.get('account_type') === 'service' ? 'service' : 'user',
      user: null,
      tenant: null,
    }
    const allowed = scopes.every((scope) => client.scopes.includes(scope) && knownScopes.includes(scope))
    if (scopes.length === 0 || !allowed || (authorisation.account === 'service' && !client.serviceAccounts)) {
      return { redirect: this.fail(authorisation, 'invalid_scope') }
    }
    this.authorisations.set(authorisation.id, authorisation)
    return authorisation
  }

  /** An authorisation under way. */
  find(id: string): Authorisation | null {
    return this.authorisations.get(id) ?? null
  }

  /** Where a failed consent sends the browser. */
  fail(authorisation: Authorisation, error: ConsentError): string {
    const url = new URL(authorisation.redirectUri)
    url.searchParams.set('error', error)
    if (this.settings.errorDescriptions === 'english') {
      url.searchParams.set('error_description', descriptions[error])
    }
    url.searchParams.set('state', authorisation.state)
    this.authorisations.delete(authorisation.id)
    return url.href
  }

  /** What stands in the way of a consent by this user for this company; null for nothing. */
  obstacle(authorisation: Authorisation, user: User, tenant: number): ConsentError | null {
    const company = this.companies.get(tenant)
    const role = user.companies.find((one) => one.tenant === tenant)
    if (company === undefined || role === undefined) return 'access_denied'
    if (!role.admin) return 'error_missing_system_admin_right'
    if (!company.licences.has('integration')) return 'error_missing_app_license'
    return authorisation.scopes.every((scope) => licensed(company, scope)) ? null : 'error_missing_license'
  }

  /** The administrator approved: where the browser goes, with a code or an error. */
  approve(authorisation: Authorisation, user: User, tenant: number): string {
    const obstacle = this.obstacle(authorisation, user, tenant)
    if (obstacle !== null) return this.fail(authorisation, obstacle)
    const code = uuid(this.random)
    this.codes.set(code, { authorisation, tenant, userId: user.id, expiresAt: this.clock.now() + codeLifeMs })
    this.authorisations.delete(authorisation.id)
    if (this.settings.reconsentEndsTokens) this.endTokens(tenant, { access: false })
    this.consents.set(tenant, {
      tenant,
      scopes: authorisation.scopes,
      account: authorisation.account,
      userId: user.id,
    })
    const company = this.companies.get(tenant)
    for (const licence of company?.lapsing ?? []) company?.licences.delete(licence)
    const url = new URL(authorisation.redirectUri)
    url.searchParams.set('code', code)
    url.searchParams.set('state', authorisation.state)
    return url.href
  }

  /** Answers a token request whose client has been authenticated. `tenantId`: the header, null when absent. */
  token(form: URLSearchParams, tenantId: string | null): TokenAnswer {
    const answer = this.grant(form, tenantId)
    const grant = form.get('grant_type') ?? ''
    if (answer.status !== 200) this.grants.refused++
    else if (grant === 'authorization_code' || grant === 'refresh_token' || grant === 'client_credentials') {
      this.grants[grant]++
    }
    return answer
  }

  private grant(form: URLSearchParams, tenantId: string | null): TokenAnswer {
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.byCode(form)
      case 'refresh_token':
        return this.byRefresh(form.get('refresh_token') ?? '')
      case 'client_credentials':
        return this.byClient(tenantId, form.get('scope'))
      case null:
        return refused(400, 'invalid_request', 'The grant type was not specified in the request')
      default:
        return refused(400, 'unsupported_grant_type', 'Grant type not supported')
    }
  }

  private byCode(form: URLSearchParams): TokenAnswer {
    const key = form.get('code') ?? ''
    const code = this.codes.get(key)
    if (code === undefined) {
      return refused(400, 'invalid_grant', "Authorization code doesn't exist or is invalid for the client")
    }
    this.codes.delete(key)
    if (this.clock.now() >= code.expiresAt)
      return refused(400, 'invalid_grant', 'The authorization code has expired')
    const given = form.get('redirect_uri')
    if (
      code.authorisation.redirectGiven
        ? given !== code.authorisation.redirectUri
        : given !== null && given !== code.authorisation.redirectUri
    ) {
      return refused(400, 'redirect_uri_mismatch', 'The redirect URI is missing or do not match')
    }
    const { scopes, account } = code.authorisation
    const withRefresh = account === 'user' || this.settings.serviceRefreshToken
    return this.issue({ tenant: code.tenant, scopes, account, userId: code.userId }, withRefresh)
  }

  private byRefresh(key: string): TokenAnswer {
    const token = this.refresh.get(key)
    this.refresh.delete(key)
    if (token === undefined || this.clock.now() >= token.expiresAt || !this.consents.has(token.tenant)) {
      return refused(400, 'invalid_grant', 'Invalid refresh token')
    }
    return this.issue(token, true)
  }

  private byClient(tenantId: string | null, scope: string | null): TokenAnswer {
    if (tenantId === null || !/^\d+$/.test(tenantId)) {
      return refused(400, 'invalid_request', 'TenantId header is missing or invalid')
    }
    const consent = this.consents.get(Number(tenantId))
    if (consent === undefined || consent.account !== 'service') {
      return refused(400, this.settings.missingConsent, 'No consent for the tenant')
    }
    const asked = (scope ?? '').split(' ').filter((one) => one !== '')
    if (!asked.every((one) => consent.scopes.includes(one))) {
      return refused(400, 'invalid_scope', 'An unsupported scope was requested')
    }
    return this.issue({ ...consent, scopes: asked.length === 0 ? consent.scopes : asked }, false)
  }

  private issue(grant: Omit<Token, 'expiresAt'>, withRefresh: boolean): TokenAnswer {
    const { tenant, scopes, account, userId } = grant
    const company = this.companies.get(tenant)
    if (this.settings.lapsedAppLicence === 'token' && company?.licences.has('integration') === false) {
      return refused(401, 'error_missing_app_license', descriptions.error_missing_app_license)
    }
    const now = this.clock.now()
    const token: Token = { tenant, scopes, account, userId, expiresAt: now + accessLifeMs }
    const access = this.jwt(token, now)
    this.access.set(access, token)
    const body: Record<string, unknown> = {
      access_token: access,
      expires_in: accessLifeMs / 1000,
      token_type: 'bearer',
      scope: scopes.join(' '),
    }
    if (withRefresh) {
      const refresh = hex(this.random, 40)
      this.refresh.set(refresh, { ...token, expiresAt: now + refreshLifeMs })
      body.refresh_token = refresh
    }
    return { status: 200, type: 'application/json', body }
  }

  private jwt(token: Token, now: number): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const iat = Math.floor(now / 1000)
    const jti = hex(this.random, 40)
    const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part({
      userId: token.userId,
      tenantId: token.tenant,
      clientId: this.client.id,
      rightsAsJson: gzipSync(JSON.stringify(token.scopes)).toString('base64'),
      scopes: token.scopes,
      authsource: 'OAUTH2',
      id: jti,
      jti,
      iss: 'https://api.fortnox.se/oauth2',
      aud: this.client.id,
      sub: `${token.userId}@${token.tenant}`,
      iat,
      exp: iat + accessLifeMs / 1000,
      token_type: 'bearer',
      scope: token.scopes.join(' '),
    })}`
    return `${signed}.${createHmac('sha256', 'sandbox').update(signed).digest('base64url')}`
  }

  /** What a bearer token stands for; null when it is unknown, over, or its consent is gone. */
  bearer(token: string): Omit<Token, 'expiresAt'> | null {
    const found = this.access.get(token)
    if (found === undefined || this.clock.now() >= found.expiresAt) return null
    if (this.settings.revokedConsentEnds === 'all' && !this.consents.has(found.tenant)) return null
    return found
  }

  /** `/revoke`: true for any token, as Fortnox answers. */
  revoke(token: string): void {
    const found = this.refresh.get(token)
    this.refresh.delete(token)
    if (found !== undefined && this.settings.revokeEnds === 'consent') this.consents.delete(found.tenant)
  }

  endAccess(token: string): void {
    this.access.delete(token)
  }

  /** Ends a tenant's tokens (all tenants' when null); by default both kinds. */
  endTokens(tenant: number | null, which: { access?: boolean; refresh?: boolean } = {}): void {
    for (const [kind, tokens] of [
      ['access', this.access],
      ['refresh', this.refresh],
    ] as const) {
      if (which[kind] === false) continue
      for (const [key, token] of tokens) if (tenant === null || token.tenant === tenant) tokens.delete(key)
    }
  }

  /** What happens when somebody removes the integration in Fortnox. */
  revokeConsent(tenant: number): void {
    this.consents.delete(tenant)
    this.endTokens(tenant, { access: this.settings.revokedConsentEnds === 'all' })
  }

  reset(): void {
    this.authorisations.clear()
    this.codes.clear()
    this.refresh.clear()
    this.access.clear()
    this.consents.clear()
    Object.assign(this.grants, { authorization_code: 0, refresh_token: 0, client_credentials: 0, refused: 0 })
  }
}
