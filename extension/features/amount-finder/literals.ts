import type { IsoDate } from '../../../shared/ledger/types.ts'
import type { Columns } from './columns.ts'
import type { Line, Place } from './lines.ts'
import { currencyBeside } from './numbers.ts'
import { isAfterInvoiceWord, isAfterNameWord, isBeforeUnit } from './words.ts'

/** A line without its spaces, and where each character stood. */
interface Squeezed {
  line: Line
  text: string
  at: number[]
}

/** Lines ready to be searched for dates and numbers that are names: spaces taken out, small letters. */
export function squeeze(lines: readonly Line[]): Squeezed[] {
  return lines.map((line) => {
    const at: number[] = []
    let text = ''
    for (let i = 0; i < line.text.length; i++) {
      const character = line.text[i]!
      if (/\s/.test(character)) continue
      at.push(i)
      text += unify(character)
    }
    return { line, text, at }
  })
}

function unify(character: string): string {
  if (/[\u2010-\u2015\u2212]/.test(character)) return '-'
  const small = character.toLowerCase()
  return small.length === 1 ? small : character
}

/** More places than anybody looks at: a hostile document has them without end. */
const mostPlaces = 500

/** Every place where `needle` (no spaces, small letters) stands whole. */
function places(
  lines: readonly Squeezed[],
  needle: string,
  accept: (line: Line, from: number, to: number) => boolean,
): Place[] {
  const found: Place[] = []
  for (const { line, text, at } of lines) {
    for (let i = text.indexOf(needle); i >= 0; i = text.indexOf(needle, i + 1)) {
      const [from, to] = [at[i]!, at[i + needle.length - 1]! + 1]
      if (accept(line, from, to)) found.push(line.place(from, to))
      if (found.length >= mostPlaces) return found
    }
  }
  return found
}

function isSpacedOut(text: string): boolean {
  return /^(?:\S\s){3}/.test(text)
}

