import { Hono } from 'hono'
import { sessionPages, sessionServer } from './access/session.ts'
import { api } from './api/index.ts'
import { consentPages } from './consent/routes.ts'
import type { Env } from './env.ts'
import { startDueSyncs } from './sync/cron.ts'

export { Gateway } from './fortnox/gateway.ts'
export { SyncWorkflow } from './sync/workflow.ts'

/** Pages for browsers; everything below `/api/` goes through the session instead. */
const pages = new Hono<{ Bindings: Env }>().route('/consent', consentPages).route('/', sessionPages)

let server: ReturnType<typeof sessionServer> | undefined

/** Sessions in front of everything. Made at the first request, since its own origin is configuration. */
function entrance(env: Env) {
  server ??= sessionServer(
    env.EDGE_ORIGIN,
    { fetch: (request, bindings, context) => api.fetch(request, bindings, context) },
    { fetch: (request, bindings, context) => pages.fetch(request, bindings, context) },
  )
  return server
}

export default {
  fetch: (request, env, context) => entrance(env).fetch(request, env, context),
  scheduled: (_event, env, context) => context.waitUntil(startDueSyncs(env)),
} satisfies ExportedHandler<Env>
