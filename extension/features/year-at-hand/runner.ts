import type { Clock } from '../../../shared/clock.ts'
import type { YearIndex } from '../../../shared/contract/types.ts'
import { toWireError, UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { Kept } from '../documents/document-store.ts'
import type { Job } from './job.ts'
import type { JobStore } from './job-store.ts'
import { withFetched } from './pace.ts'
import {
  against,
  type DocumentedVoucher,
  documentedVouchers,
  mostBegun,
  nextJob,
  reactTo,
  roomLeft,
  startEvery,
} from './plan.ts'

/** Longer waits are left to the alarm: the background may sleep meanwhile. */
const longestSleep = 10_000
/** The computer slept: that is nobody's pace. */
const longestDocument = 60_000

interface Place {
  company: string
  year: FiscalYearId
}

/** Where the runner gets things from; all of them keep what they give in the cache. */
export interface RunnerSources {
  /** Whose cache it is; throws `not_signed_in` when nobody's. */
  member(): Promise<string>
  index(place: Place): Promise<YearIndex | null>
  documentsOf(voucher: Place & { key: string }): Promise<{ id: string }[]>
  keep(document: Place & { document: string }, room: () => Promise<number>): Promise<Kept>
  usage(): Promise<{ bytes: number; limit: number }>
}

/** Carries out the jobs, one document at a time. What it knows it reads anew: the background may end between any two lines. */
export class Runner {
  readonly #store: JobStore
  readonly #sources: RunnerSources
  readonly #clock: Clock
  #running: Promise<void> | null = null
  #isCalled = false
  /** The vouchers of the job under way: a long list, read once per version. */
  #list: (Place & { version: string; vouchers: DocumentedVoucher[] }) | null = null
  #lastStart = 0
  /** When the last document was here, or the work began: the pace counts from there. */
  #mark = 0

  constructor(store: JobStore, sources: RunnerSources, clock: Clock) {
    this.#store = store
    this.#sources = sources
    this.#clock = clock
  }

  /** Goes on until nothing runs, or all that runs waits for longer than a moment. However often it is called. */
  wake(): Promise<void> {
    this.#isCalled = true
    this.#running ??= this.#runWhileCalled().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** A job that is started while the last one ends is not overlooked. */
  async #runWhileCalled(): Promise<void> {
    while (this.#isCalled) {
      this.#isCalled = false
      await this.#run()
    }
  }

  async #run(): Promise<void> {
    this.#list = null
    this.#mark = this.#clock.now()
    for (;;) {
      const now = this.#clock.now()
      const job = nextJob(await this.#store.all(), now)
      if (!job) return
      const wait = (job.retryAt ?? 0) - now
      if (wait > longestSleep) return
      if (wait > 0) {
        await this.#clock.sleep(wait)
        this.#list = null
        this.#mark = this.#clock.now()
      } else await this.#step(job)
    }
  }

  /** One voucher, or the end. */
  async #step(job: Job): Promise<void> {
    let counted = job
    let vouchers: DocumentedVoucher[]
    try {
      if ((await this.#sources.member()) !== job.member) {
        await this.#store.change((jobs) => jobs.filter(({ member }) => member !== job.member))
        return
      }
      const isLast = this.#list !== null && job.next >= this.#list.vouchers.length
      const list = await this.#listOf(job, isLast)
      vouchers = list.vouchers
      counted = against(job, list.version, vouchers)
    } catch (error) {
      await this.#failed(job, 'list', error)
      return
    }
    const voucher = vouchers[counted.next]
    const { version, next, done, bytes, missing, total } = counted
    if (!voucher) {
      await this.#store.progress(job, {
        state: 'done',
        version,
        next,
        done,
        bytes,
        missing,
        total,
        error: null,
      })
      return
    }
    const begun = counted.begun + 1
    if (!(await this.#store.progress(job, { version, next, done, bytes, missing, total, begun }))) return
    const came =
      begun > mostBegun ? { bytes: 0, missing: voucher.documents } : await this.#voucher(counted, voucher)
    if (!came) return
    await this.#store.progress(job, {
      next: next + 1,
      done: done + voucher.documents,
      bytes: bytes + came.bytes,
      missing: missing + came.missing,
      pace: came.pace ?? job.pace,
      ...{ begun: 0, failures: 0, error: null, retryAt: null },
    })
  }

  /** The vouchers of a job's year; at the end the edge is asked again, so that what came meanwhile is not left out. */
  async #listOf({ company, year }: Job, isAnew: boolean) {
    const known = this.#list
    if (known && known.company === company && known.year === year && !isAnew) return known
    const index = await this.#sources.index({ company, year })
    if (!index) throw new UnderlagError('ledger_empty')
    const list = { company, year, version: index.version, vouchers: documentedVouchers(index) }
    this.#list = list
    return list
  }

  /** All documents of a voucher; null when the job is to go no further now. */
  async #voucher(
    job: Job,
    { key, documents }: DocumentedVoucher,
  ): Promise<{ bytes: number; missing: number; pace?: Job['pace'] } | null> {
    const { company, year } = job
    let { pace, failures } = job
    let ids: { id: string }[]
    try {
      ids = await this.#sources.documentsOf({ company, year, key })
    } catch (error) {
      if ((await this.#failed(job, 'document', error)) === 'left_out') return { bytes: 0, missing: documents }
      return null
    }
    let bytes = 0
    let missing = 0
    for (const { id } of ids) {
      await this.#takeTurn()
      if (!(await this.#store.progress(job, {}))) return null
      try {
        const kept = await this.#keep({ company, year, document: id })
        if (kept.state === 'full') throw new UnderlagError('cache_full')
        if (kept.state === 'too_large') missing++
        else bytes += kept.bytes
        const now = this.#clock.now()
        if (kept.state === 'fetched') pace = withFetched(pace, Math.min(now - this.#mark, longestDocument))
        this.#mark = now
        failures = 0
      } catch (error) {
        if ((await this.#failed({ ...job, failures, pace }, 'document', error)) !== 'left_out') return null
        missing++
        failures = 0
      }
    }
    return { bytes, missing, pace }
  }

  /** Whether one of the next vouchers' documents, not here yet, comes when it is asked for; true when none is left to ask for. */
  async #othersCome({ company, year, next }: Job): Promise<boolean> {
    const others = this.#list?.vouchers.slice(next + 1) ?? []
    try {
      for (const { key } of others) {
        for (const { id } of await this.#sources.documentsOf({ company, year, key })) {
          await this.#takeTurn()
          const { state } = await this.#keep({ company, year, document: id })
          if (state !== 'here') return state === 'fetched'
        }
      }
      return true
    } catch {
      return false
    }
  }

  #keep(document: Place & { document: string }): Promise<Kept> {
    return this.#sources.keep(document, async () => {
      this.#lastStart = this.#clock.now()
      return roomLeft(await this.#sources.usage())
    })
  }

  /** Documents that are asked for are so at most at half the rate that Fortnox takes. */
  async #takeTurn(): Promise<void> {
    const wait = this.#lastStart + startEvery - this.#clock.now()
    if (wait > 0) await this.#clock.sleep(wait)
  }

  async #failed(
    job: Job,
    what: 'document' | 'list',
    failure: unknown,
  ): Promise<'left_out' | 'waits' | 'stopped'> {
    const error = isDiskFull(failure) ? { code: 'cache_full' as const, data: {} } : toWireError(failure)
    const reaction = reactTo(error, what, job.failures, this.#clock.now(), this.#clock.random())
    const { pace } = job
    if (reaction.do === 'leave_out') return 'left_out'
    if (reaction.do === 'compare' && (await this.#othersCome(job))) return 'left_out'
    if (reaction.do === 'stop') {
      await this.#store.progress(job, { state: 'stopped', error, retryAt: null, begun: 0, failures: 0, pace })
      return 'stopped'
    }
    const { retryAt } = reaction
    await this.#store.progress(job, { error, retryAt, begun: 0, failures: job.failures + 1, pace })
    return 'waits'
  }
}

/** The disk itself has no room, whatever limit the member has set. Dexie keeps the browser's error inside its own. */
function isDiskFull(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: { name?: string } }
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError'
}
