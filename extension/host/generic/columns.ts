import type { RowQuery } from '../../lib/protocol.ts'
import { parseAmount } from '../parse/amount.ts'
import { type DateOrder, dateOrder, parseDate } from '../parse/date.ts'
import { parseSeries, parseVoucher } from '../parse/voucher.ts'

/** Which column of a table says what. `voucher` holds the number, with or without series. */
export interface Columns {
  voucher: number
  series: number | null
  date: number | null
  dateOrder: DateOrder | null
  amount: number | null
  debit: number | null
  credit: number | null
  amountIs: RowQuery['amountIs']
}

/** A column that the member pointed at, or took back (`none`). */
export interface Hint {
  role: 'voucher' | 'series' | 'date' | 'amount' | 'none'
  column: number
}

const voucherWord =
  /^(ver|verif|verifikat|verifikats|verifikation|verifikations|voucher|vouchers)(serie|series)?(och|and)?(nr|no|nummer|number|num|id)?$/
const seriesWord = /^((ver|verif|verifikat|verifikats|verifikations|voucher|v)?serie|(voucher)?series|ser)$/
const numberWord = /^(nr|no|nummer|number|löpnr|löpnummer)$/
const serialWord = /^(serie|series|ser)(och|and)?(nr|no|nummer|number)$/
/** Over a series only beside a voucher's number that has none of its own. */
const kindWord = /^((ver|verif|verifikat|verifikats|verifikations)?typ|(voucher)?type|journal)$/
/** A number under one of these may as well be a count or a document's version: see {@link isEvident}. */
const bareWord = /^(ver|verif|verifikat|verifikation|voucher|vouchers)$/
/** Series and numbers in a table with one of these are those of invoices, orders or offers. */
const otherWord =
  /^(kund|customer|order|offert|ocr|förfallo|förfall|due|faktura|invoice|leverantör|supplier|mottagare|artikel|anställd)/
/** The voucher's own date, best first. Dates of invoices, payments and registrations are not among them. */
const dateWords = [
  /^(ver|verif|verifikat|verifikats|verifikations|voucher)(datum|date|dag)$/,
  /^(bokföring|bokförings|bokf|bokförd|bokfört|posting|booking|accounting)(datum|date|dag)$/,
  /^(trans|transaktion|transaktions|transaction)(datum|date|dag)$/,
  /^(datum|date)$/,
]
const amountWord = /^(totalt?|total)?(belopp|summa|sum|amount|total|totalt|omslutning)(sek|kr|kronor)?$/
const debitWord = /^(debet|debit)(sek|kr|belopp)?$/
const creditWord = /^(kredit|credit)(sek|kr|belopp)?$/
const rowWord = /^(konto|kontonr|kontonummer|account|accountno|saldo|balance|ackumulerat)$/
const textWord =
  /^(text|verifikationstext|vertext|beskrivning|description|benämning|transaktionstext|notering)$/

/** A header without case, spaces and signs: `Ver.nr` and `Ver nr` are `vernr`. */
export function headerWord(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '')
    .slice(0, 60)
}

/** True for a header that may stand over voucher numbers. */
export function isVoucherHeader(text: string): boolean {
  const word = headerWord(text)
  return voucherWord.test(word) || serialWord.test(word)
}

/** True for a word that stands over or before a voucher's own date. */
export function isDateWord(text: string): boolean {
  return has([headerWord(text)], ...dateWords)
}

/** True for any header that this file knows, to tell a row of headers from other text. */
export function isKnownHeader(text: string): boolean {
  const word = headerWord(text)
  return (
    isVoucherHeader(text) ||
    [seriesWord, numberWord, amountWord, debitWord, creditWord, rowWord, textWord, ...dateWords].some(
      (known) => known.test(word),
    )
  )
}

/**
 * Decides the columns by headers, and by what stands in them: a header that says voucher over cells that are none is
 * not taken. What the member pointed at wins.
 *
 * @param headers one text per column, empty where there is none
 * @param sample the first rows' cell texts, by the same columns
 * @returns null when the table shows no vouchers
 */
export function columnsOf(
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  hints: readonly Hint[] = [],
): Columns | null {
  const words = headers.map(headerWord)
  const hinted = (role: Hint['role']) => hints.find((hint) => hint.role === role)?.column ?? null
  const barred = new Set(hints.filter(({ role }) => role === 'none').map(({ column }) => column))
  const find = (...known: RegExp[]): number | null => {
    for (const pattern of known) {
      const at = words.findIndex((word, column) => !barred.has(column) && pattern.test(word))
      if (at >= 0) return at
    }
    return null
  }
  let series = hinted('series') ?? find(seriesWord)
  let voucher = hinted('voucher') ?? bestVoucher(words, sample, barred)
  if (voucher === null && series !== null) {
    // "Serie" beside "Nr": the number's header says nothing by itself.
    const beside = [series + 1, series - 1].find((at) => numberWord.test(words[at] ?? '') && !barred.has(at))
    const isNumber = (text: string) => /^\d{1,8}$/.test(text.trim())
    if (beside !== undefined && isOfBooks(words) && share(sample, beside, isNumber) >= 0.6) voucher = beside
  }
  if (voucher === null) return null
  series ??= kindColumn(words, sample, voucher)
  if (series === voucher) series = null
  if (series !== null && share(sample, series, (text) => parseSeries(text) !== null) < 0.6) series = null
  const date = hinted('date') ?? dateColumn(words, sample, barred)
  const order = date === null ? null : dateOrder(texts(sample, date))
  const pointed = hinted('amount')
  const debit = pointed === null ? find(debitWord) : null
  const credit = pointed === null ? find(creditWord) : null
  const amount = pointed ?? (debit !== null || credit !== null ? null : find(amountWord))
  const numbers = sample.map((row) => row[voucher]?.trim() ?? '')
  const isGrouped = numbers.some((text, at) => at > 0 && (text === '' || text === numbers[at - 1]))
  const isRow = has(words, debitWord, creditWord, rowWord) || isGrouped
  return {
    voucher,
    series,
    date,
    dateOrder: order,
    amount,
    debit,
    credit,
    amountIs: isRow ? 'row' : 'voucher',
  }
}

