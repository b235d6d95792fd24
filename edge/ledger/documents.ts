import type { D1PreparedStatement } from '@cloudflare/workers-types'
import { sieOfIsoDate } from '../../shared/ledger/dates.ts'
import { hashText } from '../../shared/ledger/hash.ts'
import { numberRank } from '../../shared/ledger/numbers.ts'
import type { DocumentEntry, FortnoxVoucherFacts, VoucherDocuments } from '../../shared/ledger/types.ts'
import { ensureBooks } from './books.ts'
import { type Context, jsonArrays, rowsWritten, statement, utf8Length } from './context.ts'
import type { BooksKey } from './types.ts'

/** Bytes of JSON that one batch changes; an index that differs by more is replaced in several, each right by itself. */
const BATCH_BYTES = 16_000_000

interface Kept {
  fortnox: FortnoxVoucherFacts
  documents: DocumentEntry[]
}

interface Element {
  json: string
  bytes: number
}

/**
 * Replaces the year's documents' index: what is the same by hash is not written, what is no longer named is removed. The
 * vouchers of `documents` are each named once.
 */
export async function replaceDocuments(
  context: Context,
  key: BooksKey,
  documents: AsyncIterable<VoucherDocuments> | Iterable<VoucherDocuments>,
): Promise<{ written: number; changed: number; documents: number; vouchers: number }> {
  const { db, clock } = context
  const books = await ensureBooks(context, key)
  const before = await hashes(context, books.id)
  const changed: Element[] = []
  let count = 0
  let vouchers = 0
  for await (const item of documents) {
    if (item.documents.length === 0) continue
    count += item.documents.length
    vouchers++
    const id = voucherId(item)
    const element = elementOf(item)
    const same = before.get(id) === element.hash
    before.delete(id)
    if (!same) changed.push(element)
  }
  const result = { changed: changed.length + before.size, documents: count, vouchers, written: 0 }
  if (result.changed === 0 && books.documents_at !== null) return result
  const steps = [
    ...chunked(context, [...before.keys()].map(elementOfId), (json) => remove(context, books.id, json)),
    ...chunked(context, changed, (json) => [
      ...remove(context, books.id, json).slice(0, 1),
      ...put(context, books.id, json),
    ]),
  ]
  const total = `UPDATE books SET revision = revision + 1, documents = ?, documented = ?, documents_at = ? WHERE id = ?`
  const finish = () => statement(db, total, count, vouchers, clock.now(), books.id)
  let batch: D1PreparedStatement[] = []
  let bytes = 0
  for (const { statements, size } of steps) {
    if (bytes > 0 && bytes + size > BATCH_BYTES) {
      result.written += rowsWritten(await db.batch([...batch, finish()]))
      batch = []
      bytes = 0
    }
    batch.push(...statements)
    bytes += size
  }
  result.written += rowsWritten(await db.batch([...batch, finish()]))
  return result
}

/** Hash of each voucher of the index, by `[series, number]` as JSON. */
async function hashes({ db }: Context, books: number): Promise<Map<string, number>> {
  const sql = 'SELECT series, number, hash FROM documented_voucher WHERE books = ?'
  const rows = await statement(db, sql, books).raw<[string, string, number]>()
  return new Map(rows.map(([series, number, hash]) => [voucherId({ series, number }), hash]))
}

function voucherId({ series, number }: { series: string; number: string }): string {
  return JSON.stringify([series, number])
}

function elementOfId(id: string): Element {
  return { json: id, bytes: utf8Length(id) }
}

/** `[series, number, rank, hash, count, date, {fortnox, documents}]`. */
function elementOf({ series, number, fortnox, documents }: VoucherDocuments): Element & { hash: number } {
  const kept: Kept = { fortnox, documents }
  const data = JSON.stringify(kept)
  const hash = hashText(data)
  const date = fortnox.date === null ? null : Number(sieOfIsoDate(fortnox.date))
  const facts = JSON.stringify([series, number, numberRank(number), hash, documents.length, date])
  const json = `${facts.slice(0, -1)},${data}]`
  return { json, bytes: utf8Length(json), hash }
}

