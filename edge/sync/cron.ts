import { systemClock } from '../../shared/clock.ts'
import { parseFiscalYearId } from '../../shared/ledger/keys.ts'
import { takeDue } from '../directory/integrations.ts'
import type { Integration } from '../directory/types.ts'
import type { Env } from '../env.ts'
import { openLedger } from '../ledger/index.ts'
import type { Books, Ledger } from '../ledger/types.ts'
import { startSync } from './start.ts'

const day = 24 * 3600 * 1000
/** Companies started per tick; the next tick takes the next ones. */
const batch = 50
/** A held upload waits this long for its answer, ms. */
const heldLife = 2 * day

/**
 * Starts the syncs of the companies that are due, the longest waiting first, and sweeps what no read-in switched to. Each
 * company is put off a day before it starts, so a tick that dies, or two at once, start none twice; one that fails never
 * stops the others.
 */
export async function startDueSyncs(env: Env): Promise<{ started: number; failed: number }> {
  const clock = systemClock
  const now = clock.now()
  const due = await takeDue(env.DIRECTORY, now, now + day, batch)
  const outcomes = await Promise.allSettled(
    due.map((integration) => syncCompany(env, openLedger(env[integration.ledger], clock), integration)),
  )
  const failed = outcomes.filter(({ status }) => status === 'rejected')
  for (const outcome of failed) console.error('cron', (outcome as PromiseRejectedResult).reason)
  await openLedger(env.LEDGER, clock).sweep(now - heldLife)
  const started = outcomes.reduce(
    (sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0),
    0,
  )
  console.log(JSON.stringify({ cron: { due: due.length, started, failed: failed.length } }))
  return { started, failed: failed.length }
}

/** The two latest years that are kept here; a ledger that came from a SIE file is never overwritten. */
async function syncCompany(env: Env, ledger: Ledger, integration: Integration): Promise<number> {
  const years = latestYears(await ledger.books(integration.id))
  const runs = await Promise.all(
    years.map(({ year, source }) =>
      startSync(env, ledger, integration, year, source === 'fortnox' ? 'fetch' : 'keep', 'cron'),
    ),
  )
  return runs.filter((run) => run !== null).length
}

function latestYears(books: Books[]): Books[] {
  return books
    .filter(({ year }) => parseFiscalYearId(year) !== null)
    .sort((a, b) => (parseFiscalYearId(a.year)!.to < parseFiscalYearId(b.year)!.to ? 1 : -1))
    .slice(0, 2)
}
