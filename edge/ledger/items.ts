import type { D1PreparedStatement } from '@cloudflare/workers-types'
import { PLACE_GAP } from '../../shared/ledger/places.ts'
import { type Context, statement } from './context.ts'

/** A piece of what a ledger holds beside its vouchers. */
export interface Part {
  kind: 'records' | 'accounts'
  n: number
  hash: number
  json: string
}

const COLUMNS = 'series, rank, number, occurrence, date, amount, row_count, text, head, rows, hash, place'
const FROM_JSON = `value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
  nullif(value->8, 'null'), value->9, value->>10`
/** A change in place applies only to the revision it was compared with. */
const UNCHANGED = 'EXISTS (SELECT 1 FROM books WHERE id = ?3 AND ledger_revision = ?4)'

export interface Guard {
  books: number
  revision: number
}

/** Adds vouchers to a generation that nobody reads yet; elements as `packVoucher` made them, places from `first` on. */
export function insertVouchers(
  { db }: Context,
  generation: number,
  json: string,
  first: number,
): D1PreparedStatement {
  const sql = `INSERT INTO voucher (generation, ${COLUMNS})
    SELECT ?1, ${FROM_JSON}, ?3 + key * ${PLACE_GAP} FROM json_each(?2)`
  return statement(db, sql, generation, json, first)
}

/** The same for vouchers whose place stands behind all else in each element. */
export function insertPlaced({ db }: Context, generation: number, json: string): D1PreparedStatement {
  const sql = `INSERT INTO voucher (generation, ${COLUMNS}) SELECT ?1, ${FROM_JSON}, value->>11 FROM json_each(?2)`
  return statement(db, sql, generation, json)
}

/** Adds or replaces vouchers of the ledger in use; places as in `insertPlaced`. */
export function changeVouchers(
  { db }: Context,
  generation: number,
  json: string,
  guard: Guard,
): D1PreparedStatement {
  const sql = `INSERT INTO voucher (generation, ${COLUMNS}) SELECT ?1, ${FROM_JSON}, value->>11 FROM json_each(?2)
    WHERE ${UNCHANGED}
    ON CONFLICT (generation, series, rank, number, occurrence) DO UPDATE SET hash = excluded.hash,
      place = excluded.place, date = excluded.date, amount = excluded.amount, row_count = excluded.row_count,
      text = excluded.text, head = excluded.head, rows = excluded.rows`
  return statement(db, sql, generation, json, guard.books, guard.revision)
}

/** Removes vouchers, `[[series, rank, number, occurrence], …]`, from the ledger in use. */
export function removeVouchers(
  { db }: Context,
  generation: number,
  json: string,
  guard: Guard,
): D1PreparedStatement {
  const sql = `DELETE FROM voucher WHERE generation = ?1 AND (series, rank, number, occurrence) IN
      (SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?2)) AND ${UNCHANGED}`
  return statement(db, sql, generation, json, guard.books, guard.revision)
}

/** Copies the vouchers at `places` (a JSON array) from one generation to another. */
export function copyVouchers({ db }: Context, from: number, to: number, places: string): D1PreparedStatement {
  const sql = `INSERT INTO voucher (generation, ${COLUMNS}) SELECT ?2, ${COLUMNS} FROM voucher
    WHERE generation = ?1 AND place IN (SELECT value FROM json_each(?3))`
  return statement(db, sql, from, to, places)
}

/**
 * For each `[series, rank, number, occurrence, hash]` of `json`, in its order: `[place, same]`, the place null when the
 * generation has no such voucher.
 */
export function compareVouchers({ db }: Context, generation: number, json: string): D1PreparedStatement {
  const sql = `SELECT v.place, v.hash = j.value->>4 FROM json_each(?2) j
    LEFT JOIN voucher v ON v.generation = ?1 AND v.series = j.value->>0 AND v.rank = j.value->>1
      AND v.number = j.value->>2 AND v.occurrence = j.value->>3
    ORDER BY j.id`
  return statement(db, sql, generation, json)
}

export function insertPart({ db }: Context, generation: number, part: Part): D1PreparedStatement {
  const sql = 'INSERT INTO part (generation, kind, n, hash, data) VALUES (?, ?, ?, ?, ?)'
  return statement(db, sql, generation, part.kind, part.n, part.hash, part.json)
}

export function changePart(
  { db }: Context,
  generation: number,
  part: Part,
  guard: Guard,
): D1PreparedStatement {
  const sql = `INSERT INTO part (generation, kind, n, hash, data) SELECT ?1, ?2, ?5, ?6, ?7 WHERE ${UNCHANGED}
    ON CONFLICT (generation, kind, n) DO UPDATE SET hash = excluded.hash, data = excluded.data`
  const { kind, n, hash, json } = part
  return statement(db, sql, generation, kind, guard.books, guard.revision, n, hash, json)
}

export function removePart(
  { db }: Context,
  generation: number,
  kind: string,
  n: number,
  guard: Guard,
): D1PreparedStatement {
  const sql = `DELETE FROM part WHERE generation = ?1 AND kind = ?2 AND n = ?5 AND ${UNCHANGED}`
  return statement(db, sql, generation, kind, guard.books, guard.revision, n)
}

export function copyPart(
  { db }: Context,
  from: number,
  to: number,
  kind: string,
  n: number,
): D1PreparedStatement {
  const sql = `INSERT INTO part (generation, kind, n, hash, data)
    SELECT ?2, kind, n, hash, data FROM part WHERE generation = ?1 AND kind = ?3 AND n = ?4`
  return statement(db, sql, from, to, kind, n)
}
