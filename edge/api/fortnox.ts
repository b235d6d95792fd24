import type { Context } from 'hono'
import { systemClock } from '../../shared/clock.ts'
import { createAccess, sessionProps } from '../access/access.ts'
import { heedBroken } from '../directory/heed.ts'
import type { Env } from '../env.ts'
import { readThrough } from '../fortnox/proxy.ts'

/** `/api/companies/:company/fortnox/…`: reads Fortnox through the allow-list, with the firm's connection. */
export async function fortnoxProxyRoute(c: Context<{ Bindings: Env }>): Promise<Response> {
  const access = createAccess(c.env)
  const caller = await access.caller(sessionProps(c.executionCtx))
  const integration = await access.integration(caller, c.req.param('company')!)
  const { tenant } = access.connection(integration)
  const rest = new URL(c.req.url).pathname.replace(/^\/api\/companies\/[^/]+\/fortnox/, '')
  const { searchParams } = new URL(c.req.url)
  return heedBroken(c.env.DIRECTORY, tenant, () =>
    readThrough(c.env, systemClock, tenant, rest, searchParams, c.req.raw.signal),
  )
}
