import type { D1Database, D1Result } from '@cloudflare/workers-types'
import { createFortnox } from '../../../edge/fortnox/fortnox.ts'
import type { PermitOffice } from '../../../edge/fortnox/request.ts'
import type { Fortnox } from '../../../edge/fortnox/types.ts'
import { type Ledger, openLedger } from '../../../edge/ledger/index.ts'
import { systemClock } from '../../../shared/clock.ts'
import { fiscalYearId } from '../../../shared/ledger/keys.ts'
import { normaliseOrganisationNumber } from '../../../shared/ledger/organisation-number.ts'
import { config } from '../../faults/bench.ts'
import { createSandbox, type Sandbox } from '../../fortnox/index.ts'
import { nodeSha256, openDatabase } from '../../ledger/database.ts'
import { wrapDatabase } from '../../ledger/wrapped.ts'

/** D1 rows that one sync wrote, indexes counted as D1 counts them; and what it kept. */
export interface RowsWritten {
  /** The year's own record, vouchers, the file's other records. */
  ledger: number
  /** The documents' index. */
  index: number
  vouchers: number
  documents: number
}

/**
 * Two syncs of one year by way of Fortnox into a new ledger, nothing changed between them: what the workflow does with
 * client and ledger, without the run's own record. The sandbox is asked without its rate limit: rows are counted here.
 */
export async function measureRows(vouchers: number): Promise<{ first: RowsWritten; same: RowsWritten }> {
  const sandbox = createSandbox({ vouchers, rateLimit: null })
  const fortnox = unlimited(sandbox)
  const { db, close } = await openDatabase()
  try {
    return { first: await sync(sandbox, fortnox, db), same: await sync(sandbox, fortnox, db) }
  } finally {
    await close()
  }
}

async function sync(sandbox: Sandbox, fortnox: Fortnox, db: D1Database): Promise<RowsWritten> {
  const company = sandbox.company()
  const id = company.books.years.at(-1)!.id
  const year = (await fortnox.years()).find((one) => one.id === id)!
  const key = { integration: 'bench', year: fiscalYearId(year.from, year.to) }
  const [ledger, index] = [counting(db), counting(db)]

  await ledger.setFortnoxYear(key, year.id)
  const found = await fortnox.documents(year)
  const { counts } = await ledger.readIn(key, {
    source: 'fortnox',
    bytes: await fortnox.sie(year.id),
    organisationNumber: normaliseOrganisationNumber(company.organisationNumber)!,
    expectedVouchers: found.vouchers,
    questions: 'accept',
  })
  const { documents } = await index.replaceDocuments(key, found.documents)
  return { ledger: ledger.written(), index: index.written(), vouchers: counts.vouchers, documents }
}

function counting(db: D1Database): Ledger & { written(): number } {
  let written = 0
  const after = (results: readonly D1Result[]) => {
    for (const { meta } of results) written += meta.rows_written
  }
  const ledger = openLedger(wrapDatabase(db, { after }), systemClock, { sha256: nodeSha256 })
  return { ...ledger, written: () => written }
}

function unlimited(sandbox: Sandbox): Fortnox {
  const { accessToken } = sandbox.tokens()
  const office: PermitOffice = {
    permit: async () => ({ id: 1, accessToken, version: 1, fileWay: null }),
    answered: async () => undefined,
    giveBack: async () => undefined,
    pause: async () => undefined,
    refused: async () => undefined,
    rememberFileWay: async () => undefined,
  }
  return createFortnox({
    apiOrigin: config.apiOrigin,
    fetch: (input, init) => sandbox.fetch(new Request(input as string | URL, init)),
    clock: systemClock,
    office,
    priority: 'background',
  })
}
