import { toWireError, UnderlagError, type WireError } from '../../shared/errors.ts'
import { type Context, statement } from './context.ts'
import type { BooksKey, SyncRecord } from './types.ts'

/** A run that has not been heard of for this long (ms) is dead: another may take the year. */
const SILENT = 2 * 60_000
/** Ended runs are kept this long (ms), for those who still ask for them. */
const KEPT = 7 * 24 * 60 * 60_000

interface RunRow {
  id: string
  integration: string
  year: string
  state: SyncRecord['state']
  ledger: SyncRecord['ledger']
  started_by: string
  phase: SyncRecord['phase']
  done: number
  total: number | null
  started_at: number
  ended_at: number | null
  error: string | null
  changed: string | null
}

/**
 * Claims the year for a run: null when another holds it and is alive. Claiming twice with the same id gives the same
 * record, so that a repeated step does no harm.
 */
export async function startSync(
  context: Context,
  { integration, year }: BooksKey,
  run: { id: string; ledger: SyncRecord['ledger']; by: string },
): Promise<SyncRecord | null> {
  const { db, clock } = context
  const now = clock.now()
  const dead = JSON.stringify(toWireError(new UnderlagError('sync_failed')))
  const end = `UPDATE run SET state = 'failed', ended_at = ?3, error = ?5
    WHERE integration = ?1 AND year = ?2 AND state = 'running' AND heartbeat_at < ?4`
  const forget = `DELETE FROM run WHERE integration = ?1 AND year = ?2 AND ended_at < ?3 AND id <> ?4`
  const claim = `INSERT INTO run (id, integration, year, state, ledger, started_by, phase, done, started_at, heartbeat_at)
    SELECT ?1, ?2, ?3, 'running', ?4, ?5, 'waiting', 0, ?6, ?6 WHERE NOT EXISTS (
      SELECT 1 FROM run WHERE integration = ?2 AND year = ?3 AND state = 'running')
    ON CONFLICT (id) DO NOTHING`
  await db.batch([
    statement(db, end, integration, year, now, now - SILENT, dead),
    statement(db, claim, run.id, integration, year, run.ledger, run.by, now),
    statement(db, forget, integration, year, now - KEPT, run.id),
  ])
  const record = await sync(context, run.id)
  return record?.state === 'running' ? record : null
}

/** Says how far a run is, and that it is alive. A run that was taken for dead, or has ended, stays as it is. */
export async function progress(
  { db, clock }: Context,
  run: string,
  { phase, done, total }: Pick<SyncRecord, 'phase' | 'done' | 'total'>,
): Promise<void> {
  const sql = `UPDATE run SET phase = ?, done = ?, total = ?, heartbeat_at = ? WHERE id = ? AND state = 'running'`
  await statement(db, sql, phase, done, total, clock.now(), run).run()
}

/** Ends a run. When it went well, the year's ledger (if it was fetched) and documents are known to be of now. */
export async function endSync(
  { db, clock }: Context,
  run: string,
  outcome: { changed: SyncRecord['changed'] } | { error: WireError },
): Promise<void> {
  const now = clock.now()
  const end = `UPDATE run SET state = ?2, ended_at = ?3, heartbeat_at = ?3, changed = ?4, error = ?5,
      phase = CASE ?2 WHEN 'done' THEN 'done' ELSE phase END
    WHERE id = ?1 AND state = 'running'`
  if ('error' in outcome) {
    await statement(db, end, run, 'failed', now, null, JSON.stringify(outcome.error)).run()
    return
  }
  const fresh = `UPDATE books SET documents_at = CASE WHEN documents_at IS NULL THEN NULL ELSE ?2 END,
      ledger_at = CASE WHEN ledger_at IS NOT NULL AND source = 'fortnox' AND r.ledger = 'fetch' THEN ?2 ELSE ledger_at END
    FROM run r WHERE r.id = ?1 AND r.state = 'running'
      AND books.integration = r.integration AND books.year = r.year`
  const changed = outcome.changed && JSON.stringify(outcome.changed)
  await db.batch([statement(db, fresh, run, now), statement(db, end, run, 'done', now, changed, null)])
}

export async function sync({ db }: Context, run: string): Promise<SyncRecord | null> {
  const row = await statement(db, 'SELECT * FROM run WHERE id = ?', run).first<RunRow>()
  return row && toRecord(row)
}

/** Per year the run under way, or the last one. */
export async function syncs({ db }: Context, integration: string): Promise<SyncRecord[]> {
  const sql = `SELECT * FROM run WHERE integration = ? ORDER BY year, started_at`
  const { results } = await statement(db, sql, integration).all<RunRow>()
  const last = new Map(results.map((row) => [row.year, row]))
  return [...last.values()].map(toRecord)
}

function toRecord(row: RunRow): SyncRecord {
  return {
    integration: row.integration,
    year: row.year,
    id: row.id,
    state: row.state,
    ledger: row.ledger,
    by: row.started_by,
    phase: row.phase,
    done: row.done,
    total: row.total,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.error === null ? null : JSON.parse(row.error),
    changed: row.changed === null ? null : JSON.parse(row.changed),
  }
}
