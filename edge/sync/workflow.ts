import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { NonRetryableError } from 'cloudflare:workflows'
import { systemClock } from '../../shared/clock.ts'
import { toWireError, UnderlagError, type WireError } from '../../shared/errors.ts'
import { heedBroken } from '../directory/heed.ts'
import { integrationById } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import { openFortnox } from '../fortnox/client.ts'
import { openLedger } from '../ledger/index.ts'
import type { Ledger } from '../ledger/types.ts'
import { findYear, syncYear } from './sync-year.ts'

export type SyncParams = {
  integration: string
  year: string
  ledger: 'fetch' | 'keep'
  by: string
  run: string
}

/** Errors that another try a little later may mend; all others end the run with what they say. */
const passing = new Set<WireError['code']>(['fortnox_unreachable', 'fortnox_rate_limited', 'internal'])

/** No wait is as long as the silence after which a run is taken for dead (edge/ledger/runs.ts). */
const retries = {
  retries: { limit: 5, delay: '20 seconds', backoff: 'linear' },
  timeout: '30 minutes',
} as const

/**
 * One sync: one fiscal year of one integration. The platform retries and resumes its steps, which return counts only;
 * all data goes to D1 inside a step, and doing a step twice changes nothing more.
 */
export class SyncWorkflow extends WorkflowEntrypoint<Env, SyncParams> {
  override async run(event: Readonly<WorkflowEvent<SyncParams>>, step: WorkflowStep): Promise<void> {
    const { integration, year, ledger: mode, run } = event.payload
    const key = { integration, year }
    try {
      const { tenant, fortnoxYear } = await step.do('find the year', retries, () =>
        stated(async () => {
          const { ledger, tenant } = await this.#open(integration)
          await ledger.progress(run, { phase: 'years', done: 0, total: null })
          const fortnoxYear = await heedBroken(this.env.DIRECTORY, tenant, () =>
            findYear(openFortnox(this.env, tenant, 'background'), year),
          )
          return { tenant, fortnoxYear }
        }),
      )
      const changed = await step.do('fetch ledger and documents', retries, () =>
        stated(async () => {
          const { ledger } = await this.#open(integration)
          const fortnox = openFortnox(this.env, tenant, 'background')
          const sync = {
            env: this.env,
            clock: systemClock,
            fortnox,
            ledger,
            key,
            mode,
            run,
            tenant,
            fortnoxYear,
          }
          return heedBroken(this.env.DIRECTORY, tenant, () => syncYear(sync))
        }),
      )
      await step.do('record the end', () => this.#end(integration, run, { changed }))
    } catch (error) {
      await step.do('record the failure', () => this.#end(integration, run, { error: wireErrorOf(error) }))
    }
  }

  /** The connection as it is now: a firm may end it while a run waits. */
  async #open(id: string) {
    const integration = await integrationById(this.env.DIRECTORY, id)
    const connection = integration?.connection
    if (!integration || !connection) throw new UnderlagError('connection_inactive')
    return { ledger: openLedger(this.env[integration.ledger], systemClock), tenant: connection.tenant }
  }

  async #end(id: string, run: string, outcome: Parameters<Ledger['endSync']>[1]): Promise<void> {
    const integration = await integrationById(this.env.DIRECTORY, id)
    await openLedger(this.env[integration?.ledger ?? 'LEDGER'], systemClock).endSync(run, outcome)
  }
}

/**
 * Only an error's message survives a step, so the wire error travels in it; what no later try can mend stops the retries.
 */
async function stated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const wire = toWireError(error)
    if (wire.code === 'internal') console.error(error)
    const message = `${mark}${JSON.stringify(wire)}`
    throw passing.has(wire.code) ? new Error(message) : new NonRetryableError(message)
  }
}

const mark = 'underlag:'

function wireErrorOf(error: unknown): WireError {
  const message = error instanceof Error ? error.message : ''
  const at = message.indexOf(mark)
  if (at < 0) return { code: 'sync_failed', data: {} }
  return JSON.parse(message.slice(at + mark.length)) as WireError
}