function* chunked(
  { parameterBytes }: Context,
  elements: Iterable<Element>,
  make: (json: string) => D1PreparedStatement[],
): Generator<{ statements: D1PreparedStatement[]; size: number }> {
  for (const json of jsonArrays(elements, parameterBytes)) yield { statements: make(json), size: json.length }
}

/** Removes vouchers, `[[series, number, …], …]`, and the ids of their documents: ids first, the vouchers name them. */
function remove({ db }: Context, books: number, json: string): D1PreparedStatement[] {
  const named = '(series, number) IN (SELECT value->>0, value->>1 FROM json_each(?2))'
  const ids = `DELETE FROM document WHERE books = ?1 AND (id, series, number) IN (
    SELECT e.value->>'id', x.series, x.number FROM documented_voucher x, json_each(x.data, '$.documents') e
    WHERE x.books = ?1 AND (x.series, x.number) IN (SELECT value->>0, value->>1 FROM json_each(?2)))`
  return [
    statement(db, ids, books, json),
    statement(db, `DELETE FROM documented_voucher WHERE books = ?1 AND ${named}`, books, json),
  ]
}

function put({ db }: Context, books: number, json: string): D1PreparedStatement[] {
  const vouchers = `INSERT INTO documented_voucher (books, series, rank, number, hash, documents, date, data)
    SELECT ?1, value->>0, value->>2, value->>1, value->>3, value->>4, value->>5, value->6 FROM json_each(?2) WHERE true
    ON CONFLICT (books, series, rank, number) DO UPDATE SET hash = excluded.hash,
      documents = excluded.documents, date = excluded.date, data = excluded.data`
  const ids = `INSERT OR IGNORE INTO document (books, id, series, rank, number)
    SELECT ?1, e.value->>'id', v.value->>0, v.value->>2, v.value->>1
    FROM json_each(?2) v, json_each(v.value, '$[6].documents') e`
  return [statement(db, vouchers, books, json), statement(db, ids, books, json)]
}

/** The documents of one voucher number, or null. */
export async function documentsOf(
  { db }: Context,
  { integration, year }: BooksKey,
  series: string,
  number: string,
): Promise<VoucherDocuments | null> {
  const sql = `SELECT d.series, d.number, d.data FROM books b JOIN documented_voucher d ON d.books = b.id
      AND d.series = ?3 AND d.rank = ?4 AND (d.rank >= 0 OR d.number = ?5)
    WHERE b.integration = ?1 AND b.year = ?2`
  const row = await statement(db, sql, integration, year, series, numberRank(number), number).first<{
    series: string
    number: string
    data: string
  }>()
  if (!row) return null
  const kept: Kept = JSON.parse(row.data)
  return { series: row.series, number: row.number, ...kept }
}

/** The document of that id with the facts of the voucher it came with, or null: other ids' bytes are never fetched. */
export async function documentOf(
  { db }: Context,
  { integration, year }: BooksKey,
  documentId: string,
): Promise<{ entry: DocumentEntry; fortnox: FortnoxVoucherFacts } | null> {
  const sql = `SELECT x.data FROM books b JOIN document d ON d.books = b.id AND d.id = ?3
    JOIN documented_voucher x ON x.books = d.books AND x.series = d.series AND x.rank = d.rank
      AND x.number = d.number
    WHERE b.integration = ?1 AND b.year = ?2 LIMIT 1`
  const row = await statement(db, sql, integration, year, documentId).first<{ data: string }>()
  if (!row) return null
  const { documents, fortnox }: Kept = JSON.parse(row.data)
  const entry = documents.find(({ id }) => id === documentId)
  return entry ? { entry, fortnox } : null
}
