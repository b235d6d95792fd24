/** Who asked for what and when: the log that tests read, and the window that Fortnox' rate limit looks through. */

import type { SandboxClock } from './clock.ts'

export interface RequestRecord {
  id: number
  /** Arrival, ms of the sandbox's clock. */
  at: number
  method: string
  /** Without trailing slash. */
  path: string
  query: string
  client: string | null
  tenant: number | null
  /** 0 until answered, and for a request that never was. */
  status: number
  /** Bytes of the body that the receiver has taken so far. */
  sent: number
  /** `open` until the body has ended one way or the other. */
  end: 'open' | 'complete' | 'aborted' | 'cut'
  endedAt: number | null
  /** The kind of the fault that struck. */
  fault: string | null
  /** A request that Fortnox would act on: it sends, marks or changes something. */
  acting: boolean
}

/** How many requests fit in how long a time. */
export interface RateLimit {
  requests: number
  windowMs: number
}

const keep = 200_000

export class Traffic {
  readonly log: RequestRecord[] = []
  private readonly clock: SandboxClock
  private readonly windows = new Map<string, number[]>()
  private made = 0

  constructor(clock: SandboxClock) {
    this.clock = clock
  }

  begin(method: string, path: string, query: string): RequestRecord {
    const record: RequestRecord = {
      id: ++this.made,
      at: this.clock.now(),
      method,
      path,
      query,
      client: null,
      tenant: null,
      status: 0,
      sent: 0,
      end: 'open',
      endedAt: null,
      fault: null,
      acting: false,
    }
    this.log.push(record)
    if (this.log.length > keep) this.log.splice(0, keep / 10)
    return record
  }

  end(record: RequestRecord, end: RequestRecord['end']): void {
    if (record.end !== 'open') return
    record.end = end
    record.endedAt = this.clock.now()
  }

  /**
   * Takes a place in the sliding window of this client and tenant; null if there was one, else in how many ms one
   * comes free.
   */
  admit(key: string, limit: RateLimit, countRefused: boolean): number | null {
    const now = this.clock.now()
    const window = (this.windows.get(key) ?? []).filter((at) => now - at < limit.windowMs)
    this.windows.set(key, window)
    const full = window.length >= limit.requests
    const wait = full ? (window[window.length - limit.requests] ?? now) + limit.windowMs - now : 0
    if (!full || countRefused) window.push(now)
    return full ? wait : null
  }

  /** The most API requests of one tenant that arrived within any `windowMs`, refused ones too. */
  busiest(windowMs = 5000): { requests: number; tenant: number | null; from: number } {
    const byTenant = new Map<number, number[]>()
    for (const record of this.log) {
      if (record.tenant === null || record.path.startsWith('/oauth-v1')) continue
      const times = byTenant.get(record.tenant) ?? []
      times.push(record.at)
      byTenant.set(record.tenant, times)
    }
    let most = { requests: 0, tenant: null as number | null, from: 0 }
    for (const [tenant, times] of byTenant) {
      times.sort((a, b) => a - b)
      let first = 0
      for (let last = 0; last < times.length; last++) {
        while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first++
        if (last - first + 1 > most.requests)
          most = { requests: last - first + 1, tenant, from: times[first] ?? 0 }
      }
    }
    return most
  }

  reset(): void {
    this.log.length = 0
    this.windows.clear()
  }
}
