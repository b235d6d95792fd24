import type { AccountBalance, AccountRow } from '../../shared/contract/types.ts'
import { isoOfSieDate } from '../../shared/ledger/dates.ts'
import { rowsOnAccount } from '../../shared/ledger/packed.ts'
import { booksRow } from './books.ts'
import { type Context, statement } from './context.ts'
import type { BooksKey } from './types.ts'
import { accountMark, accountTotals } from './vouchers.ts'

/**
 * An account's TRANS rows over the year, by date, then series and number. One pass over the year's packed vouchers: no
 * index per row, which would cost as many rows written as the ledger has.
 */
export async function accountRows(
  { db }: Context,
  { integration, year }: BooksKey,
  account: string,
): Promise<AccountRow[]> {
  const sql = `SELECT v.series, v.number, v.occurrence, v.date, v.text, v.rows
    FROM books b JOIN voucher v ON v.generation = b.generation
    WHERE b.integration = ?1 AND b.year = ?2 AND instr(v.rows, ?3) > 0`
  const found = await statement(db, sql, integration, year, accountMark(account)).raw<
    [string, string, number, number, string | null, string]
  >()
  const rows: AccountRow[] = []
  for (const [series, number, occurrence, day, voucherText, packed] of found) {
    const date = isoOfSieDate(day)
    for (const { amount, text } of rowsOnAccount(packed, account))
      rows.push({ series, number, occurrence, date, text: text || (voucherText ?? ''), amount })
  }
  // sorting keeps the order of series and number within a day
  return rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/** Opening balance, sum per month and closing balance of every account that has any. */
export async function balances(context: Context, key: BooksKey): Promise<AccountBalance[]> {
  const books = await booksRow(context, key)
  if (books?.generation == null) return []
  const totals = await accountTotals(context, books.generation)
  return totals
    .filter(([, , opening, months]) => opening !== 0 || months.length > 0)
    .map(([account, name, opening, months]) => ({
      account,
      name,
      opening,
      months,
      closing: months.reduce((sum, [, amount]) => sum + amount, opening),
    }))
}
