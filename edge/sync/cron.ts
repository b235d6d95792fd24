import { type Clock, systemClock } from '../../shared/clock.ts'
import { toWireError } from '../../shared/errors.ts'
import { endOldAttempts } from '../consent/links.ts'
import { heedBroken } from '../directory/heed.ts'
import { takeDue } from '../directory/integrations.ts'
import type { Integration } from '../directory/types.ts'
import type { Env } from '../env.ts'
import { openFortnox } from '../fortnox/client.ts'
import type { FortnoxYear } from '../fortnox/types.ts'
import { openLedger } from '../ledger/index.ts'
import type { Ledger } from '../ledger/types.ts'
import { dueYears } from './due-years.ts'
import { startSync } from './start.ts'

const hour = 3600 * 1000
/** Less than a day, more than the night's hours (wrangler.toml, crons): due again when the next night begins, once. */
const putOff = 18 * hour
/** Companies started per tick; the next tick takes the next ones. */
const batch = 50
/** A held upload waits this long for its answer, ms. */
const heldLife = 48 * hour
/** How long a tick waits for a company's years in Fortnox, ms. */
const patience = 20_000

/**
 * Starts the syncs of the companies that are due, the longest waiting first, and sweeps what no read-in switched to. Each
 * company is put off to the next night before it starts, so a tick that dies, or two at once, start none twice; one that
 * fails never stops the others.
 */
export async function startDueSyncs(env: Env): Promise<{ started: number; failed: number }> {
  const clock = systemClock
  const now = clock.now()
  const due = await takeDue(env.DIRECTORY, now, now + putOff, batch)
  const outcomes = await Promise.allSettled(
    due.map((integration) =>
      syncCompany(env, clock, openLedger(env[integration.ledger], clock), integration),
    ),
  )
  const failed = outcomes.filter(({ status }) => status === 'rejected')
  for (const outcome of failed) console.error('cron', (outcome as PromiseRejectedResult).reason)
  await openLedger(env.LEDGER, clock).sweep(now - heldLife)
  await endOldAttempts(env, clock)
  const started = outcomes.reduce(
    (sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0),
    0,
  )
  console.log(JSON.stringify({ cron: { due: due.length, started, failed: failed.length } }))
  return { started, failed: failed.length }
}

async function syncCompany(
  env: Env,
  clock: Clock,
  ledger: Ledger,
  integration: Integration,
): Promise<number> {
  const [here, runs, fortnox] = await Promise.all([
    ledger.books(integration.id),
    ledger.syncs(integration.id),
    fortnoxYears(env, clock, integration.connection!.tenant),
  ])
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const started = await Promise.all(
    dueYears({ here, runs, fortnox, today }).map((due) =>
      startSync(env, ledger, integration, due.year, due.ledger, 'cron'),
    ),
  )
  return started.filter((run) => run !== null).length
}

/** Fortnox' years; null when it does not answer in time, which a sync's own retries may outlast. */
async function fortnoxYears(env: Env, clock: Clock, tenant: number): Promise<FortnoxYear[] | null> {
  const answered = new AbortController()
  const late = clock.sleep(patience, answered.signal).then(
    () => null,
    () => null,
  )
  const asked = heedBroken(env.DIRECTORY, tenant, () => openFortnox(env, tenant, 'background').years())
  const years = asked.catch((error: unknown) => {
    if (toWireError(error).code === 'fortnox_unreachable') return null
    throw error
  })
  return Promise.race([years, late]).finally(() => answered.abort())
}
