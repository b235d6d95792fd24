/** One sandbox: Fortnox' two hosts behind one `fetch`, and the handles by which tests move it. */

import { Hono } from 'hono'
import { addBookkeeping } from './api/bookkeeping.ts'
import { addCompany } from './api/company.ts'
import { addFiles } from './api/files.ts'
import { addPurchases } from './api/purchases.ts'
import { addRegisters } from './api/registers.ts'
import { addSales } from './api/sales.ts'
import { addSie } from './api/sie.ts'
import { addVouchers } from './api/vouchers.ts'
import { type CompanyPlan, planCompanies } from './books/plan.ts'
import { type ClockSource, type SandboxClock, sandboxClock } from './clock.ts'
import { addControl } from './control.ts'
import { type Env, exchangeOf } from './exchange.ts'
import { type Fault, Faults, type SetFault } from './faults.ts'
import { gate } from './gate.ts'
import type { Company, Licence, StoredFile, User, Voucher, VoucherRef } from './model.ts'
import {
  addFile,
  addVoucher,
  deleteVoucher,
  type NewFile,
  type NewVoucher,
  NotThere,
  unlinkFile,
} from './mutations.ts'
import { type Random, seeded } from './numbers.ts'
import { addOAuthRoutes } from './oauth/routes.ts'
import { OAuthState } from './oauth/state.ts'
import { defaultScopes, knownScopes } from './scopes.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { type RateLimit, type RequestRecord, Traffic } from './traffic.ts'
import { type Truth, truthOf } from './truth.ts'
import type { Client, World } from './world.ts'

export const defaultClientId = 'underlag-local'
export const defaultClientSecret = 'underlag-local-secret'
export const defaultRedirectUri = 'http://127.0.0.1:8787/fortnox/callback'

export interface SandboxOptions extends CompanyPlan {
  /** Default: the machine's clock. */
  clock?: ClockSource
  /** Chance for ids and for faults with a probability. Default: seeded, so that each sandbox draws the same. */
  random?: Random
  settings?: Partial<Settings>
  client?: Partial<Client>
  /** Default 25 requests in a sliding 5 s; null lets everything through. */
  rateLimit?: RateLimit | null
  /** What `@url` begins with. Default `https://api.fortnox.se`, as the real one's. */
  apiOrigin?: string
}

export interface Counts {
  /** API requests that carried a valid token, by path with numbers and ids as `*`. */
  requests: Record<string, number>
  total: number
  /** Requests Fortnox would act on, by action (`email`, `print`, `POST` …). A reader's is empty. */
  acting: Record<string, number>
  grants: { authorization_code: number; refresh_token: number; client_credentials: number; refused: number }
  /** The most API requests of one tenant within any 5 s. */
  busiest: number
}

export interface Sandbox {
  /** Answers a request to either host; the host's name is not looked at. */
  fetch(request: Request): Promise<Response>
  readonly settings: Settings
  readonly clock: SandboxClock
  readonly client: Client
  readonly companies: readonly Company[]
  readonly users: readonly User[]
  /** Every request, oldest first; control requests are not among them. */
  readonly log: readonly RequestRecord[]
  counts(): Counts
  truth(tenant?: number): Truth
  company(tenant?: number): Company

  addFault(fault: Fault): string
  removeFault(id: string): void
  clearFaults(): void
  faults(): SetFault[]

  /**
   * Goes through login, choice and approval without the pages.
   * @param authorizeUrl the address the browser would open
   * @param choice who logs in (default `admin`), for which company (default the user's first), and whether to deny
   * @returns where the browser is sent, or null when Fortnox shows its own error page
   */
  approve(authorizeUrl: string | URL, choice?: { user?: string; tenant?: number; deny?: boolean }): URL | null
  /** Tokens as a consent followed by a code would give them; scopes default to the client's default. */
  tokens(
    tenant?: number,
    options?: { scopes?: readonly string[]; account?: 'service' | 'user' },
  ): { accessToken: string; refreshToken: string | null; expiresIn: number; scope: string }
  revokeConsent(tenant?: number): void
  /** Ends tokens now; both kinds unless told otherwise. */
  endTokens(tenant?: number, which?: { access?: boolean; refresh?: boolean }): void

  setLicence(tenant: number, licence: Licence, on: boolean): void
  addVoucher(tenant: number, voucher: NewVoucher): Voucher
  deleteVoucher(tenant: number, voucher: VoucherRef): void
  addFile(tenant: number, file: NewFile): StoredFile
  unlinkFile(tenant: number, voucher: VoucherRef, fileId: string): boolean

  /** Books, consents, tokens, faults and log as at the start; `keepConsents` leaves consents and tokens. */
  reset(options?: { keepConsents?: boolean }): void
}

/** Paths that differ only in numbers and ids count as one. */
function routeOf(path: string): string {
  return path
    .replace(/\/[0-9a-f-]{36}(?=\/|$)/g, '/*')
    .replace(/^\/3\/vouchers\/(?!sublist)[^/]+\/[^/]+$/, '/3/vouchers/*/*')
    .replace(/\/\d+(?=\/|$)/g, (number, at: number, whole: string) =>
      at === 0 || whole.startsWith('/3/sie') ? number : '/*',
    )
}

