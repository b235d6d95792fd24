import { beforeEach, describe, expect, it } from 'vitest'
import type { IndexLine, YearIndex } from '../../../shared/contract/types.ts'
import { type ErrorCode, UnderlagError } from '../../../shared/errors.ts'
import type { Kept } from '../documents/document-store.ts'
import { JobStore } from './job-store.ts'
import { newJob } from './plan.ts'
import { Runner } from './runner.ts'

const company = '5560360793'
const year = '2026-01-01_2026-12-31'
let now: number
let member: string
let usage: { bytes: number; limit: number }
let version: string
let vouchers: Record<string, string[]>
/** What the cache has, and in which order documents were asked for. */
let cached: Map<string, number>
let asked: { id: string; at: number }[]
let storage: Map<string, unknown>
let fails: (id: string) => ErrorCode | null
let beforeKeep: (id: string) => Promise<void>

beforeEach(() => {
  now = 1_000_000
  member = 'maja'
  usage = { bytes: 0, limit: 1_000_000_000 }
  version = 'v1'
  vouchers = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`A:${i + 1}`, i === 4 ? ['d4', 'd5'] : [`d${i + 1}`]]),
  )
  cached = new Map()
  asked = []
  storage = new Map()
  fails = () => null
  beforeKeep = async () => {}
})

const index = (): YearIndex => ({
  ...{ year, version, source: 'fortnox', documentsAt: 1 },
  lines: Object.entries(vouchers).map(
    ([key, ids]): IndexLine => ['A', key.slice(2), 1, null, 1, ids.length, 0],
  ),
})

/** The background as it starts: memory is empty, storage is what it was. Sleeping takes no time. */
function start() {
  const store = new JobStore({
    get: async (name) => ({ [name]: structuredClone(storage.get(name)) }),
    set: async (values) => Object.entries(values).forEach(([name, value]) => void storage.set(name, value)),
  })
  const runner = new Runner(
    store,
    {
      member: async () => member,
      index: async () => index(),
      documentsOf: async ({ key }) => vouchers[key]!.map((id) => ({ id })),
      async keep({ document: id }, room): Promise<Kept> {
        if (cached.has(id)) return { state: 'here', bytes: cached.get(id)! }
        const left = await room()
        asked.push({ id, at: now })
        await beforeKeep(id)
        const code = fails(id)
        if (code) throw new UnderlagError(code)
        now += 30
        if (left < 1_000_000) return { state: 'full', bytes: 1_000_000 }
        cached.set(id, 1_000_000)
        usage.bytes += 1_000_000
        return { state: 'fetched', bytes: 1_000_000 }
      },
      usage: async () => usage,
    },
    {
      now: () => now,
      random: () => 0.5,
      sleep: async (ms) => {
        now += ms
      },
    },
  )
  return { store, runner }
}

const begin = async (store: JobStore) => store.change((jobs) => [...jobs, newJob(company, year, 'maja', now)])
const job = async () => (await start().store.all())[0]

