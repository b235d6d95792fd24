import type { Clock } from '../../shared/clock.ts'
import type {
  CompanyState,
  ConsentLink,
  IntegrationState,
  SyncState,
  YearState,
} from '../../shared/contract/types.ts'
import { parseFiscalYearId } from '../../shared/ledger/keys.ts'
import { holdingLink } from '../consent/links.ts'
import type { Integration } from '../directory/types.ts'
import type { Env } from '../env.ts'
import type { Books, Ledger, SyncRecord } from '../ledger/types.ts'

/** A company as the extension sees it. */
export async function companyState(
  env: Env,
  clock: Clock,
  ledger: Ledger,
  integration: Integration,
): Promise<CompanyState> {
  const [books, syncs, link] = await Promise.all([
    ledger.books(integration.id),
    ledger.syncs(integration.id),
    holdingLink(env, clock, integration.id),
  ])
  const { connection } = integration
  const state = integrationState(integration, link)
  const running = new Map(syncs.map((sync) => [sync.year, sync]))
  const known = new Set(books.map(({ year }) => year))
  const years = [
    ...books.map((book) => yearState(book, running.get(book.year) ?? null)),
    // A year whose first sync runs, or failed, has no books yet; its progress is shown all the same.
    ...syncs.filter(({ year }) => !known.has(year)).map((sync) => yearState(emptyBooks(sync), sync)),
  ]
  return {
    organisationNumber: integration.company,
    name: integration.name,
    state,
    reason:
      state === 'broken'
        ? (connection?.reason ?? { code: 'connection_broken', data: {} })
        : integration.lastRefusal,
    fortnoxName: connection?.name ?? null,
    connectedAt: connection?.connectedAt ?? null,
    missing: connection?.missing ?? [],
    consentLink: link,
    years: years.sort((a, b) => (a.id < b.id ? 1 : -1)),
  }
}

function integrationState({ connection }: Integration, link: ConsentLink | null): IntegrationState {
  if (connection) return connection.state
  return link ? 'pending' : 'inactive'
}

export function yearState(books: Books, sync: SyncRecord | null): YearState {
  const { from, to } = parseFiscalYearId(books.year)!
  return {
    id: books.year,
    from,
    to,
    source: books.source,
    file: books.file,
    counts: books.counts,
    ledgerAt: books.ledgerAt,
    documentsAt: books.documentsAt,
    version: books.version,
    findings: books.findings,
    sync: sync && sync.state !== 'done' ? syncState(sync) : null,
  }
}

export function syncState({
  id,
  year,
  state,
  ledger,
  phase,
  done,
  total,
  startedAt,
  endedAt,
  error,
  changed,
}: SyncRecord): SyncState {
  return { id, year, state, ledger, phase, done, total, startedAt, endedAt, error, changed }
}

/** A year that nothing was ever kept for. */
export function emptyBooks({ integration, year }: { integration: string; year: string }): Books {
  return {
    integration,
    year,
    source: null,
    file: null,
    counts: { vouchers: 0, rows: 0, documents: 0, vouchersWithDocuments: 0 },
    ledgerAt: null,
    documentsAt: null,
    version: '0',
    findings: [],
    fortnoxYear: null,
  }
}
