/** Fault plans: what goes wrong, on which requests, and how often. */

import type { SandboxClock } from './clock.ts'
import type { Random } from './numbers.ts'

/** What each kind does; printed by the README and by `GET /__control/faults`. */
export const faultKinds = {
  'rate-limited': '429 though there is room; `retryAfter` in seconds, "date", or absent',
  status: '`status` (500, 502, 503 …) with an HTML page, or with ErrorInformation when `json`',
  hang: 'never answers',
  reset: 'the connection is cut before anything is answered',
  'lost-answer': 'the request is carried out, then the connection is cut before its answer',
  cut: 'the connection is cut after `afterBytes` of the body (default: the middle)',
  stall: 'the body stops after `afterBytes` and never goes on',
  'slow-first-byte': 'the answer comes after `delayMs`',
  'slow-body': '`chunkBytes` of the body each `delayMs`',
  html: '200 with a web page',
  'error-body': '200 with ErrorInformation',
  empty: '200 with an empty body',
  'malformed-json': '200 with the JSON broken off, and a clean end',
  truncated: '200 with the body broken off after `afterBytes` (default: the middle), and a clean end',
  'web-page': 'a web page with the content type of the file that was asked for',
  'repeat-page': 'whatever page is asked for, page 1 is answered',
  unauthorized: '401 {"message":"unauthorized"}; the token itself still holds',
  'token-dead': 'the access token has ended: 401, now and until it is renewed',
  'invalid-grant': '400 invalid_grant from the token endpoint, nothing used up',
  'consent-revoked': 'somebody removes the integration in Fortnox just before the request',
  'delete-voucher': 'somebody deletes a voucher just before the request',
  'unlink-file': "somebody unlinks a voucher's file just before the request",
} as const

export type FaultKind = keyof typeof faultKinds

export interface Fault {
  kind: FaultKind
  /**
   * Path it strikes, without a trailing slash: `*` is one segment, `**` any number. Default: everything but control.
   */
  path?: string
  /** Query parameters that must be there too, names in lower case. */
  query?: Record<string, string>
  method?: string
  tenant?: number
  /** Of the matching requests since the fault was set, the ones it strikes, from 1. */
  nth?: number | readonly number[]
  /** Chance for each matching request; default 1. */
  probability?: number
  /** Strikes at most this often. */
  times?: number
  /** Strikes only from and until these moments of the sandbox's clock (ms). */
  from?: number
  until?: number
  status?: number
  json?: boolean
  retryAfter?: number | 'date'
  delayMs?: number
  afterBytes?: number
  chunkBytes?: number
}

export interface SetFault extends Fault {
  id: string
  seen: number
  struck: number
}

function patternOf(path: string): RegExp {
  const parts = path.split(/(\*\*|\*)/)
  const source = parts.map((part) =>
    part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`)
}

export interface Struck {
  method: string
  path: string
  params: URLSearchParams
  tenant: number | null
}

export class Faults {
  private readonly clock: SandboxClock
  private readonly random: Random
  private set: (SetFault & { pattern: RegExp | null })[] = []
  private made = 0

  constructor(clock: SandboxClock, random: Random) {
    this.clock = clock
    this.random = random
  }

  /** Sets a fault; gives its id. Throws on an unknown kind. */
  add(fault: Fault): string {
    if (!Object.hasOwn(faultKinds, fault.kind)) throw new Error(`no such fault: ${fault.kind}`)
    const id = `fault-${++this.made}`
    const pattern = fault.path === undefined ? null : patternOf(fault.path)
    this.set.push({ ...fault, id, seen: 0, struck: 0, pattern })
    return id
  }

  remove(id: string): void {
    this.set = this.set.filter((fault) => fault.id !== id)
  }

  clear(): void {
    this.set = []
  }

  list(): SetFault[] {
    return this.set.map(({ pattern: _, ...fault }) => fault)
  }

  /** The fault that strikes this request, if any: every matching one counts it, the first that fires is taken. */
  strike(request: Struck): SetFault | null {
    let fired: SetFault | null = null
    for (const fault of this.set) {
      if (fault.pattern !== null && !fault.pattern.test(request.path)) continue
      if (fault.method !== undefined && fault.method !== request.method) continue
      if (fault.tenant !== undefined && fault.tenant !== request.tenant) continue
      const query = Object.entries(fault.query ?? {})
      if (!query.every(([name, value]) => request.params.get(name) === value)) continue
      fault.seen++
      if (fired !== null || !this.fires(fault)) continue
      fault.struck++
      fired = fault
    }
    return fired
  }

  private fires(fault: SetFault): boolean {
    const now = this.clock.now()
    if (fault.from !== undefined && now < fault.from) return false
    if (fault.until !== undefined && now >= fault.until) return false
    if (fault.times !== undefined && fault.struck >= fault.times) return false
    if (fault.nth !== undefined) {
      const which = typeof fault.nth === 'number' ? [fault.nth] : fault.nth
      if (!which.includes(fault.seen)) return false
    }
    return fault.probability === undefined || this.random() < fault.probability
  }
}
