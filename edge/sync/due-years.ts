import { parseFiscalYearId } from '../../shared/ledger/keys.ts'
import type { FiscalYearId, IsoDate, LedgerSource } from '../../shared/ledger/types.ts'

/** How many fiscal years a night keeps current. */
const kept = 2

export interface DueYear {
  year: FiscalYearId
  ledger: 'fetch' | 'keep'
}

/** What cron must know of a company to choose its years. */
export interface CompanyYears {
  /** The years that something is kept for. */
  here: readonly { year: FiscalYearId; source: LedgerSource | null }[]
  /** The years of Fortnox, or null when it could not be asked. */
  fortnox: readonly { from: IsoDate; to: IsoDate }[] | null
  /** The last run of each year. */
  runs: readonly { year: FiscalYearId; ledger: 'fetch' | 'keep' }[]
  today: IsoDate
}

/**
 * The two latest fiscal years that have begun: Fortnox' own, or, when it could not be asked, those with something here. A
 * ledger that came from a SIE file is never overwritten. A year without a ledger gets one if one was asked for before, or,
 * where it is new here, if the company's latest ledger is Fortnox'; else documents only.
 */
export function dueYears({ here, fortnox, runs, today }: CompanyYears): DueYear[] {
  const candidates = fortnox ? fortnox.map(({ from, to }) => `${from}_${to}`) : here.map(({ year }) => year)
  const latestSource = latest(here.filter(({ source }) => source !== null).map(({ year }) => year))
    .map((year) => here.find((book) => book.year === year)?.source)
    .at(0)
  return latest(candidates.filter((year) => (parseFiscalYearId(year)?.from ?? today) <= today))
    .slice(0, kept)
    .map((year) => {
      const source = here.find((book) => book.year === year)?.source ?? null
      const asked =
        runs.find((run) => run.year === year)?.ledger ?? (latestSource === 'fortnox' ? 'fetch' : 'keep')
      return { year, ledger: source === 'fortnox' ? 'fetch' : source === 'sie' ? 'keep' : asked }
    })
}

/** The latest first; what is no year is left out. */
function latest(years: readonly FiscalYearId[]): FiscalYearId[] {
  return years
    .flatMap((year) => {
      const days = parseFiscalYearId(year)
      return days ? [{ year, to: days.to }] : []
    })
    .sort((a, b) => (a.to < b.to ? 1 : -1))
    .map(({ year }) => year)
}