/** What stands whole is not joined to letters or figures; within spaced-out text not by a single space either. */
function isWhole(text: string, from: number, to: number): boolean {
  const isWide = isSpacedOut(text.slice(from, to))
  const before = isWide
    ? /(?:[\p{L}\d]\s?|[\d][-/.])$/u
    : /(?:[\p{L}\d@]|[\p{L}\d][-\u2010-\u2015/_]|\d[.,:'’])$/u
  const after = isWide
    ? /^(?:\s?[\p{L}\d]|[-/.]\d)/u
    : /^(?:[\p{L}\d@]|[-\u2010-\u2015/_][\p{L}\d]|[.,:'’]\d|\.\p{Ll})/u
  return !before.test(text.slice(Math.max(0, from - 3), from)) && !after.test(text.slice(to, to + 3))
}

const months: readonly (readonly string[])[] = [
  ['januari', 'january', 'januar', 'janvier', 'jan', 'tammikuuta', 'enero'],
  ['februari', 'february', 'februar', 'février', 'feb', 'febr', 'helmikuuta', 'febrero'],
  ['mars', 'march', 'märz', 'maart', 'marts', 'mar', 'mrt', 'maaliskuuta', 'marzo'],
  ['april', 'avril', 'apr', 'huhtikuuta', 'abril'],
  ['maj', 'may', 'mai', 'mei', 'toukokuuta', 'mayo'],
  ['juni', 'june', 'juin', 'jun', 'kesäkuuta', 'junio'],
  ['juli', 'july', 'juillet', 'jul', 'heinäkuuta', 'julio'],
  ['augusti', 'august', 'augustus', 'août', 'aug', 'elokuuta', 'agosto'],
  ['september', 'septembre', 'sep', 'sept', 'syyskuuta', 'septiembre'],
  ['oktober', 'october', 'octobre', 'okt', 'oct', 'lokakuuta', 'octubre'],
  ['november', 'novembre', 'nov', 'marraskuuta', 'noviembre'],
  ['december', 'dezember', 'desember', 'décembre', 'dec', 'des', 'dez', 'déc', 'joulukuuta', 'diciembre'],
]

/** The ways a date is written, without spaces, small letters. */
export function spellings(date: IsoDate): string[] {
  const [year, month, day] = date.split('-') as [string, string, string]
  const short = year.slice(2)
  const [m, d] = [String(Number(month)), String(Number(day))]
  const numeric = ['-', '/', '.'].flatMap((sign) => [
    [year, month, day].join(sign),
    [year, m, d].join(sign),
    [day, month, year].join(sign),
    [d, m, year].join(sign),
    [month, day, year].join(sign),
    [m, d, year].join(sign),
    [short, month, day].join(sign),
    [day, month, short].join(sign),
    [d, m, short].join(sign),
  ])
  const named = months[Number(month) - 1]!.flatMap((name) =>
    [day, d].flatMap((n) => [
      `${n}${name}${year}`,
      `${n}.${name}${year}`,
      `${n}.${name}.${year}`,
      `${n}${name}.${year}`,
      `${n}${name},${year}`,
      `${n}-${name}-${year}`,
      `${n}-${name}-${short}`,
      `${n}${name}-${short}`,
      `${n}${name}’${short}`,
      `${n}${name}'${short}`,
      `${n}${name}${short}`,
      `${n}:a${name}${year}`,
      `${n}:e${name}${year}`,
      `${n}de${name}de${year}`,
      `${n}/${name}/${year}`,
      `den${n}${name}${year}`,
      `${name}${n},${year}`,
      `${name}.${n},${year}`,
      `${name}${n}${year}`,
      ...['st', 'nd', 'rd', 'th', 'er'].flatMap((ending) => [
        `${n}${ending}${name}${year}`,
        `${name}${n}${ending},${year}`,
        `${n}${ending}of${name}${year}`,
      ]),
    ]),
  )
  const swedish = [year, short].flatMap((y) => [`${d}/${m}${y}`, `${d}/${m}-${y}`, `${day}/${month}-${y}`])
  return [...new Set([...numeric, ...swedish, `${year}年${m}月${d}日`, ...named])]
}

/** Another date after a sign: a span of time, not a longer number. */
const untilAfter = /^[-\u2010-\u2015/]\s?(?:\d{4}[-./]\d\d[-./]\d\d|\d{8}|\d{6})(?!\d)/
const clockAfter = /^t\d\d:\d\d/i
const dateWordBefore = /(?:datum|dato|date|den)$/iu

/** A date, however it is written. Its bare figures (`260301`) count where no word or heading makes them something else. */
export function findDate(lines: readonly Squeezed[], columns: Columns, date: IsoDate): Place[] {
  const isDate = (line: Line, from: number, to: number) => {
    const after = line.text.slice(to, to + 14)
    // What follows or precedes a date without a space is looked at as if it were not there.
    const end = untilAfter.test(after) || clockAfter.test(after) ? '' : after
    const before = line.text.slice(Math.max(0, from - 12), from)
    const start = dateWordBefore.test(before) ? '' : before
    return isWhole(start + line.text.slice(from, to) + end, start.length, start.length + to - from)
  }
  const [year, month, day] = date.split('-') as [string, string, string]
  const isBareDate = (line: Line, from: number, to: number) =>
    isDate(line, from, to) && !isOtherNumber(line, columns, from, to)
  const bare = [`${year}${month}${day}`, `${year.slice(2)}${month}${day}`]
  return withoutInner([
    ...spellings(date).flatMap((spelling) => places(lines, spelling, isDate)),
    ...bare.flatMap((spelling) => places(lines, spelling, isBareDate)),
  ])
}

/** Whether figures are a name of something, a piece of spaced figures, or an amount. */
function isOtherNumber(line: Line, columns: Columns, from: number, to: number): boolean {
  const { text } = line
  if (isAfterNameWord(text, from)) return true
  const isPiece =
    /\d[ \u00a0]$/.test(text.slice(Math.max(0, from - 2), from)) ||
    /^[ \u00a0]\d+(?![\d\-/.:,])/.test(text.slice(to, to + 16))
  if (isPiece || currencyBeside(text, from, to) || isBeforeUnit(text, to)) return true
  if (/^\s?(?:%|[,:.]-)/.test(text.slice(to, to + 3))) return true
  const kind = columns.kind(line, from, to)
  return kind !== null && kind !== 'invoice'
}

/** An invoice number of this few characters is only believed beside or under a word that says so; figures alone: four. */
const shortNumber = 3
const shortFigures = 4
/** As many figures as this are printed in groups. */
const groupedFigures = 8

/**
 * An invoice number, whole; leading noughts may come or go. Figures that are an amount, a piece of one, a telephone number
 * or another number's piece are not it.
 */
export function findNumber(lines: readonly Squeezed[], columns: Columns, number: string): Place[] {
  const needle = Array.from(number.replace(/\s/g, ''), unify).join('')
  if (needle === '') return []
  const trimmed = needle.replace(/^0+(?=\d)/, '')
  const isFigures = /^\d+$/.test(trimmed)
  const isShort = trimmed.length <= (isFigures ? shortFigures : shortNumber)
  const accept = (line: Line, from: number, to: number) => {
    if (!isWhole(line.text, from, to)) return false
    const written = line.text.slice(from, to)
    if (isAfterInvoiceWord(line.text, from)) return true
    if (isFigures) {
      const isGrouped = /\s/.test(written) && !isSpacedOut(written)
      if (isGrouped && trimmed.length < groupedFigures) return false
      if (!isSpacedOut(written) && isOtherNumber(line, columns, from, to)) return false
    }
    if (!isShort) return true
    return columns.kind(line, from, to) === 'invoice'
  }
  const padded = isFigures ? Array.from({ length: 6 }, (_, i) => '0'.repeat(i) + trimmed) : [needle]
  return withoutInner(
    [...new Set([needle, ...padded])].flatMap((spelling) => places(lines, spelling, accept)),
  )
}

/** Of places that lie over each other the widest. */
function withoutInner(all: Place[]): Place[] {
  return all.filter(
    (place) =>
      !all.some(
        (other) =>
          other !== place &&
          other.page === place.page &&
          Math.abs(other.y - place.y) < 1 &&
          other.x <= place.x + 0.5 &&
          other.x + other.width >= place.x + place.width - 0.5 &&
          other.width > place.width + 0.5,
      ),
  )
}
