import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { Job } from './job.ts'
import { noPace, remainingTime, withFetched } from './pace.ts'
import { against, documentedVouchers, newJob, nextJob, reactTo, roomLeft, shown } from './plan.ts'

const job = (part: Partial<Job> = {}): Job => ({
  ...newJob('5560360793', '2026-01-01_2026-12-31', 'maja', 1),
  ...part,
})

describe('the pace', () => {
  it('says nothing before ten documents were fetched', () => {
    let pace = noPace
    for (let i = 0; i < 9; i++) pace = withFetched(pace, 500)
    expect(remainingTime(pace, 100)).toBeNull()
    expect(remainingTime(withFetched(pace, 500), 100)).toBe(50_000)
  })

  it('is the average at first, and follows when documents begin to take longer', () => {
    let pace = noPace
    for (const ms of [400, 600]) pace = withFetched(pace, ms)
    expect(pace.perDocument).toBe(500)
    for (let i = 0; i < 200; i++) pace = withFetched(pace, 500)
    for (let i = 0; i < 150; i++) pace = withFetched(pace, 2_000)
    expect(remainingTime(pace, 1)).toBeGreaterThan(1_800)
  })
})

describe('what is next', () => {
  const vouchers = documentedVouchers({
    lines: [
      ['A', '1', 1, null, null, 2, 0],
      ['A', '2', 1, null, null, 0, 0],
      ['B', '7', 2, null, null, 1, 2],
    ],
  })

  it('is what has documents, in the index’s order', () => {
    expect(vouchers.map(({ documents }) => documents)).toEqual([2, 1])
    expect(against(job(), 'v1', vouchers)).toMatchObject({ version: 'v1', total: 3, next: 0 })
  })

  it('goes on in the same index and begins anew in another', () => {
    const half = job({ version: 'v1', next: 1, done: 2, total: 3, bytes: 99, missing: 1 })
    expect(against(half, 'v1', vouchers)).toBe(half)
    const none = { next: 0, done: 0, bytes: 0, missing: 0 }
    expect(against(half, 'v2', vouchers)).toMatchObject({ version: 'v2', ...none })
  })

  it('is the oldest year that need not wait, else the one that waits least', () => {
    const waits = job({ year: 'a', startedAt: 1, retryAt: 900 })
    const later = job({ year: 'c', startedAt: 3 })
    const sooner = job({ year: 'b', startedAt: 2 })
    const paused = job({ year: 'd', startedAt: 0, state: 'paused' })
    expect(nextJob([waits, later, sooner, paused], 500)?.year).toBe('b')
    expect(nextJob([waits, later, sooner, paused], 1_000)?.year).toBe('a')
    expect(nextJob([waits, job({ year: 'e', retryAt: 800 })], 500)?.year).toBe('e')
    expect(nextJob([paused], 500)).toBeNull()
  })

  it('leaves the cache room for rows and pictures', () => {
    expect(roomLeft({ bytes: 0, limit: 1_000_000_000 })).toBe(998_000_000)
    expect(roomLeft({ bytes: 999_000_000, limit: 1_000_000_000 })).toBe(0)
    expect(roomLeft({ bytes: 0, limit: 10_000_000 })).toBe(9_500_000)
  })
})

describe('a failure', () => {
  const react = (code: ErrorCode, failures = 0, what: 'document' | 'list' = 'document') =>
    reactTo({ code, data: {} }, what, failures, 1_000, 0.5)

  it.each(['document_gone', 'document_no_permission', 'document_too_large'] as const)(
    '%s leaves the document out',
    (code) => expect(react(code)).toEqual({ do: 'leave_out' }),
  )

  it.each(['not_signed_in', 'connection_broken', 'consent_revoked', 'forbidden'] as const)(
    '%s stops it until somebody acts',
    (code) => expect(react(code)).toEqual({ do: 'stop' }),
  )

  it.each(['fortnox_rate_limited', 'fortnox_unreachable', 'edge_unreachable'] as const)(
    '%s waits longer each time, a quarter of an hour at most, however often',
    (code) => {
      expect(react(code)).toEqual({ do: 'wait', retryAt: 16_000 })
      expect(react(code, 1)).toEqual({ do: 'wait', retryAt: 31_000 })
      expect(react(code, 50)).toMatchObject({ retryAt: 901_000 })
    },
  )

  it('that may be Fortnox’ or the document’s is compared with another document in time', () => {
    expect(react('fortnox_unreachable', 2).do).toBe('wait')
    expect(react('fortnox_unreachable', 3).do).toBe('compare')
    expect(react('fortnox_unreachable', 3, 'list').do).toBe('wait')
    expect(react('fortnox_rate_limited', 9).do).toBe('wait')
  })

  it('of one transfer again and again leaves that document out, never the whole list', () => {
    expect(react('document_interrupted', 2).do).toBe('wait')
    expect(react('document_interrupted', 3).do).toBe('leave_out')
    expect(react('internal', 9, 'list').do).toBe('wait')
  })
})

describe('what is shown', () => {
  it('says whose turn it is, who waits, and how long it takes only while it goes', () => {
    let pace = noPace
    for (let i = 0; i < 20; i++) pace = withFetched(pace, 500)
    const first = job({ year: 'a', version: 'v', done: 20, total: 140, pace })
    const second = job({ year: 'b', startedAt: 2 })
    expect(shown(first, first, 5)).toMatchObject({ state: 'running', remainingMs: 60_000 })
    expect(shown(second, first, 5)).toMatchObject({ state: 'queued', remainingMs: null })
    const waiting = { ...first, retryAt: 10 }
    expect(shown(waiting, second, 5)).toMatchObject({ state: 'waiting', retryAt: 10, remainingMs: null })
    expect(shown(waiting, waiting, 10)).toMatchObject({ state: 'running', retryAt: null })
    const paused = { ...first, state: 'paused' } as const
    expect(shown(paused, second, 5)).toMatchObject({ state: 'paused', remainingMs: null })
  })
})
