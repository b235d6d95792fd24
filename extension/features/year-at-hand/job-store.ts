import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { Job } from './job.ts'

const name = 'yearsAtHand'

/** The part of `browser.storage.local` that jobs need: they outlive the browser. */
export interface JobStorage {
  get(name: string): Promise<Record<string, unknown>>
  set(values: Record<string, unknown>): Promise<void>
}

type Name = Pick<Job, 'company' | 'year'>

/** All jobs, changed one at a time: a member's "pause" and the runner's progress never overwrite each other. */
export class JobStore {
  readonly #storage: JobStorage
  #last: Promise<unknown> = Promise.resolve()

  constructor(storage: JobStorage) {
    this.#storage = storage
  }

  async all(): Promise<Job[]> {
    return ((await this.#storage.get(name))[name] as Job[] | undefined) ?? []
  }

  change(how: (jobs: Job[]) => Job[]): Promise<Job[]> {
    const changed = this.#last.then(async () => {
      const jobs = how(await this.all())
      await this.#storage.set({ [name]: jobs })
      return jobs
    })
    this.#last = changed.catch(() => {})
    return changed
  }

  /**
   * The runner's own changes of a job that it works on.
   *
   * @returns false when that job runs no more: paused, cancelled, or begun anew
   */
  async progress(job: Job, part: Partial<Job>): Promise<boolean> {
    const isSame = (each: Job) => isOf(job)(each) && each.startedAt === job.startedAt
    const jobs = await this.change((all) =>
      all.map((each) => (isSame(each) && each.state === 'running' ? { ...each, ...part } : each)),
    )
    return jobs.some((each) => isSame(each) && each.state === 'running')
  }
}

/** Whether a job is the one of that company and year. */
export function isOf({ company, year }: { company: string; year: FiscalYearId }): (job: Name) => boolean {
  return (job) => job.company === company && job.year === year
}