/** Makes a sandbox: no sockets, no timers of its own. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const clock = sandboxClock(options.clock)
  const random = options.random ?? seeded(20_261_124)
  const settings: Settings = { ...defaultSettings, ...options.settings }
  const plan = planCompanies(options)
  const companies = new Map(plan.companies().map((company) => [company.tenant, company]))
  const client: Client = {
    name: 'Underlag',
    id: defaultClientId,
    secret: defaultClientSecret,
    redirectUris: [defaultRedirectUri],
    scopes: [...knownScopes],
    serviceAccounts: true,
    ...options.client,
  }
  const oauth = new OAuthState({ clock, random, settings, client, companies })
  const world: World = {
    settings,
    clock,
    random,
    companies,
    users: plan.users,
    client,
    rateLimit: options.rateLimit === undefined ? { requests: 25, windowMs: 5000 } : options.rateLimit,
    oauth,
    traffic: new Traffic(clock),
    faults: new Faults(clock, random),
    actions: new Map(),
    apiOrigin: options.apiOrigin ?? 'https://api.fortnox.se',
  }

  const company = (tenant: number = plan.main): Company => {
    const found = companies.get(tenant)
    if (found === undefined) throw new NotThere(`no company ${tenant}`)
    return found
  }

  const sandbox: Sandbox = {
    fetch: async (request) => app.fetch(request),
    settings,
    clock,
    client,
    get companies() {
      return [...companies.values()]
    },
    users: plan.users,
    log: world.traffic.log,
    counts: () => {
      const requests: Record<string, number> = {}
      const api = world.traffic.log.filter((one) => one.tenant !== null)
      for (const { path } of api) requests[routeOf(path)] = (requests[routeOf(path)] ?? 0) + 1
      return {
        requests,
        total: api.length,
        acting: Object.fromEntries(world.actions),
        grants: { ...oauth.grants },
        busiest: world.traffic.busiest().requests,
      }
    },
    truth: (tenant) => truthOf(company(tenant), settings),
    company,
    addFault: (fault) => world.faults.add(fault),
    removeFault: (id) => world.faults.remove(id),
    clearFaults: () => world.faults.clear(),
    faults: () => world.faults.list(),
    approve: (authorizeUrl, choice = {}) => {
      const begun = oauth.begin(new URL(authorizeUrl).searchParams)
      if ('refused' in begun) return null
      if ('redirect' in begun) return new URL(begun.redirect)
      const user = world.users.find((one) => one.login === (choice.user ?? 'admin'))
      const tenant = choice.tenant ?? user?.companies[0]?.tenant
      if (user === undefined || tenant === undefined) throw new NotThere(`no user ${choice.user}`)
      if (user.locked || company(tenant).locked) return new URL(begun.redirectUri)
      return new URL(choice.deny ? oauth.fail(begun, 'access_denied') : oauth.approve(begun, user, tenant))
    },
    tokens: (tenant = plan.main, { scopes = defaultScopes, account = 'service' } = {}) => {
      const url = new URL('https://sandbox.invalid/')
      const redirect = client.redirectUris[0] ?? defaultRedirectUri
      const asked = {
        client_id: client.id,
        response_type: 'code',
        state: 'x',
        scope: scopes.join(' '),
        account_type: account,
      }
      url.search = new URLSearchParams({ ...asked, redirect_uri: redirect }).toString()
      const user = world.users.find((one) =>
        one.companies.some((role) => role.tenant === tenant && role.admin),
      )
      const back = sandbox.approve(url, { user: user?.login ?? 'admin', tenant })
      const code = back?.searchParams.get('code')
      if (code == null) throw new NotThere(`no consent for ${tenant}: ${back?.searchParams.get('error')}`)
      const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect })
      const { body } = oauth.token(form, null)
      return {
        accessToken: String(body.access_token),
        refreshToken: body.refresh_token === undefined ? null : String(body.refresh_token),
        expiresIn: Number(body.expires_in),
        scope: String(body.scope),
      }
    },
    revokeConsent: (tenant = plan.main) => oauth.revokeConsent(tenant),
    endTokens: (tenant, which) => oauth.endTokens(tenant ?? null, which),
    setLicence: (tenant, licence, on) => {
      if (on) company(tenant).licences.add(licence)
      else company(tenant).licences.delete(licence)
    },
    addVoucher: (tenant, voucher) => addVoucher(company(tenant), voucher, clock.now()),
    deleteVoucher: (tenant, voucher) => deleteVoucher(company(tenant), voucher),
    addFile: (tenant, file) => addFile(world, company(tenant), file),
    unlinkFile: (tenant, voucher, fileId) => unlinkFile(company(tenant), voucher, fileId),
    reset: ({ keepConsents = false } = {}) => {
      companies.clear()
      for (const fresh of plan.companies()) companies.set(fresh.tenant, fresh)
      if (!keepConsents) oauth.reset()
      Object.assign(settings, defaultSettings, options.settings)
      world.faults.clear()
      world.traffic.reset()
      world.actions.clear()
    },
  }

  const app = new Hono<Env>({ strict: false })
  app.onError((error) => {
    throw error
  })
  addControl(app, world, sandbox)
  app.use('*', gate(world))
  addOAuthRoutes(app, world)
  addBookkeeping(app, world)
  addVouchers(app, world)
  addPurchases(app, world)
  addSales(app, world)
  addRegisters(app, world)
  addFiles(app, world)
  addCompany(app, world)
  addSie(app)
  app.all('/3/*', (c) =>
    c.req.method === 'GET' || c.req.method === 'HEAD'
      ? exchangeOf(c).missing(2000729, 'Kan inte hitta resursen.')
      : exchangeOf(c).error(2000588, 405, 'Sandlådan läser bara.'),
  )
  return sandbox
}
