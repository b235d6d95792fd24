import { UnderlagError } from '../../shared/errors.ts'
import { unpackRecords, unpackSieVoucher } from '../../shared/ledger/packed.ts'
import { type SieItem, writeSieAsync } from '../../shared/sie/index.ts'
import { type BooksRow, booksRow } from './books.ts'
import { type Context, statement } from './context.ts'
import type { BooksKey } from './types.ts'

/** Vouchers read at once: about 250 kB. */
const PAGE = 1000

type Key = [series: string, rank: number, number: string, occurrence: number]
interface PageRow {
  series: string
  rank: number
  number: string
  occurrence: number
  date: number
  text: string | null
  head: string | null
  rows: string
}

const COLUMNS = 'v.series, v.rank, v.number, v.occurrence, v.date, v.text, v.head, v.rows'

/**
 * The whole year as SIE-4, CP437, CRLF: all other records in the file's order, then the vouchers in the file's order.
 * Read in pages as it is taken. When the ledger changes in between, the stream fails with `ledger_changed_meanwhile`:
 * half an old year and half a new one is never handed out.
 *
 * @throws UnderlagError `ledger_empty`
 */
export async function exportSie(context: Context, key: BooksKey): Promise<ReadableStream<Uint8Array>> {
  const books = await booksRow(context, key)
  if (books?.generation == null) throw new UnderlagError('ledger_empty')
  const chunks = writeSieAsync(items(context, books, books.generation))
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

async function* items(context: Context, books: BooksRow, generation: number): AsyncGenerator<SieItem> {
  for (let n = 0; ; n++) {
    const [part] = await read<{ data: string }>(
      context,
      books,
      "SELECT data FROM part WHERE generation = ? AND kind = 'records' AND n = ?",
      generation,
      n,
    )
    if (!part) break
    yield* unpackRecords(part.data)
  }
  const keys = await keysInFileOrder(context, books, generation)
  for await (const page of keys
    ? pagesOf(context, books, generation, keys)
    : pages(context, books, generation))
    for (const row of page) yield unpackSieVoucher(row)
}

/**
 * The vouchers' keys in the file's order; null when that is the order of series and number, which needs no list. Keys of
 * 100,000 vouchers take a few MB.
 */
async function keysInFileOrder(
  context: Context,
  books: BooksRow,
  generation: number,
): Promise<string[] | null> {
  const order = 'ORDER BY series, rank, number, occurrence'
  const sorted = await read<{ broken: number | null }>(
    context,
    books,
    `SELECT max(place < before) AS broken FROM (
      SELECT place, lag(place, 1, 0) OVER (${order}) AS before FROM voucher WHERE generation = ?)`,
    generation,
  )
  if (sorted[0]?.broken !== 1) return null
  const rows = await read<{ key: string }>(
    context,
    books,
    `SELECT json_array(series, rank, number, occurrence) AS key FROM voucher WHERE generation = ? ORDER BY place`,
    generation,
  )
  return rows.map(({ key }) => key)
}

async function* pages(context: Context, books: BooksRow, generation: number): AsyncGenerator<PageRow[]> {
  let after: Key = ['', -2, '', 0]
  for (;;) {
    const page = await read<PageRow>(
      context,
      books,
      `SELECT ${COLUMNS} FROM voucher v WHERE v.generation = ?
        AND (v.series, v.rank, v.number, v.occurrence) > (?, ?, ?, ?)
        ORDER BY v.series, v.rank, v.number, v.occurrence LIMIT ${PAGE}`,
      generation,
      ...after,
    )
    yield page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = [last.series, last.rank, last.number, last.occurrence]
  }
}

async function* pagesOf(
  context: Context,
  books: BooksRow,
  generation: number,
  keys: readonly string[],
): AsyncGenerator<PageRow[]> {
  for (let from = 0; from < keys.length; from += PAGE)
    yield await read<PageRow>(
      context,
      books,
      `SELECT ${COLUMNS} FROM json_each(?2) j JOIN voucher v ON v.generation = ?1 AND v.series = j.value->>0
        AND v.rank = j.value->>1 AND v.number = j.value->>2 AND v.occurrence = j.value->>3 ORDER BY j.id`,
      generation,
      `[${keys.slice(from, from + PAGE).join(',')}]`,
    )
}

/**
 * Reads from a generation together with the year's own row: a generation that was replaced stays as it was, one that was
 * changed in place is another ledger.
 */
async function read<T>(
  { db }: Context,
  books: BooksRow,
  sql: string,
  generation: number,
  ...values: unknown[]
): Promise<T[]> {
  const now = `SELECT b.ledger_revision, b.generation, g.state FROM books b
    LEFT JOIN generation g ON g.id = ?2 WHERE b.id = ?1`
  const [state, rows] = await db.batch([
    statement(db, now, books.id, generation),
    statement(db, sql, generation, ...values),
  ])
  const current = state!.results[0] as Pick<BooksRow, 'ledger_revision' | 'generation'> & {
    state: string | null
  }
  const inUse = current.generation === generation
  if (inUse ? current.ledger_revision !== books.ledger_revision : (current.state ?? 'swept') === 'swept')
    throw new UnderlagError('ledger_changed_meanwhile')
  return rows!.results as T[]
}
