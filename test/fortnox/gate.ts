/** What stands before every API endpoint: the token, the rate limit, the fault plan, licences and scopes. */

import type { Context, Next } from 'hono'
import { type Env, Exchange } from './exchange.ts'
import type { Licence } from './model.ts'
import { dispatchMutation } from './mutations.ts'
import { licensed } from './scopes.ts'
import type { World } from './world.ts'

interface Need {
  scope: string
  /** Beside what the scope itself needs. */
  licence?: Licence
}

/** First segment after `/3` → what it takes. */
const needs: Record<string, Need> = {
  companyinformation: { scope: 'companyinformation' },
  settings: { scope: 'settings' },
  financialyears: { scope: 'bookkeeping' },
  accounts: { scope: 'bookkeeping' },
  vouchers: { scope: 'bookkeeping' },
  voucherseries: { scope: 'bookkeeping' },
  predefinedvoucherseries: { scope: 'bookkeeping' },
  sie: { scope: 'bookkeeping' },
  costcenters: { scope: 'costcenter' },
  projects: { scope: 'project' },
  voucherfileconnections: { scope: 'connectfile', licence: 'bokforing' },
  supplierinvoicefileconnections: { scope: 'connectfile', licence: 'leverantor' },
  supplierinvoices: { scope: 'supplierinvoice' },
  supplierinvoiceaccruals: { scope: 'supplierinvoice' },
  suppliers: { scope: 'supplier' },
  supplierinvoicepayments: { scope: 'payment', licence: 'leverantor' },
  invoicepayments: { scope: 'payment', licence: 'fakturering' },
  invoices: { scope: 'invoice' },
  invoiceaccruals: { scope: 'invoice' },
  customers: { scope: 'customer' },
  articles: { scope: 'article' },
  units: { scope: 'settings' },
  termsofpayments: { scope: 'settings' },
  orders: { scope: 'order' },
  offers: { scope: 'offer' },
  archive: { scope: 'archive' },
  inbox: { scope: 'inbox' },
  me: { scope: 'profile' },
}

function needOf(path: string): Need | null {
  if (path.startsWith('/api/fileattachments')) return { scope: 'connectfile', licence: 'fakturering' }
  const name = path.split('/')[2] ?? ''
  return Object.hasOwn(needs, name) ? (needs[name] ?? null) : null
}

/** Lets a request with a bearer token in, or answers it. */
async function admit(exchange: Exchange, authorization: string | undefined): Promise<Response | null> {
  const { world, record } = exchange
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  const bearer = world.oauth.bearer(token)
  const company = bearer === null ? undefined : world.companies.get(bearer.tenant)
  if (bearer === null || company === undefined) return exchange.unauthorized()
  record.client = world.client.id
  record.tenant = bearer.tenant
  exchange.caller = { company, scopes: bearer.scopes, userId: bearer.userId }

  if (record.path.startsWith('/3') && record.method !== 'GET' && record.method !== 'HEAD') {
    record.acting = true
    world.actions.set(record.method, (world.actions.get(record.method) ?? 0) + 1)
  }
  if (world.rateLimit !== null) {
    const key = `${world.client.id} ${bearer.tenant}`
    const wait = world.traffic.admit(key, world.rateLimit, world.settings.rateLimitCountsRefused)
    if (wait !== null) {
      const kind = world.settings.rateLimitRetryAfter
      const at = new Date(world.clock.now() + wait + 999).toUTCString()
      const seconds = String(Math.ceil(wait / 1000))
      return exchange.send(exchange.tooMany(kind === 'absent' ? null : kind === 'date' ? at : seconds))
    }
  }
  const early = await faulted(exchange, token)
  if (early !== null) return early

  const status = world.settings.refusalStatus
  if (!company.licences.has('integration') && world.settings.lapsedAppLicence === 'endpoints') {
    return exchange.error(2001103, status)
  }
  const need = needOf(record.path)
  if (need === null) return null
  if (!bearer.scopes.includes(need.scope)) return exchange.error(2000663, status)
  if (!licensed(company, need.scope) || (need.licence !== undefined && !company.licences.has(need.licence))) {
    return exchange.error(2001101, status)
  }
  return null
}

/** Lets the fault plan strike; an answer means that the request goes no further. */
async function faulted(exchange: Exchange, token: string): Promise<Response | null> {
  const { world, record } = exchange
  const { method, path, tenant } = record
  exchange.fault = world.faults.strike({ method, path, tenant, params: exchange.params })
  if (exchange.fault === null) return null
  switch (exchange.fault.kind) {
    case 'token-dead':
      record.fault = exchange.fault.kind
      world.oauth.endAccess(token)
      return exchange.unauthorized()
    case 'consent-revoked':
      record.fault = exchange.fault.kind
      for (const company of exchange.caller === null ? world.companies.values() : [exchange.company]) {
        world.oauth.revokeConsent(company.tenant)
      }
      return world.oauth.bearer(token) === null && exchange.caller !== null ? exchange.unauthorized() : null
    case 'delete-voucher':
    case 'unlink-file':
      record.fault = exchange.fault.kind
      if (exchange.caller !== null) {
        const year = exchange.param('financialyear')
        dispatchMutation(world, exchange.company, exchange.fault.kind, year === null ? null : Number(year))
      }
      return null
    default:
      return exchange.preempt()
  }
}

/** The middleware around everything but the control endpoints. */
export function gate(world: World) {
  return async (c: Context<Env>, next: Next): Promise<Response | undefined> => {
    const exchange = new Exchange(world, c.req.raw)
    c.set('exchange', exchange)
    try {
      const api = /^\/(3|api)(\/|$)/.test(exchange.record.path)
      const early = api ? await admit(exchange, c.req.header('authorization')) : await faulted(exchange, '')
      if (early !== null) return early
      await next()
      exchange.settle(c.res)
    } catch (error) {
      exchange.abandon()
      throw error
    }
  }
}
