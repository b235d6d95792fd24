import { type IndexLine, indexFlag, type YearIndex } from '../../shared/contract/types.ts'
import { isoOfSieDate } from '../../shared/ledger/dates.ts'
import { differsFromFortnox } from '../../shared/ledger/differs.ts'
import { type BooksRow, versionOf } from './books.ts'
import { type Context, statement } from './context.ts'
import type { BooksKey } from './types.ts'

type DocumentedLine = [series: string, rank: number, number: string, documents: number, date: number | null]
type VoucherLine = [
  series: string,
  rank: number,
  number: string,
  occurrence: number,
  date: number,
  amount: number,
]

/**
 * The year's compact index, by series and number: the ledger's vouchers, and what only Fortnox knows. A year without a
 * ledger has nothing to differ from, so its lines carry no flag.
 */
export async function yearIndex({ db }: Context, { integration, year }: BooksKey): Promise<YearIndex> {
  const where = 'b.integration = ? AND b.year = ?'
  const [found, documents, vouchers] = await db.batch([
    statement(db, `SELECT * FROM books b WHERE ${where}`, integration, year),
    statement(
      db,
      `SELECT d.series, d.rank, d.number, d.documents, d.date FROM books b
        JOIN documented_voucher d ON d.books = b.id WHERE ${where}`,
      integration,
      year,
    ),
    statement(
      db,
      `SELECT v.series, v.rank, v.number, v.occurrence, v.date, v.amount FROM books b
        JOIN voucher v ON v.generation = b.generation WHERE ${where}
        ORDER BY v.series, v.rank, v.number, v.occurrence`,
      integration,
      year,
    ),
  ])
  const books = found!.results[0] as BooksRow | undefined
  const source = books?.source ?? null
  const documented = new Map<string, DocumentedLine>()
  for (const row of documents!.results) {
    const line = Object.values(row as object) as DocumentedLine
    documented.set(numberKey(line[0], line[1], line[2]), line)
  }
  const known = new Set<string>()
  const lines = vouchers!.results.map((row): IndexLine => {
    const [series, rank, number, occurrence, day, amount] = Object.values(row as object) as VoucherLine
    const key = numberKey(series, rank, number)
    const of = documented.get(key)
    if (of) known.add(key)
    const date = isoOfSieDate(day)
    const fortnox = { date: of?.[4] == null ? null : isoOfSieDate(of[4]) }
    const differs = source === 'sie' && of !== undefined && differsFromFortnox({ date }, fortnox)
    return [series, number, occurrence, date, amount, of?.[3] ?? 0, differs ? indexFlag.differs : 0]
  })
  for (const [key, [series, , number, count, date]] of documented)
    if (!known.has(key))
      lines.push([
        series,
        number,
        1,
        date === null ? null : isoOfSieDate(date),
        null,
        count,
        source === null ? 0 : indexFlag.fortnoxOnly,
      ])
  return {
    year,
    version: books ? versionOf(books) : '0',
    source,
    documentsAt: books?.documents_at ?? null,
    lines,
  }
}

/** Numbers that are digits are one number however many zeros they begin with. */
function numberKey(series: string, rank: number, number: string): string {
  return rank >= 0 ? `${rank}:${series}` : `${number}:${series}`
}
