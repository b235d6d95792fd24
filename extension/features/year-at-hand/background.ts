import { browser } from 'wxt/browser'
import { systemClock } from '../../../shared/clock.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import { answer, mayAsk } from '../../lib/answer.ts'
import type { YearAction, YearAtHand } from '../../lib/protocol.ts'
import { ahead } from '../documents/index.ts'
import type { Job } from './job.ts'
import { isOf, JobStore } from './job-store.ts'
import { newJob, nextJob, shown } from './plan.ts'
import { Runner } from './runner.ts'

const store = new JobStore(browser.storage.local)
const runner = new Runner(store, ahead, systemClock)

const alarm = 'year-at-hand'
/** Chrome's least, minutes. */
const alarmEvery = 0.5
/** Chrome ends a background that calls nothing of the extension's for 30 s, also in the middle of a large document. */
const awakeEvery = 20_000

/** A year's documents in the background: goes on whenever the browser runs, until it is paused, stopped or done. */
export function registerYearAtHand(): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarm) void goOn()
  })
  browser.runtime.onStartup.addListener(() => void goOn())
  answer('yearsAtHand', 'page', async ({ company }, sender) => {
    if (company === null && !mayAsk(sender, 'extension')) throw new UnderlagError('forbidden')
    return list(await store.all(), company)
  })
  answer('controlYear', 'page', async ({ company, year, action }) => {
    const member = action === 'start' ? await ahead.member() : null
    const jobs = await store.change((all) => changed(all, { company, year }, action, member))
    void goOn()
    return list(jobs, company)
  })
  answer('openOptions', 'page', async () => {
    await browser.runtime.openOptionsPage()
    return null
  })
  void goOn()
}

/** Everything on this device is gone: at sign-out the years wait for their member, otherwise they are forgotten. */
export async function forgetYears(why: 'signed_out' | 'cleared'): Promise<void> {
  const error = { code: 'not_signed_in', data: {} } as const
  await store.change((jobs) =>
    why === 'cleared'
      ? []
      : jobs
          .filter(({ state }) => state !== 'done')
          .map(({ company, year, member, startedAt, state, pace }) => ({
            ...newJob(company, year, member, startedAt),
            pace,
            ...(state === 'running' ? { state: 'stopped', error } : { state }),
          })),
  )
}

/** After sign-in: what the member's sign-out stopped goes on. */
export async function resumeYears(signedIn: string): Promise<void> {
  await store.change((jobs) =>
    jobs
      .filter(({ member }) => member === signedIn)
      .map((job) =>
        job.error?.code === 'not_signed_in' ? { ...job, state: 'running', error: null, retryAt: null } : job,
      ),
  )
  void goOn()
}

let awake: ReturnType<typeof setInterval> | null = null

async function goOn(): Promise<void> {
  if (!(await runs())) return
  // Set anew at every start: alarms need not outlive the browser.
  await browser.alarms.create(alarm, { periodInMinutes: alarmEvery })
  awake ??= setInterval(() => void browser.runtime.getPlatformInfo(), awakeEvery)
  try {
    await runner.wake()
  } finally {
    clearInterval(awake)
    awake = null
  }
  if (!(await runs())) await browser.alarms.clear(alarm)
}

async function runs(): Promise<boolean> {
  return (await store.all()).some(({ state }) => state === 'running')
}

function list(jobs: readonly Job[], company: string | null): YearAtHand[] {
  const now = Date.now()
  const turn = nextJob(jobs, now)
  return jobs.filter((job) => company === null || job.company === company).map((job) => shown(job, turn, now))
}

/** The jobs after what a member did to one year; `member` starts it. */
function changed(
  jobs: Job[],
  place: Pick<Job, 'company' | 'year'>,
  action: YearAction,
  member: string | null,
): Job[] {
  const job = jobs.find(isOf(place))
  const others = jobs.filter((each) => each !== job)
  const goesOn = { error: null, retryAt: null, failures: 0 }
  if (action === 'cancel') return others
  if (action === 'start') {
    const isRunning = job?.state === 'running' && job.member === member
    return isRunning || !member ? jobs : [...others, newJob(place.company, place.year, member, Date.now())]
  }
  if (!job) return jobs
  if (action === 'resume') return [...others, { ...job, ...goesOn, state: 'running' }]
  return job.state === 'running' ? [...others, { ...job, ...goesOn, state: 'paused' }] : jobs
}
