import { UnderlagError } from '../../shared/errors.ts'
import type { LedgerFacts } from './books.ts'
import { type Context, rowsWritten, statement } from './context.ts'
import type { BooksKey } from './types.ts'

/** Vouchers removed by one statement when a generation is dropped. */
const DROPPED_AT_ONCE = 20_000

/** A row of `generation`. */
export interface GenerationRow {
  id: number
  integration: string
  year: string
  base: number
  state: 'building' | 'held' | 'swept'
  facts: string | null
  created_at: number
  retired_at: number | null
}

/** Begins a new generation for a year whose ledger is at revision `base`. Returns its number and the rows written. */
export async function beginGeneration(
  { db, clock }: Context,
  { integration, year }: BooksKey,
  base: number,
): Promise<{ id: number; written: number }> {
  const sql = `INSERT INTO generation (integration, year, base, state, created_at)
    VALUES (?, ?, ?, 'building', ?) RETURNING id`
  const result = await statement(db, sql, integration, year, base, clock.now()).all<{ id: number }>()
  return { id: result.results[0]!.id, written: rowsWritten([result]) }
}

/** Holds a generation until somebody confirms it. Returns the rows written. */
export async function holdGeneration({ db }: Context, id: number, facts: LedgerFacts): Promise<number> {
  const sql = "UPDATE generation SET state = 'held', facts = ? WHERE id = ? AND state = 'building'"
  return rowsWritten([await statement(db, sql, JSON.stringify(facts), id).run()])
}

/** The held generation that `upload` names, or null. */
export async function heldGeneration(
  { db }: Context,
  { integration, year }: BooksKey,
  upload: string,
): Promise<GenerationRow | null> {
  const sql = "SELECT * FROM generation WHERE id = ? AND integration = ? AND year = ? AND state = 'held'"
  return await statement(db, sql, Number(upload), integration, year).first()
}

/**
 * Makes a generation the year's ledger, in one batch, if the ledger is still what `base` says. Returns the rows written.
 *
 * @throws UnderlagError `ledger_changed_meanwhile`
 */
export async function switchTo(
  { db, clock }: Context,
  { integration, year }: BooksKey,
  generation: number,
  base: { revision: number; generation: number | null },
  facts: LedgerFacts,
): Promise<number> {
  const now = clock.now()
  const { source, file, counts, findings } = facts
  const point = `INSERT INTO books
      (integration, year, generation, ledger_revision, revision, source, file, vouchers, rows, findings, ledger_at)
    SELECT ?1, ?2, ?3, 1, 1, ?5, ?6, ?7, ?8, ?9, ?10
      WHERE EXISTS (SELECT 1 FROM generation WHERE id = ?3 AND state <> 'swept')
    ON CONFLICT (integration, year) DO UPDATE SET
      generation = excluded.generation, ledger_revision = books.ledger_revision + 1,
      revision = books.revision + 1, source = excluded.source, file = excluded.file,
      vouchers = excluded.vouchers, rows = excluded.rows, findings = excluded.findings,
      ledger_at = excluded.ledger_at
      WHERE books.ledger_revision = ?4`
  const retire = `UPDATE generation SET retired_at = ?5 WHERE id = ?4
    AND EXISTS (SELECT 1 FROM books WHERE integration = ?1 AND year = ?2 AND generation = ?3)`
  const statements = [
    statement(
      db,
      point,
      integration,
      year,
      generation,
      base.revision,
      source,
      file && JSON.stringify(file),
      counts.vouchers,
      counts.rows,
      JSON.stringify(findings),
      now,
    ),
  ]
  if (base.generation !== null)
    statements.push(statement(db, retire, integration, year, generation, base.generation, now))
  const results = await db.batch(statements)
  if (results[0]!.meta.changes === 0) throw new UnderlagError('ledger_changed_meanwhile')
  return rowsWritten(results)
}

/** Removes a generation that is not the year's ledger: from here on it can no longer become it. */
export async function dropGeneration({ db }: Context, id: number): Promise<boolean> {
  const mark = `UPDATE generation SET state = 'swept' WHERE id = ?1 AND NOT EXISTS (
    SELECT 1 FROM books b WHERE b.integration = generation.integration AND b.year = generation.year
      AND b.generation = ?1)`
  if ((await statement(db, mark, id).run()).meta.changes === 0) return false
  const remove = `DELETE FROM voucher WHERE generation = ?1 AND (series, rank, number, occurrence) IN (
    SELECT series, rank, number, occurrence FROM voucher WHERE generation = ?1 LIMIT ${DROPPED_AT_ONCE})`
  while ((await statement(db, remove, id).run()).meta.changes === DROPPED_AT_ONCE);
  await db.batch([
    statement(db, 'DELETE FROM part WHERE generation = ?', id),
    statement(db, 'DELETE FROM generation WHERE id = ?', id),
  ])
  return true
}

/**
 * Removes generations that are no year's ledger: begun, or replaced, before `olderThan`. Returns how many.
 */
export async function sweep(context: Context, olderThan: number): Promise<number> {
  const sql = `SELECT g.id FROM generation g
    LEFT JOIN books b ON b.integration = g.integration AND b.year = g.year
    WHERE coalesce(g.retired_at, g.created_at) < ? AND b.generation IS NOT g.id`
  const { results } = await statement(context.db, sql, olderThan).all<{ id: number }>()
  let dropped = 0
  for (const { id } of results) if (await dropGeneration(context, id)) dropped++
  return dropped
}
