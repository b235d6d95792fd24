import type { IsoDate } from '../../../shared/ledger/types.ts'
import type { Line, Place } from './lines.ts'
import { isAfterNameWord } from './words.ts'

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

/** Every place where `needle` (no spaces, small letters) stands whole. */
function places(
  lines: readonly Squeezed[],
  needle: string,
  accept: (line: Line, from: number) => boolean,
): Place[] {
  const found: Place[] = []
  for (const { line, text, at } of lines) {
    for (let i = text.indexOf(needle); i >= 0; i = text.indexOf(needle, i + 1)) {
      const [from, to] = [at[i]!, at[i + needle.length - 1]! + 1]
      if (isWhole(line.text, from, to) && accept(line, from)) found.push(line.place(from, to))
    }
  }
  return found
}

/** What stands whole is not joined to letters or figures; within spaced-out text not by a single space either. */
function isWhole(text: string, from: number, to: number): boolean {
  const isSpacedOut = /^(?:\S\s){3}/.test(text.slice(from, to))
  const before = isSpacedOut ? /(?:[\p{L}\d]\s?|[\d][-/.])$/u : /(?:[\p{L}\d]|[\p{L}\d][-/_]|\d\.)$/u
  const after = isSpacedOut ? /^(?:\s?[\p{L}\d]|[-/.]\d)/u : /^(?:[\p{L}\d]|[-/_][\p{L}\d]|\.\d)/u
  return !before.test(text.slice(Math.max(0, from - 3), from)) && !after.test(text.slice(to, to + 3))
}

const months: readonly (readonly string[])[] = [
  ['januari', 'january', 'januar', 'janvier', 'jan'],
  ['februari', 'february', 'februar', 'février', 'feb', 'febr'],
  ['mars', 'march', 'märz', 'maart', 'mar', 'mrt'],
  ['april', 'avril', 'apr'],
  ['maj', 'may', 'mai', 'mei'],
  ['juni', 'june', 'juin', 'jun'],
  ['juli', 'july', 'juillet', 'jul'],
  ['augusti', 'august', 'augustus', 'août', 'aug'],
  ['september', 'septembre', 'sep', 'sept'],
  ['oktober', 'october', 'octobre', 'okt', 'oct'],
  ['november', 'novembre', 'nov'],
  ['december', 'dezember', 'décembre', 'dec', 'dez', 'déc'],
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
  return [
    ...new Set([...numeric, `${d}/${m}${year}`, `${year}${month}${day}`, `${short}${month}${day}`, ...named]),
  ]
}

export function findDate(lines: readonly Squeezed[], date: IsoDate): Place[] {
  const found = spellings(date).flatMap((spelling) => places(lines, spelling, () => true))
  return withoutInner(found)
}

/** An invoice number of this few characters is only believed beside a word that says so. */
const shortNumber = 3

/** An invoice number, whole; leading noughts may come or go. A short one must stand after "Fakturanr" or the like. */
export function findNumber(lines: readonly Squeezed[], number: string): Place[] {
  const needle = Array.from(number.replace(/\s/g, ''), unify).join('')
  if (needle === '') return []
  const trimmed = needle.replace(/^0+(?=\d)/, '')
  const accept = (line: Line, from: number) => needle.length > shortNumber || isAfterNameWord(line.text, from)
  const padded = /^\d+$/.test(trimmed)
    ? Array.from({ length: 6 }, (_, i) => '0'.repeat(i) + trimmed)
    : [needle]
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
