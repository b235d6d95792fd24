import type { FiscalYearId } from '../../shared/ledger/types.ts'
import type { Integration } from '../directory/types.ts'
import type { Env } from '../env.ts'
import type { Ledger, SyncRecord } from '../ledger/types.ts'

/**
 * Starts one sync of one fiscal year: claims the year, then starts the workflow under the run's id.
 *
 * @param ledgerMode `fetch`: ledger and documents; `keep`: documents only
 * @param by a member's id, or `cron`
 * @returns the run, or null when the year is being synced already
 */
export async function startSync(
  env: Env,
  ledger: Ledger,
  integration: Integration,
  year: FiscalYearId,
  ledgerMode: 'fetch' | 'keep',
  by: string,
): Promise<SyncRecord | null> {
  const id = crypto.randomUUID()
  const run = await ledger.startSync({ integration: integration.id, year }, { id, ledger: ledgerMode, by })
  if (!run) return null
  try {
    await env.SYNC.create({
      id,
      params: { integration: integration.id, year, ledger: ledgerMode, by, run: id },
    })
  } catch (cause) {
    await ledger.endSync(id, { error: { code: 'sync_failed', data: {} } })
    throw cause
  }
  return run
}
