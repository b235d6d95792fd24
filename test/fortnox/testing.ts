/** What the sandbox's own tests share: a signed-in caller in process. */

import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts'

/** Midday in the built-in company's second year. */
export const testNow = Date.parse('2026-06-15T12:00:00Z')

export interface Caller {
  sandbox: Sandbox
  token: string
  /** A GET, or what `init` says, with the bearer token. */
  get(path: string, init?: RequestInit): Promise<Response>
  json(path: string): Promise<unknown>
}

/** A sandbox that stands still in time and lets everything through, and a caller with all scopes. */
export function caller(options: SandboxOptions & { tenant?: number; scopes?: string[] } = {}): Caller {
  const { tenant, scopes, ...rest } = options
  const sandbox = createSandbox({
    clock: { now: () => testNow, sleep: async () => {} },
    rateLimit: null,
    ...rest,
  })
  const { accessToken } = sandbox.tokens(tenant, scopes === undefined ? {} : { scopes })
  const get = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${accessToken}`)
    return sandbox.fetch(new Request(`https://api.fortnox.se${path}`, { ...init, headers }))
  }
  return { sandbox, token: accessToken, get, json: async (path) => (await get(path)).json() }
}
