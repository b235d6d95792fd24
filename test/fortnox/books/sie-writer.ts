/**
 * Writes a year as SIE the naive way, record by record, in Fortnox' manner: amounts without padding, `\"` and `\\`
 * escapes, `#BTRANS` for removed rows, `#RTRANS` before the `#TRANS` of added ones. Yields pieces, so that a year of
 * 100,000 vouchers streams.
 */

import { dayOf } from '../dates.ts'
import type { Books, Company, FiscalYear, Row, Voucher } from '../model.ts'
import { plainKronor } from '../numbers.ts'

export interface SieSelection {
  type: 1 | 2 | 3 | 4
  from: string | null
  to: string | null
  /** Only accounts that something was posted to, when false. */
  exportAll: boolean
  /** By series the numbers from and to; null for all. */
  series: { series: string; from: number; to: number }[] | null
}

const compact = (date: string) => date.replaceAll('-', '')
const quoted = (text: string) => `"${text.replace(/\p{Cc}/gu, ' ').replace(/[\\"]/g, '\\$&')}"`
const series = (text: string) => (/^[A-Za-z0-9]+$/.test(text) ? text : quoted(text))

function objects(row: Row): string {
  const parts: string[] = []
  if (row.costCenter !== '') parts.push('1', quoted(row.costCenter))
  if (row.project !== '') parts.push('6', quoted(row.project))
  return `{${parts.join(' ')}}`
}

function rowLines(row: Row): string {
  const amount = `${row.account} ${objects(row)} ${plainKronor(row.amount)}`
  if (row.removed) return `#BTRANS ${amount} "" ${quoted(row.text)} 0 "Anna Ek"\n`
  const added = row.added ? `#RTRANS ${amount} "" ${quoted(row.text)} "" "Anna Ek"\n` : ''
  return `${added}#TRANS ${amount} "" ${quoted(row.text)} 0\n`
}

/** Whether the voucher is among those asked for. */
function selected(voucher: Voucher, selection: SieSelection): boolean {
  if (selection.from !== null && voucher.date < selection.from) return false
  if (selection.to !== null && voucher.date > selection.to) return false
  if (selection.series === null) return true
  const number = Number(voucher.number)
  return selection.series.some((s) => s.series === voucher.series && number >= s.from && number <= s.to)
}

/** Change by account over the year's vouchers, removed rows left out. */
function changes(year: FiscalYear): Map<number, number> {
  const sums = new Map<number, number>()
  for (const voucher of year.vouchers) {
    for (const row of voucher.rows) {
      if (!row.removed) sums.set(row.account, (sums.get(row.account) ?? 0) + row.amount)
    }
  }
  return sums
}

/** The year's months with change by account, for `#PSALDO`. */
function monthly(year: FiscalYear): Map<string, number> {
  const sums = new Map<string, number>()
  for (const voucher of year.vouchers) {
    const month = compact(voucher.date).slice(0, 6)
    for (const row of voucher.rows) {
      if (row.removed) continue
      const key = `${month} ${row.account}`
      sums.set(key, (sums.get(key) ?? 0) + row.amount)
    }
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function* header(company: Company, year: FiscalYear, type: number, now: number): Generator<string> {
  const books: Books = company.books
  const byDate = [...books.years].sort((a, b) => (a.from < b.from ? -1 : 1))
  const before = byDate[byDate.indexOf(year) - 1]
  yield `#FLAGGA 0\n#FORMAT PC8\n#SIETYP ${type}\n#PROGRAM "Fortnox" 3.57.11\n#GEN ${compact(dayOf(now))}\n`
  yield `#FNR ${company.tenant}\n#FNAMN ${quoted(company.name)}\n#ADRESS "" ${quoted(company.address)} ${quoted(`${company.zip} ${company.city}`)} ""\n`
  yield `#RAR 0 ${compact(year.from)} ${compact(year.to)}\n`
  if (before !== undefined) yield `#RAR -1 ${compact(before.from)} ${compact(before.to)}\n`
  yield `#ORGNR ${company.organisationNumber}\n`
  if (type === 2 || type === 3) yield `#OMFATTN ${compact(year.to)}\n`
  yield '#KPTYP EUBAS97\n'
}

/** The file, piece by piece, as text with LF line ends. `now` dates it. */
export function* writeSie(
  company: Company,
  year: FiscalYear,
  selection: SieSelection,
  now: number,
): Generator<string> {
  const { books } = company
  const { type } = selection
  yield* header(company, year, type, now)
  const change = changes(year)
  for (const account of [...books.accounts.values()].sort((a, b) => a.number - b.number)) {
    if (!selection.exportAll && !change.has(account.number) && !year.opening.has(account.number)) continue
    yield `#KONTO ${account.number} ${quoted(account.name)}\n`
    if (account.sru !== null) yield `#SRU ${account.number} ${account.sru}\n`
  }
  if (type >= 3) {
    yield '#DIM 1 "Kostnadsställe"\n#DIM 6 "Projekt"\n'
    for (const { code, name } of books.costCenters) yield `#OBJEKT 1 ${quoted(code)} ${quoted(name)}\n`
    for (const { number, name } of books.projects) yield `#OBJEKT 6 ${quoted(number)} ${quoted(name)}\n`
  }
  const accounts = [...new Set([...year.opening.keys(), ...change.keys()])].sort((a, b) => a - b)
  for (const account of accounts) {
    const opening = year.opening.get(account) ?? 0
    const closing = opening + (change.get(account) ?? 0)
    if (account < 3000) {
      yield `#IB 0 ${account} ${plainKronor(opening)} 0\n#UB 0 ${account} ${plainKronor(closing)} 0\n`
    } else {
      yield `#RES 0 ${account} ${plainKronor(closing)} 0\n`
    }
  }
  if (type === 2 || type === 3) {
    for (const [key, sum] of monthly(year)) {
      const [month, account] = key.split(' ')
      yield `#PSALDO 0 ${month} ${account} {} ${plainKronor(sum)} 0\n`
    }
  }
  if (type !== 4) return
  for (const voucher of year.vouchers) {
    if (!selected(voucher, selection)) continue
    let text = `#VER ${series(voucher.series)} ${series(voucher.number)} ${compact(voucher.date)} ${quoted(voucher.text)} ${compact(dayOf(voucher.modified))}\n{\n`
    for (const row of voucher.rows) text += rowLines(row)
    yield `${text}}\n`
  }
}
