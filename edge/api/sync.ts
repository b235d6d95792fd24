import { UnderlagError } from '../../shared/errors.ts'
import { fiscalYearId, parseFiscalYearId } from '../../shared/ledger/keys.ts'
import { startSync } from '../sync/start.ts'
import type { Handlers } from './handler.ts'
import { syncState } from './states.ts'

/** Starting syncs and watching them. */
export const syncHandlers: Pick<Handlers, 'startSync' | 'sync'> = {
  async startSync({ env, caller, access, ledger, params, body }) {
    const integration = await access.integration(caller, params.company)
    access.connection(integration)
    const years = body.years.map(({ from, to, ledger: mode }) => ({
      year: fiscalYearId(from, to),
      ledger: mode,
    }))
    if (years.some(({ year }) => !parseFiscalYearId(year))) throw new UnderlagError('bad_request')
    return Promise.all(
      years.map(async ({ year, ledger: mode }) => {
        const run = await startSync(
          env,
          ledger(integration.ledger),
          integration,
          year,
          mode,
          caller.member.id,
        )
        return run
          ? { year, sync: syncState(run), error: null }
          : { year, sync: null, error: { code: 'sync_running' as const, data: {} } }
      }),
    )
  },

  async sync({ caller, access, ledger, params }) {
    const integration = await access.integration(caller, params.company)
    const run = await ledger(integration.ledger).sync(params.sync)
    if (!run || run.integration !== integration.id) throw new UnderlagError('not_found')
    return syncState(run)
  },
}
