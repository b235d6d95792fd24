import type { CompanyState, SyncStart } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import type { SyncChoice } from '../fortnox-card/sync-dialog.tsx'

/** Why a year's sync did not start, by fiscal year id. */
export type YearErrors = Record<string, WireError>

/** Starts a sync of each year. Those that started are shown as running at once; the others' errors are returned. */
export async function startSync(page: Page, company: string, years: SyncChoice[]): Promise<YearErrors> {
  const answer = await ask('startSync', { company, years })
  if ('error' in answer) {
    return Object.fromEntries(years.map(({ from, to }) => [`${from}_${to}`, answer.error]))
  }
  if (page.state?.organisationNumber === company) page.take(withStarted(page.state, answer.value))
  return Object.fromEntries(answer.value.flatMap(({ year, error }) => (error ? [[year, error]] : [])))
}

/** The company with the syncs that just started, until the edge says more. */
function withStarted(state: CompanyState, started: readonly SyncStart[]): CompanyState {
  const years = [...state.years]
  for (const { year, sync } of started) {
    if (!sync) continue
    const at = years.findIndex(({ id }) => id === year)
    if (at >= 0) years[at] = { ...years[at]!, sync }
    else {
      const [from = '', to = ''] = year.split('_')
      years.push({
        id: year,
        from,
        to,
        source: null,
        file: null,
        counts: { vouchers: 0, rows: 0, documents: 0, vouchersWithDocuments: 0 },
        ledgerAt: null,
        documentsAt: null,
        version: '',
        findings: [],
        sync,
      })
    }
  }
  return { ...state, years }
}