function bestVoucher(
  words: readonly string[],
  sample: readonly (readonly string[])[],
  barred: ReadonlySet<number>,
): number | null {
  let best: { column: number; score: number } | null = null
  words.forEach((word, column) => {
    if (barred.has(column) || !(voucherWord.test(word) || serialWord.test(word))) return
    const score = share(sample, column, (text) => parseVoucher(text) !== null)
    if (bareWord.test(word) && !isEvident(words, sample, column)) return
    if (score >= 0.6 && score > (best?.score ?? 0)) best = { column, score }
  })
  return (best as { column: number } | null)?.column ?? null
}

const has = (words: readonly string[], ...known: RegExp[]) =>
  words.some((word) => known.some((pattern) => pattern.test(word)))

/**
 * Whether numbers under a word that does not say number are vouchers': they have a series, or stand among what a list of
 * vouchers shows. "Datum" alone beside "Ver" is a list of documents and their versions.
 */
function isEvident(
  words: readonly string[],
  sample: readonly (readonly string[])[],
  column: number,
): boolean {
  if (has(words, seriesWord, rowWord, debitWord, creditWord)) return true
  if (share(sample, column, (text) => parseVoucher(text)?.series != null) >= 0.6) return true
  return words[column] === 'ver' ? has(words, amountWord) : has(words, textWord, ...dateWords)
}

/** Whether a series and a number are of vouchers, by what stands beside them. */
function isOfBooks(words: readonly string[]): boolean {
  return has(words, rowWord, debitWord, creditWord) || (has(words, ...dateWords) && !has(words, otherWord))
}

/** The column beside the number that holds series under a word as wide as "Typ": capitals alone, and the number has none. */
function kindColumn(
  words: readonly string[],
  sample: readonly (readonly string[])[],
  voucher: number,
): number | null {
  if (share(sample, voucher, (text) => parseVoucher(text)?.series === null) < 1) return null
  const beside = [voucher - 1, voucher + 1].find((at) => kindWord.test(words[at] ?? ''))
  const isSeries = (text: string) => /^\p{Lu}{1,4}$/u.test(text.trim())
  return beside !== undefined && share(sample, beside, isSeries) === 1 ? beside : null
}

function dateColumn(
  words: readonly string[],
  sample: readonly (readonly string[])[],
  barred: ReadonlySet<number>,
): number | null {
  for (const pattern of dateWords) {
    const column = words.findIndex((word, at) => pattern.test(word) && !barred.has(at))
    if (column < 0) continue
    const order = dateOrder(texts(sample, column))
    if (share(sample, column, (text) => parseDate(text, order) !== null) >= 0.6) return column
  }
  return null
}

const texts = (sample: readonly (readonly string[])[], column: number) =>
  sample.map((row) => row[column] ?? '')

/** How large a part of a column's cells with any text passes; 0 when none has any. */
function share(
  sample: readonly (readonly string[])[],
  column: number,
  passes: (text: string) => boolean,
): number {
  const texts = sample.map((row) => row[column] ?? '').filter((text) => text.trim() !== '')
  return texts.length === 0 ? 0 : texts.filter(passes).length / texts.length
}

/** What a row shows, before anything is known of its company and year. */
export interface RowReading {
  series: string | null
  number: string
  /** The calendar year that the voucher itself names. */
  year: number | null
  date: string | null
  amount: number | null
  amountIs: RowQuery['amountIs']
}

/** Reads one row. @returns null when it shows no voucher: a heading, a sum, a row of a group that has its number above. */
export function readRow(columns: Columns, cell: (column: number) => string): RowReading | null {
  const voucher = parseVoucher(cell(columns.voucher))
  if (!voucher) return null
  const series = columns.series === null ? null : parseSeries(cell(columns.series))
  const at = (column: number | null) => (column === null ? null : parseAmount(cell(column)))
  let amount = at(columns.amount)
  if (columns.debit !== null || columns.credit !== null) {
    const debit = at(columns.debit)
    const credit = at(columns.credit)
    // A row with both sides filled shows a voucher's two totals, or a nought on the other side.
    amount = debit || (credit ? -credit : (debit ?? credit))
  }
  return {
    series: voucher.series ?? series,
    number: voucher.number,
    year: voucher.year,
    date: columns.date === null ? null : parseDate(cell(columns.date), columns.dateOrder),
    amount,
    amountIs: columns.amountIs,
  }
}

/** What makes two readings the same button: everything that decides what it says. */
export function identityOf(row: RowReading): string {
  return `${row.series ?? ''}\u0000${row.number}\u0000${row.year ?? ''}\u0000${row.date ?? ''}\u0000${row.amount ?? ''}`
}
