import type { Clock } from '../../shared/clock.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { parseFiscalYearId } from '../../shared/ledger/keys.ts'
import type { FiscalYearId } from '../../shared/ledger/types.ts'
import { integrationById, setMissing } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import type { Fortnox, FortnoxYear } from '../fortnox/types.ts'
import type { BooksKey, Ledger } from '../ledger/types.ts'

/** Fortnox' year with exactly these days; `fortnox_year_missing` when it has none. */
export async function findYear(fortnox: Fortnox, year: FiscalYearId): Promise<FortnoxYear> {
  const days = parseFiscalYearId(year)!
  const found = (await fortnox.years()).find(({ from, to }) => from === days.from && to === days.to)
  if (!found) throw new UnderlagError('fortnox_year_missing', { from: days.from, to: days.to })
  return found
}

export interface YearSync {
  env: Env
  clock: Clock
  fortnox: Fortnox
  ledger: Ledger
  key: BooksKey
  mode: 'fetch' | 'keep'
  run: string
  tenant: number
  fortnoxYear: FortnoxYear
}

/**
 * Fetches one year: always the documents' index, and the ledger when asked. The index comes first, since its lists say
 * how many vouchers a whole ledger has; the ledger is switched before the index, each in one step.
 */
export async function syncYear(sync: YearSync): Promise<{ vouchers: number; documents: number }> {
  const { env, fortnox, ledger, key, mode, run, tenant, fortnoxYear } = sync
  await ledger.setFortnoxYear(key, fortnoxYear.id)
  const report = throttle(sync.clock, (phase: 'documents' | 'ledger', done: number, total: number | null) =>
    ledger.progress(run, { phase, done, total }),
  )

  const index = await fortnox.documents(fortnoxYear, (done, total) => report('documents', done, total))
  await setMissing(env.DIRECTORY, tenant, index.missing)

  let vouchers = 0
  if (mode === 'fetch') {
    const integration = (await integrationById(env.DIRECTORY, key.integration))!
    await ledger.progress(run, { phase: 'ledger', done: 0, total: index.vouchers })
    const result = await ledger.readIn(key, {
      source: 'fortnox',
      bytes: await fortnox.sie(fortnoxYear.id),
      organisationNumber: integration.company,
      expectedVouchers: index.vouchers,
      questions: 'accept',
      onProgress: (done) => report('ledger', done, index.vouchers),
    })
    vouchers = result.changed
  }

  await ledger.progress(run, { phase: 'saving', done: 0, total: index.documents.length })
  const { changed } = await ledger.replaceDocuments(key, index.documents)
  return { vouchers, documents: changed }
}

/** At most one progress write a second; the ones between are dropped, since the next says more. */
function throttle<A extends unknown[]>(
  clock: Clock,
  write: (...args: A) => Promise<void>,
): (...args: A) => void {
  let last = 0
  let writing = false
  return (...args) => {
    if (writing || clock.now() - last < 1000) return
    writing = true
    last = clock.now()
    write(...args)
      .catch((error) => console.error('progress', error))
      .finally(() => {
        writing = false
      })
  }
}
