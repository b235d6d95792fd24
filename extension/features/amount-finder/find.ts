import { type Candidate, candidatesOf } from './candidates.ts'
import { Columns } from './columns.ts'
import { Currencies } from './currencies.ts'
import { columnEdge, joinLines, type Place } from './lines.ts'
import { findDate, findNumber, squeeze } from './literals.ts'
import type { Reading } from './numbers.ts'
import type { PageText } from './page-text.ts'
import type { Wanted, WantedAmount } from './wanted.ts'
import {
  isAfterClockWord,
  isAfterNameWord,
  isAfterQuantityWord,
  isAfterSumWord,
  isAfterVatWord,
  isBeforeUnit,
} from './words.ts'

export interface FoundAmount extends WantedAmount {
  places: Place[]
  /** The currency it stands in, where that is another than the wanted one. */
  otherCurrency: string | null
}

/** What the document says of what its voucher claims. */
export interface Found {
  amounts: FoundAmount[]
  number: Place[]
  date: Place[]
  /** Pages that have no text to look in: scanned, or empty. Nothing can be said of them. */
  pagesWithoutText: number[]
  pages: number
  /** Some text was not looked at: the document is too long. */
  capped: boolean
}

/** Looks for a voucher's amounts, the invoice's number and its date in a document's text. Pure. */
export function find(pages: readonly PageText[], wanted: Wanted): Found {
  const lines = pages.flatMap(joinLines)
  const columns = new Columns(lines)
  const candidates = lines.flatMap(candidatesOf)
  const decimalSigns = habit(candidates)
  const text = lines.map((line) => line.text).join('\n')
  const currencies = new Currencies(text, columns)
  const believed = candidates.flatMap((candidate) => {
    const values = candidate.readings.filter((reading) =>
      isBelieved(candidate, reading, decimalSigns, columns),
    )
    return values.length === 0 ? [] : [{ ...candidate, values: new Set(values.map(({ value }) => value)) }]
  })
  const squeezed = squeeze(lines)
  return {
    amounts: wanted.amounts.map((amount) => {
      const hits = believed.filter(({ values }) => values.has(amount.value))
      const currencyOf = (hit: Candidate) => currencies.of(hit) ?? amount.currency
      const inCurrency = hits.filter((hit) => currencyOf(hit) === amount.currency)
      const taken = inCurrency.length > 0 ? inCurrency : hits
      const otherCurrency = inCurrency.length > 0 || hits.length === 0 ? null : currencyOf(hits[0]!)
      return { ...amount, places: taken.map(({ line, from, to }) => line.place(from, to)), otherCurrency }
    }),
    number: wanted.number === null ? [] : findNumber(squeezed, columns, wanted.number),
    date: wanted.date === null ? [] : findDate(squeezed, columns, wanted.date),
    pagesWithoutText: pages.filter(isWithoutText).map(({ page }) => page),
    pages: pages.length,
    capped: pages.some((page) => page.capped),
  }
}

function isWithoutText(page: PageText): boolean {
  return !page.items.some(({ str }) => /[\p{L}\d]{2}/u.test(str) || /[\p{L}\d]/u.test(str.trim()))
}

/** Which signs the document uses for decimals where that is beyond doubt. */
function habit(candidates: readonly Candidate[]): Map<string, number> {
  const signs = new Map<string, number>()
  for (const candidate of candidates) {
    if (candidate.readings.length !== 1) continue
    if (candidate.readings[0]!.form !== 'decimals') continue
    const sign = /([.,])\d{1,2}\D*$/.exec(candidate.line.text.slice(candidate.from, candidate.to))?.[1]
    if (sign) signs.set(sign, (signs.get(sign) ?? 0) + 1)
  }
  return signs
}

/** How many figures a whole number without anything needs before it is taken for an amount. */
const plainFigures = 5

/**
 * Whether a reading can be an amount. Decimals speak for themselves, save for a time of day or a quantity; a whole number
 * must have a currency, a word for a sum before it or above its column, or stand by itself with enough figures, and no
 * word that makes it a name. Never a short one alone.
 */
function isBelieved(
  candidate: Candidate,
  reading: Reading,
  signs: ReadonlyMap<string, number>,
  columns: Columns,
): boolean {
  const { line, from, to, currency } = candidate
  if (reading.form === 'grouped' && isOtherwiseDecimal(candidate, reading, signs)) return false
  if (currency !== null) return true
  const isQuantity = isAfterQuantityWord(line.text, from)
  const isSum = !isQuantity && isAfterSumWord(line.text, from)
  if (reading.form === 'decimals') {
    const isTime = /^([01]?\d|2[0-3]):[0-5]\d$/.test(line.text.slice(from, to))
    const isOther = isTime || isBeforeUnit(line.text, to) || isAfterClockWord(line.text, from) || isQuantity
    return isSum || !(isOther || columns.kind(line, from, to) === 'quantity')
  }
  if (isQuantity || isBeforeUnit(line.text, to) || isAfterNameWord(line.text, from)) return false
  if (isSum) return !isVatRate(candidate, reading)
  const { before, after } = around(line.text, from, to)
  const isPiece = /\d ?$/.test(before) || /^ ?\d/.test(after)
  if (isPiece || /^ ?\p{L}/u.test(after)) return false
  if (reading.form === 'plain' && /\p{L}/u.test(before)) return false
  const kind = columns.kind(line, from, to)
  if (kind !== null) return kind === 'sum'
  return reading.form === 'grouped' || (reading.value >= 10 ** (plainFigures - 1) * 100 && !isDate(reading))
}

/** How much of a number's cell is looked at on each side: a hostile line has no end. */
const reach = 80

/** What else stands in the number's cell. */
function around(text: string, from: number, to: number): { before: string; after: string } {
  const before = text.slice(Math.max(0, from - reach), from)
  const after = text.slice(to, to + reach)
  return {
    before: before.slice(before.lastIndexOf(columnEdge) + 1),
    after: after.split(columnEdge, 1)[0]!,
  }
}

/** "Moms 25": the rates of Swedish VAT are no amounts. */
function isVatRate({ line, from }: Candidate, { value, form }: Reading): boolean {
  return form === 'plain' && [25_00, 12_00, 6_00].includes(value) && isAfterVatWord(line.text, from)
}

/** `20260301` or `260301` by itself. */
function isDate({ value }: Reading): boolean {
  return /^(?:20|19)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(String(value / 100))
}

/** `1.234` in a document that writes its decimals with a point, and none with a comma, is 1.234. */
function isOtherwiseDecimal(
  { readings }: Candidate,
  { thousands }: Reading,
  signs: ReadonlyMap<string, number>,
): boolean {
  if (readings.length > 1 || thousands === null) return false
  const other = thousands === '.' ? ',' : thousands === ',' ? '.' : null
  return other !== null && (signs.get(thousands) ?? 0) > 0 && (signs.get(other) ?? 0) === 0
}
