import { gatewayOffice, openFortnox } from '../../../edge/fortnox/client.ts'
import { Gateway as RealGateway } from '../../../edge/fortnox/gateway.ts'
import { systemClock } from '../../../shared/clock.ts'
import { toWireError } from '../../../shared/errors.ts'
import { readYear } from '../ledger.ts'

/**
 * The edge's gateway and client in workerd with nothing around them, moved by a test over HTTP. Plain JavaScript, so that
 * the Workers runtime's types and Node's need not meet.
 */

/** The gateway, and what the platform may do to it. */
export class Gateway extends RealGateway {
  /** Its life in memory ends; what is stored stays. */
  evict() {
    this.ctx.abort('evicted by a test')
  }

  async loseStorage() {
    await this.ctx.storage.deleteAll()
    this.ctx.abort('storage lost by a test')
  }

  async stored() {
    return Object.fromEntries(await this.ctx.storage.list())
  }
}

/** All of the edge's time runs this many times as fast as the machine's, as the sandbox's does. */
function hurry({ SPEED }) {
  if (systemClock.hurried || SPEED === 1) return
  const { sleep } = systemClock
  Object.assign(systemClock, {
    hurried: true,
    now: () => Date.now() * SPEED,
    sleep: (ms, signal) => sleep(ms / SPEED, signal),
  })
}

const routes = {
  adopt: (env, { tenant, tokens }) => gatewayOf(env, tenant).adopt(tenant, tokens),
  forget: (env, { tenant }) => gatewayOf(env, tenant).forget(tenant),
  stored: (env, { tenant }) => gatewayOf(env, tenant).stored(),
  copied: (env, { tenant }) => env.TOKENS.get(`token:${tenant}`),
  evict: (env, { tenant }) =>
    gatewayOf(env, tenant)
      .evict()
      .catch(() => null),
  loseStorage: (env, { tenant }) =>
    gatewayOf(env, tenant)
      .loseStorage()
      .catch(() => null),

  /** As many permits at once, each reported; which tokens they carried. */
  async permits(env, { tenant, count }) {
    const office = gatewayOffice(env, tenant)
    const permits = await Promise.all(
      Array.from({ length: count }, async () => {
        const permit = await office.permit('person')
        await office.giveBack(permit.id)
        return permit.version
      }),
    )
    return { versions: [...new Set(permits)], count: permits.length }
  },

  async sync(env, { tenant, year }) {
    const { vouchers, ...kept } = await readYear(openFortnox(env, tenant, 'background'), year)
    return { ...kept, vouchers: [...vouchers] }
  },
}

const gatewayOf = (env, tenant) => env.GATEWAY.getByName(String(tenant))

export default {
  async fetch(request, env) {
    hurry(env)
    const url = new URL(request.url)
    try {
      if (url.pathname === '/document') {
        const entry = JSON.parse(url.searchParams.get('entry'))
        const fortnox = openFortnox(env, Number(url.searchParams.get('tenant')), 'person')
        const { body, type } = await fortnox.document(entry, request.signal)
        return new Response(body, { headers: { 'content-type': type } })
      }
      const route = routes[url.pathname.slice(1)]
      return Response.json({ value: (await route(env, await request.json())) ?? null })
    } catch (error) {
      const wire = toWireError(error)
      return Response.json({ error: wire, message: wire.code === 'internal' ? String(error?.stack) : '' })
    }
  },
}
