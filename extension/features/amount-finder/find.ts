import { joinLines, type Line, type Place } from './lines.ts'
import { findDate, findNumber, squeeze } from './literals.ts'
import { currenciesNamed, type NumberToken, type Reading, scanNumbers } from './numbers.ts'
import type { PageText } from './page-text.ts'
import type { Wanted, WantedAmount } from './wanted.ts'
import { isAfterNameWord, isAfterSumWord } from './words.ts'

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

interface Candidate {
  line: Line
  from: number
  to: number
  readings: Reading[]
  currency: string | null
}

/** Looks for a voucher's amounts, the invoice's number and its date in a document's text. Pure. */
export function find(pages: readonly PageText[], wanted: Wanted): Found {
  const lines = pages.flatMap(joinLines)
  const candidates = lines.flatMap(candidatesOf)
  const decimalSigns = habit(candidates)
  const text = lines.map((line) => line.text).join('\n')
  const named = currenciesNamed(text)
  const usual = named.size === 1 ? [...named][0]! : null
  const believed = candidates.flatMap((candidate) => {
    const values = candidate.readings.filter((reading) => isBelieved(candidate, reading, decimalSigns))
    return values.length === 0 ? [] : [{ ...candidate, values: new Set(values.map(({ value }) => value)) }]
  })
  const squeezed = squeeze(lines)
  return {
    amounts: wanted.amounts.map((amount) => {
      const hits = believed.filter(({ values }) => values.has(amount.value))
      const inCurrency = hits.filter((hit) => (hit.currency ?? usual ?? amount.currency) === amount.currency)
      const taken = inCurrency.length > 0 ? inCurrency : hits
      const otherCurrency =
        inCurrency.length > 0 || hits.length === 0 ? null : (hits[0]!.currency ?? usual ?? amount.currency)
      return { ...amount, places: taken.map(({ line, from, to }) => line.place(from, to)), otherCurrency }
    }),
    number: wanted.number === null ? [] : findNumber(squeezed, wanted.number),
    date: wanted.date === null ? [] : findDate(squeezed, wanted.date),
    pagesWithoutText: pages.filter(isWithoutText).map(({ page }) => page),
    pages: pages.length,
    capped: pages.some((page) => page.capped),
  }
}

function isWithoutText(page: PageText): boolean {
  return !page.items.some(({ str }) => /[\p{L}\d]{2}/u.test(str) || /[\p{L}\d]/u.test(str.trim()))
}

function candidatesOf(line: Line): Candidate[] {
  const asItStands = scanNumbers(line.text).map((token) => ({ ...token, line }))
  return [...asItStands, ...spacedOut(line)]
}

/** `1 2  4 5 0 , 0 0`: figures set apart by single spaces, thousands by wider ones. */
function spacedOut(line: Line): Candidate[] {
  const found: Candidate[] = []
  for (const segment of line.text.matchAll(/(?<=^|\s)\S(?:\s{1,3}\S(?=\s|$)){3,}/g)) {
    const at: number[] = []
    let text = ''
    for (let i = 0; i < segment[0].length; i++) {
      const character = segment[0][i]!
      const isWide = /\s/.test(character) && (character === '\t' || /\s/.test(segment[0][i + 1] ?? ''))
      if (/\s/.test(character) && !isWide) continue
      if (isWide && text.endsWith(' ')) continue
      at.push(segment.index + i)
      text += isWide ? ' ' : character
    }
    for (const token of scanNumbers(text)) {
      const readings = token.readings.filter(({ form }) => form === 'decimals')
      if (readings.length === 0) continue
      found.push({
        line,
        from: at[token.from]!,
        to: at[token.to - 1]! + 1,
        readings,
        currency: token.currency,
      })
    }
  }
  return found
}

/** Which signs the document uses for decimals where that is beyond doubt. */
function habit(candidates: readonly (Candidate | NumberToken)[]): Map<string, number> {
  const signs = new Map<string, number>()
  for (const candidate of candidates) {
    if (!('line' in candidate) || candidate.readings.length !== 1) continue
    if (candidate.readings[0]!.form !== 'decimals') continue
    const sign = /([.,])\d{1,2}\D*$/.exec(candidate.line.text.slice(candidate.from, candidate.to))?.[1]
    if (sign) signs.set(sign, (signs.get(sign) ?? 0) + 1)
  }
  return signs
}

/** How many figures a whole number without anything needs before it is taken for an amount. */
const plainFigures = 5

/**
 * Whether a reading can be an amount. Decimals speak for themselves, save for a time of day; a whole number must have
 * a currency, a word for a sum, or enough figures, and no word that makes it a name. Never a short one alone.
 */
function isBelieved(candidate: Candidate, reading: Reading, signs: ReadonlyMap<string, number>): boolean {
  const { line, from, to, currency } = candidate
  const text = line.text.slice(from, to)
  if (reading.form === 'decimals') {
    const isTime = /^([01]?\d|2[0-3]):[0-5]\d$/.test(text)
    return !isTime || currency !== null || isAfterSumWord(line.text, from)
  }
  if (reading.form === 'grouped' && isOtherwiseDecimal(candidate, reading, signs)) return false
  if (currency !== null || isAfterSumWord(line.text, from)) return true
  if (isAfterNameWord(line.text, from)) return false
  return reading.form === 'grouped' || reading.value >= 10 ** (plainFigures - 1) * 100
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
