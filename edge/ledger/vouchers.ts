import type { VoucherPage } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import type { AccountTotal } from '../../shared/ledger/account-totals.ts'
import { isoOfSieDate, sieOfIsoDate } from '../../shared/ledger/dates.ts'
import { parseVoucherKey, voucherKey } from '../../shared/ledger/keys.ts'
import { numberRank } from '../../shared/ledger/numbers.ts'
import { unpackVoucher } from '../../shared/ledger/packed.ts'
import type { Voucher, VoucherSummary } from '../../shared/ledger/types.ts'
import { type Context, statement } from './context.ts'
import type { BooksKey, VoucherQuery } from './types.ts'

/** Lower case for search: SQLite's own `lower` knows A to Z only. */
const folded = (column: string) =>
  [...'ÅÄÖÉÜ'].reduce(
    (sql, letter) => `replace(${sql}, '${letter}', '${letter.toLowerCase()}')`,
    `lower(${column})`,
  )

/** How many documents a voucher has. Fortnox numbers have no leading zeros, other programs' may. */
export const DOCUMENTS = `(SELECT coalesce(sum(d.documents), 0) FROM documented_voucher d
  WHERE d.books = b.id AND d.series = v.series AND d.rank = v.rank AND (v.rank >= 0 OR d.number = v.number))`

/** Account names of the ledgers asked for last, so that a thousand vouchers read them once. */
export class AccountNames {
  private readonly known = new Map<string, Map<string, string | null>>()

  /** Names of a generation's accounts at a revision. */
  async of(context: Context, generation: number, revision: number): Promise<Map<string, string | null>> {
    const key = `${generation}:${revision}`
    const known = this.known.get(key)
    if (known) return known
    const names = new Map(
      (await accountTotals(context, generation)).map(([account, name]) => [account, name]),
    )
    if (this.known.size >= 4) this.known.clear()
    this.known.set(key, names)
    return names
  }
}

/** The accounts of a generation, with names, opening balances and monthly sums. */
export async function accountTotals({ db }: Context, generation: number): Promise<AccountTotal[]> {
  const sql = "SELECT data FROM part WHERE generation = ? AND kind = 'accounts' ORDER BY n"
  const { results } = await statement(db, sql, generation).all<{ data: string }>()
  return results.flatMap(({ data }): AccountTotal[] => JSON.parse(data))
}

interface VoucherRowOfD1 {
  generation: number
  ledger_revision: number
  series: string
  number: string
  occurrence: number
  date: number
  text: string | null
  head: string | null
  rows: string
}

/** One voucher with its rows; null when the year has none of that key. */
export async function voucher(
  context: Context,
  names: AccountNames,
  { integration, year }: BooksKey,
  key: string,
): Promise<Voucher | null> {
  const id = parseVoucherKey(key)
  if (!id) return null
  const sql = `SELECT v.generation, b.ledger_revision, v.series, v.number, v.occurrence, v.date, v.text, v.head, v.rows
    FROM books b JOIN voucher v ON v.generation = b.generation AND v.series = ?3 AND v.rank = ?4
      AND v.number = ?5 AND v.occurrence = ?6
    WHERE b.integration = ?1 AND b.year = ?2`
  const { series, number, occurrence } = id
  const row = await statement(
    context.db,
    sql,
    integration,
    year,
    series,
    numberRank(number),
    number,
    occurrence,
  ).first<VoucherRowOfD1>()
  if (!row) return null
  const accounts = await names.of(context, row.generation, row.ledger_revision)
  return unpackVoucher(row, (account) => accounts.get(account) ?? null)
}

interface SummaryRow {
  series: string
  number: string
  occurrence: number
  date: number
  text: string | null
  amount: number
  row_count: number
  documents: number
}

/** A page of the year's vouchers by series and number, those that the query fits. */
export async function vouchers(
  { db }: Context,
  { integration, year }: BooksKey,
  query: VoucherQuery,
): Promise<VoucherPage> {
  const conditions = ['b.integration = ?1', 'b.year = ?2']
  const values: unknown[] = [integration, year]
  const bind = (value: unknown) => `?${values.push(value)}`
  if (query.series !== undefined) conditions.push(`v.series = ${bind(query.series)}`)
  if (query.from !== undefined) conditions.push(`v.date >= ${bind(Number(sieOfIsoDate(query.from)))}`)
  if (query.to !== undefined) conditions.push(`v.date <= ${bind(Number(sieOfIsoDate(query.to)))}`)
  if (query.account !== undefined) {
    conditions.push(`instr(v.rows, ${bind(accountMark(query.account))}) > 0`)
    conditions.push(hasRow(`r.value->>0 = ${bind(query.account)}`))
  }
  if (query.amount !== undefined) {
    const amount = Math.abs(query.amount)
    // amounts follow the account's closing quote
    const marks = [amount, -amount].map((ore) => `instr(v.rows, ${bind(`",${ore}`)}) > 0`)
    conditions.push(`(${marks.join(' OR ')})`)
    conditions.push(hasRow(`abs(r.value->>1) = ${bind(amount)} AND r.value->>4 IS NULL`))
  }
  if (query.text?.trim()) {
    const text = query.text.trim().toLowerCase()
    const escaped = JSON.stringify(text).slice(1, -1)
    const inRows = hasRow(`instr(${folded("coalesce(r.value->>2, '')")}, ${bind(text)}) > 0`)
    conditions.push(`(instr(${folded("coalesce(v.text, '')")}, ${bind(text)}) > 0
      OR (instr(${folded('v.rows')}, ${bind(escaped)}) > 0 AND ${inRows}))`)
  }
  if (query.documents === 'with') conditions.push(`${DOCUMENTS} > 0`)
  if (query.documents === 'without') conditions.push(`${DOCUMENTS} = 0`)
  const from = `FROM books b JOIN voucher v ON v.generation = b.generation WHERE ${conditions.join(' AND ')}`
  const total = statement(db, `SELECT count(*) AS total ${from}`, ...values)
  let after = ''
  if (query.cursor !== undefined) {
    const id = parseVoucherKey(query.cursor)
    if (!id) throw new UnderlagError('bad_request')
    const place = [id.series, numberRank(id.number), id.number, id.occurrence].map(bind)
    after = `AND (v.series, v.rank, v.number, v.occurrence) > (${place.join(', ')})`
  }
  const page = statement(
    db,
    `SELECT v.series, v.number, v.occurrence, v.date, v.text, v.amount, v.row_count, ${DOCUMENTS} AS documents
      ${from} ${after} ORDER BY v.series, v.rank, v.number, v.occurrence LIMIT ${bind(query.limit + 1)}`,
    ...values,
  )
  const [counted, found] = await db.batch<SummaryRow & { total: number }>([total, page])
  const rows = found!.results.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    vouchers: rows.map(toSummary),
    total: counted!.results[0]!.total,
    next: last && found!.results.length > query.limit ? voucherKey(last) : null,
  }
}

/** What stands in the packed rows if one is on `account`; see shared/ledger/packed.ts. */
export function accountMark(account: string): string {
  return `[${JSON.stringify(account)},`
}

function hasRow(condition: string): string {
  return `EXISTS (SELECT 1 FROM json_each(v.rows) r WHERE ${condition})`
}

function toSummary(row: SummaryRow): VoucherSummary {
  return {
    series: row.series,
    number: row.number,
    occurrence: row.occurrence,
    date: isoOfSieDate(row.date),
    text: row.text ?? '',
    amount: row.amount,
    rowCount: row.row_count,
    documents: row.documents,
  }
}
