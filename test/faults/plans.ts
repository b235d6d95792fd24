import { type Fault, type FaultKind, faultKinds } from '../fortnox/index.ts'
import { mulberry } from './virtual.ts'

const kinds = Object.keys(faultKinds) as FaultKind[]
/** What a plan strikes: all, one of Fortnox' parts, or one kind of request. */
const targets = [
  '/3/**',
  '/**',
  '/oauth-v1/token',
  '/3/financialyears',
  '/3/vouchers',
  '/3/voucherfileconnections',
  '/3/supplierinvoices',
  '/3/supplierinvoicefileconnections',
  '/3/supplierinvoicepayments',
  '/3/supplierinvoicepayments/*',
  '/3/invoices',
  '/3/invoicepayments',
  '/3/invoicepayments/*',
  '/3/sie/4',
  '/3/archive/*',
  '/3/invoices/*/preview',
  '/api/**',
]

/** What happens between two syncs of a plan, apart from the faults. */
export type Event = 'evict' | 'hour' | 'end-tokens' | 'copy-only'
const events: Event[] = ['evict', 'hour', 'end-tokens', 'copy-only']

export interface Plan {
  seed: number
  faults: Fault[]
  /** Syncs made while the faults last, each after its event. */
  syncs: (Event | null)[]
  account: 'service' | 'user'
}

/** A random plan: the same seed gives the same. */
export function planOf(seed: number): Plan {
  const random = mulberry(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const faults = Array.from({ length: 1 + Math.floor(random() * 4) }, (): Fault => {
    const kind = pick(kinds)
    const often: Partial<Fault> = pick([
      { probability: 0.05 + random() * 0.5 },
      { nth: 1 + Math.floor(random() * 12) },
      { nth: [1, 2, 3].map((n) => n + Math.floor(random() * 5)) },
      { times: 1 + Math.floor(random() * 6) },
    ])
    return {
      kind,
      path: pick(targets),
      ...often,
      ...(kind === 'rate-limited' ? pick([{}, { retryAfter: 7 }, { retryAfter: 'date' as const }]) : {}),
      ...(kind === 'status' ? { status: pick([500, 502, 503, 504]), json: random() < 0.5 } : {}),
      ...(kind === 'slow-first-byte' ? { delayMs: Math.floor(random() * 90_000) } : {}),
      ...(kind === 'slow-body' ? { delayMs: Math.floor(random() * 2_000), chunkBytes: 8192 } : {}),
      ...(/cut|stall|truncated|malformed/.test(kind) && random() < 0.5
        ? { afterBytes: Math.floor(random() * 5_000) }
        : {}),
    }
  })
  const syncs = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
    random() < 0.5 ? pick(events) : null,
  )
  return { seed, faults, syncs, account: random() < 0.3 ? 'user' : 'service' }
}
