import type { Counts, Finding } from '../../shared/contract/types.ts'
import type { LedgerSource } from '../../shared/ledger/types.ts'
import { type Context, statement } from './context.ts'
import type { Books, BooksKey } from './types.ts'

/** A row of `books`. */
export interface BooksRow {
  id: number
  integration: string
  year: string
  generation: number | null
  ledger_revision: number
  revision: number
  source: LedgerSource | null
  file: string | null
  vouchers: number
  rows: number
  findings: string
  ledger_at: number | null
  documents: number
  documented: number
  documents_at: number | null
  fortnox_year: number | null
}

/** What is known of a ledger beside its vouchers; a held generation keeps it until it is confirmed. */
export interface LedgerFacts {
  source: LedgerSource
  file: Books['file']
  counts: { vouchers: number; rows: number }
  findings: Finding[]
  /** Vouchers that differ from the ledger it was compared with. */
  changed: number
}

/** The year's row, or null. */
export async function booksRow({ db }: Context, { integration, year }: BooksKey): Promise<BooksRow | null> {
  return await statement(
    db,
    'SELECT * FROM books WHERE integration = ? AND year = ?',
    integration,
    year,
  ).first()
}

/** The year's row; made when there is none. */
export async function ensureBooks(context: Context, key: BooksKey): Promise<BooksRow> {
  const there = await booksRow(context, key)
  if (there) return there
  const { db } = context
  const insert = 'INSERT OR IGNORE INTO books (integration, year) VALUES (?, ?)'
  await statement(db, insert, key.integration, key.year).run()
  return (await booksRow(context, key))!
}

/** All years of an integration, in order. */
export async function allBooks({ db }: Context, integration: string): Promise<Books[]> {
  const sql = 'SELECT * FROM books WHERE integration = ? ORDER BY year'
  const { results } = await statement(db, sql, integration).all<BooksRow>()
  return results.map(toBooks)
}

export async function setFortnoxYear(context: Context, key: BooksKey, fortnoxYear: number): Promise<void> {
  const sql = `INSERT INTO books (integration, year, fortnox_year) VALUES (?, ?, ?)
    ON CONFLICT (integration, year) DO UPDATE SET fortnox_year = excluded.fortnox_year
    WHERE books.fortnox_year IS NOT excluded.fortnox_year`
  await statement(context.db, sql, key.integration, key.year, fortnoxYear).run()
}

export function toBooks(row: BooksRow): Books {
  return {
    integration: row.integration,
    year: row.year,
    source: row.source,
    file: row.file === null ? null : JSON.parse(row.file),
    counts: countsOf(row),
    ledgerAt: row.ledger_at,
    documentsAt: row.documents_at,
    version: versionOf(row),
    findings: JSON.parse(row.findings),
    fortnoxYear: row.fortnox_year,
  }
}

export function countsOf(row: BooksRow | null): Counts {
  return {
    vouchers: row?.vouchers ?? 0,
    rows: row?.rows ?? 0,
    documents: row?.documents ?? 0,
    vouchersWithDocuments: row?.documented ?? 0,
  }
}

/** Changes whenever the ledger or the documents' index does. */
export function versionOf({ id, revision }: BooksRow): string {
  return `${id}-${revision}`
}