describe('a year', () => {
  it('is fetched whole, each document once, at most twelve in five seconds', async () => {
    const { store, runner } = start()
    await begin(store)
    await runner.wake()
    expect(await job()).toMatchObject({ state: 'done', done: 31, total: 31, bytes: 31_000_000, missing: 0 })
    expect(asked).toHaveLength(30)
    for (let i = 12; i < asked.length; i++)
      expect(asked[i]!.at - asked[i - 12]!.at).toBeGreaterThanOrEqual(4_999)
    expect((await job())!.pace.perDocument).toBeCloseTo(5_000 / 12, -2)
  })

  it('goes on where it was when the background was ended in the middle of a document', async () => {
    const { store, runner } = start()
    await begin(store)
    const killed = new Promise<void>((resolve) => {
      beforeKeep = (id) => {
        if (id !== 'd17') return Promise.resolve()
        resolve()
        return new Promise(() => {})
      }
    })
    void runner.wake()
    await killed
    expect(await job()).toMatchObject({ state: 'running', next: 16 })
    beforeKeep = async () => {}
    await start().runner.wake()
    expect(await job()).toMatchObject({ state: 'done', done: 31 })
    expect(asked.filter(({ id }) => id !== 'd17').map(({ id }) => id)).toHaveLength(29)
    expect(asked.filter(({ id }) => id === 'd17')).toHaveLength(2)
  })

  it('leaves out a voucher at which the background was ended again and again', async () => {
    const { store } = start()
    await begin(store)
    for (let i = 0; i < 5; i++) {
      const killed = new Promise<void>((resolve) => {
        beforeKeep = (id) => (id === 'd17' ? new Promise(() => resolve()) : Promise.resolve())
      })
      void start().runner.wake()
      await killed
    }
    await start().runner.wake()
    expect(await job()).toMatchObject({ state: 'done', done: 31, missing: 1 })
  })

  it('that is paused stops after the document under way; resumed, it goes on', async () => {
    const { store, runner } = start()
    await begin(store)
    const pause = () => store.change((jobs) => jobs.map((each) => ({ ...each, state: 'paused' })))
    beforeKeep = async (id) => {
      if (id === 'd5') await pause()
    }
    await runner.wake()
    expect(asked.at(-1)!.id).toBe('d5')
    expect(await job()).toMatchObject({ state: 'paused', next: 4 })
    await store.change((jobs) => jobs.map((each) => ({ ...each, state: 'running' })))
    await runner.wake()
    expect(await job()).toMatchObject({ state: 'done' })
    expect(asked).toHaveLength(30)
  })

  it('that is cancelled leaves no job, whatever was under way', async () => {
    const { store, runner } = start()
    await begin(store)
    beforeKeep = async () => void (await store.change(() => []))
    await runner.wake()
    expect(await job()).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it('stops before anything is thrown out, and says that there is no room', async () => {
    usage = { bytes: 0, limit: 20_000_000 }
    const { store, runner } = start()
    await begin(store)
    await runner.wake()
    expect(await job()).toMatchObject({ state: 'stopped', error: { code: 'cache_full' } })
    expect(usage.bytes).toBeLessThanOrEqual(19_000_000)
    usage.limit = 100_000_000
    await store.change((jobs) => jobs.map((each) => ({ ...each, state: 'running', error: null })))
    await runner.wake()
    expect(await job()).toMatchObject({ state: 'done', bytes: 31_000_000 })
  })

  it('waits when Fortnox has had enough, says so, and lets the background sleep', async () => {
    let isBusy = true
    fails = (id) => (isBusy && id === 'd3' ? 'fortnox_rate_limited' : null)
    const { store, runner } = start()
    await begin(store)
    const before = now
    await runner.wake()
    const waits = await job()
    expect(waits).toMatchObject({ state: 'running', error: { code: 'fortnox_rate_limited' }, next: 2 })
    expect(waits!.retryAt! - now).toBeGreaterThan(10_000)
    expect(now - before).toBeLessThan(5_000)
    isBusy = false
    now = waits!.retryAt!
    await start().runner.wake()
    expect(await job()).toMatchObject({ state: 'done', error: null, failures: 0 })
  })

  it('leaves out what Fortnox does not hand out, and counts it', async () => {
    fails = (id) => (id === 'd3' ? 'document_gone' : id === 'd8' ? 'document_interrupted' : null)
    const { store } = start()
    await begin(store)
    for (let i = 0; i < 5; i++) {
      await start().runner.wake()
      now = Math.max(now, (await job())!.retryAt ?? 0)
    }
    expect(await job()).toMatchObject({ state: 'done', missing: 2, done: 31 })
    expect(asked.filter(({ id }) => id === 'd8')).toHaveLength(4)
  })

  it('leaves out one at which Fortnox stumbles while others come, and nothing while none comes', async () => {
    let isDown = false
    fails = (id) => (isDown || id === 'd3' ? 'fortnox_unreachable' : null)
    const { store } = start()
    await begin(store)
    const tries = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await start().runner.wake()
        now = Math.max(now, (await job())!.retryAt ?? 0)
      }
    }
    await tries(1)
    isDown = true
    await tries(8)
    expect(await job()).toMatchObject({ state: 'running', next: 2, missing: 0 })
    isDown = false
    await tries(1)
    expect(await job()).toMatchObject({ state: 'done', missing: 1, done: 31 })
  })

  it('that was synced meanwhile is gone through anew, what is here is not fetched again', async () => {
    const { store, runner } = start()
    await begin(store)
    beforeKeep = async (id) => {
      if (id !== 'd20') return
      version = 'v2'
      vouchers['A:99'] = ['d99']
    }
    await runner.wake()
    expect(await job()).toMatchObject({ state: 'done', version: 'v2', done: 32, total: 32 })
    expect(asked).toHaveLength(31)
  })

  it('of another member is forgotten', async () => {
    const { store, runner } = start()
    await begin(store)
    member = 'nils'
    await runner.wake()
    expect(await job()).toBeUndefined()
    expect(asked).toEqual([])
  })
})
