import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { systemClock } from '../../shared/clock.ts'
import { type Call, type CallName, calls } from '../../shared/contract/index.ts'
import { statusOf, toWireError, UnderlagError } from '../../shared/errors.ts'
import { createAccess, sessionProps } from '../access/access.ts'
import type { Env } from '../env.ts'
import { openLedger } from '../ledger/index.ts'
import { companyHandlers } from './company.ts'
import { documentHandlers } from './documents.ts'
import { fortnoxProxyRoute } from './fortnox.ts'
import type { Asked, Handlers } from './handler.ts'
import { ledgerHandlers } from './ledger.ts'
import { syncHandlers } from './sync.ts'
import { uploadOf } from './upload.ts'

/** One handler for every call of the contract: a missing one does not compile. */
export const handlers: Handlers = {
  ...companyHandlers,
  ...ledgerHandlers,
  ...syncHandlers,
  ...documentHandlers,
}

type Api = Context<{ Bindings: Env }>

/** The extension's API. The OAuth provider has verified the session before anything here runs. */
export const api = new Hono<{ Bindings: Env }>().use(async (c, next) => {
  c.header('cache-control', 'no-store')
  await next()
})
for (const name of Object.keys(calls) as CallName[]) {
  const call: Call = calls[name]
  api.on(call.method, call.path, (c) => answer(c, name, call))
}
api.get('/api/companies/:company/fortnox/*', fortnoxProxyRoute)
api.notFound((c) => failure(c, new UnderlagError('not_found')))
api.onError((error, c) => failure(c, error))

async function answer(c: Api, name: CallName, call: Call): Promise<Response> {
  const access = createAccess(c.env)
  const caller = await access.caller(sessionProps(c.executionCtx))
  const asked = {
    env: c.env,
    clock: systemClock,
    caller,
    access,
    ledger: (binding: 'LEDGER') => openLedger(c.env[binding], systemClock),
    request: c.req.raw,
    params: valid(call.params, c.req.param()),
    query: valid(call.query, c.req.query()),
    body: call.body ? valid(call.body, await c.req.json().catch(() => null)) : null,
    upload: () => uploadOf(c.req.raw),
  }
  // The table above pairs each name with its own handler; TypeScript cannot follow that through a variable name.
  const handler = handlers[name] as (asked: Asked<never>) => Promise<unknown>
  const result = await handler(asked as unknown as Asked<never>)
  if (result instanceof Response) return result
  return result === null ? c.body(null, 204) : c.json(result)
}

function valid(schema: v.GenericSchema, input: unknown): unknown {
  const result = v.safeParse(schema, input)
  if (!result.success) throw new UnderlagError('bad_request', {}, { message: v.summarize(result.issues) })
  return result.output
}

function failure(c: Api, error: unknown): Response {
  const wire = toWireError(error)
  if (wire.code === 'internal') console.error(error)
  return c.json({ error: wire }, statusOf(wire.code))
}
