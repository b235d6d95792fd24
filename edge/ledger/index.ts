import type { D1Database } from '@cloudflare/workers-types'
import type { Clock } from '../../shared/clock.ts'
import { accountRows, balances } from './accounts.ts'
import { allBooks, booksRow, setFortnoxYear, toBooks } from './books.ts'
import type { Context } from './context.ts'
import { documentOf, documentsOf, replaceDocuments } from './documents.ts'
import { exportSie } from './export.ts'
import { sweep } from './generation.ts'
import { confirm, discard, readIn } from './read-in.ts'
import { endSync, progress, startSync, sync, syncs } from './runs.ts'
import { runtimeSha256, type Sha256 } from './sha256.ts'
import type { Ledger } from './types.ts'
import { AccountNames, voucher, vouchers } from './vouchers.ts'
import { yearIndex } from './year-index.ts'

export type { Sha256 } from './sha256.ts'
export type { BooksKey, Ledger, ReadInOptions } from './types.ts'

export interface LedgerOptions {
  /** Streaming SHA-256; the Workers runtime's own when left out. */
  sha256?: () => Sha256
  /** Bytes of JSON per statement parameter, default 400 kB. D1 takes 2 MB a value; larger ones leave more memory
   * behind, smaller ones more requests. */
  parameterBytes?: number
}

/** The ledger in `db` (schema: edge/migrations/ledger). What each method does, and throws, stands in types.ts. */
export function openLedger(db: D1Database, clock: Clock, options: LedgerOptions = {}): Ledger {
  const context: Context = {
    db,
    clock,
    sha256: options.sha256 ?? runtimeSha256,
    parameterBytes: options.parameterBytes ?? 400_000,
  }
  const names = new AccountNames()
  return {
    books: (integration) => allBooks(context, integration),
    async year(key) {
      const row = await booksRow(context, key)
      return row && toBooks(row)
    },
    setFortnoxYear: (key, fortnoxYear) => setFortnoxYear(context, key, fortnoxYear),

    readIn: (key, readInOptions) => readIn(context, key, readInOptions),
    confirm: (key, upload) => confirm(context, key, upload),
    discard: (key, upload) => discard(context, key, upload),
    sweep: (olderThan) => sweep(context, olderThan),

    replaceDocuments: (key, documents) => replaceDocuments(context, key, documents),

    voucher: (key, voucherKey) => voucher(context, names, key, voucherKey),
    documents: (key, series, number) => documentsOf(context, key, series, number),
    document: (key, documentId) => documentOf(context, key, documentId),
    vouchers: (key, query) => vouchers(context, key, query),
    accountRows: (key, account) => accountRows(context, key, account),
    balances: (key) => balances(context, key),
    index: (key) => yearIndex(context, key),
    sie: (key) => exportSie(context, key),

    startSync: (key, run) => startSync(context, key, run),
    progress: (run, state) => progress(context, run, state),
    endSync: (run, outcome) => endSync(context, run, outcome),
    sync: (run) => sync(context, run),
    syncs: (integration) => syncs(context, integration),
  }
}
