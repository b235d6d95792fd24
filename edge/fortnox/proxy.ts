import type { Clock } from '../../shared/clock.ts'
import type { Env } from '../env.ts'
import { gatewayOffice } from './client.ts'
import { proxied } from './proxied.ts'
import type { RequestDeps } from './request.ts'

/**
 * A read of Fortnox for the extension: only what the allow-list names, with only the parameters it names. Anything else
 * is `not_found` without a call. None of Fortnox' headers come back, and no token leaves the edge.
 *
 * @param path as the request had it, still percent-encoded: `/3/vouchers/A/1`
 */
export async function readThrough(
  env: Env,
  clock: Clock,
  tenant: number,
  path: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Response> {
  const deps: RequestDeps = {
    apiOrigin: env.FORTNOX_API_ORIGIN,
    fetch: (input, init) => fetch(input, init),
    clock,
    office: gatewayOffice(env, tenant),
    priority: 'person',
  }
  return proxied(deps, path, query, signal)
}
