import { columnEdge, raised } from './lines.ts'

/** A number as it stands in a line of text: a whole one, never a part of a longer number or a name. */
export interface NumberToken {
  from: number
  to: number
  /**
   * What it can mean, in hundredths, sign taken away. Mostly one; `1.234` may be 1234 or 1.234.
   */
  readings: Reading[]
  /** The currency that stands by it, ISO 4217, or null. */
  currency: string | null
}

export interface Reading {
  value: number
  /**
   * - `decimals`: written with decimals, or with a sign that stands for them (`1 200,-`);
   * - `grouped`: a whole number of four figures or more with its thousands set apart;
   * - `plain`: a whole number without anything.
   */
  form: 'decimals' | 'grouped' | 'plain'
  /** The separator that a reading takes for a decimal sign or for a thousands sign; told apart by the document's habit. */
  thousands: string | null
}

const isDigit = (c: string | undefined) => c !== undefined && c >= '0' && c <= '9'
const isSpace = (c: string | undefined) => c !== undefined && c !== columnEdge && /\s/.test(c)
const isLetter = (c: string | undefined) => c !== undefined && /\p{L}/u.test(c)
const inNumber = new Set(['.', ',', ':', "'", '’', '´', '`', raised])
const minus = new Set(['-', '\u2212', '\u2010', '\u2011', '\u2013', '\u2014'])
/** More figures than any amount has: a card, an account, a bar code. */
const mostFigures = 13

/** A run of figures and separators without spaces. */
interface Atom {
  from: number
  to: number
  groups: string[]
  separators: string[]
}

/** All whole numbers of a line. Linear in the line's length, however many figures it has. */
export function scanNumbers(text: string): NumberToken[] {
  const found: NumberToken[] = []
  let i = 0
  while (i < text.length) {
    if (!isDigit(text[i])) {
      i++
      continue
    }
    const atoms: Atom[] = []
    let at = i
    for (;;) {
      const atom = readAtom(text, at)
      atoms.push(atom)
      i = atom.to
      const isNextAfterOneSpace = isSpace(text[i]) && isDigit(text[i + 1])
      if (!isNextAfterOneSpace) break
      at = i + 1
    }
    for (const number of joinThousands(atoms)) {
      const token = tokenOf(text, number)
      if (token) found.push(token)
    }
  }
  return found
}

function readAtom(text: string, from: number): Atom {
  const groups: string[] = []
  const separators: string[] = []
  let i = from
  for (;;) {
    const start = i
    while (isDigit(text[i])) i++
    groups.push(text.slice(start, i))
    const separator = text[i]
    if (separator === undefined || !inNumber.has(separator) || !isDigit(text[i + 1])) break
    separators.push(separator)
    i++
  }
  return { from, to: i, groups, separators }
}

/** `12 450,00` is one number where the space can set thousands apart, and two where it cannot (`1 1 234,50`). */
function joinThousands(atoms: Atom[]): Atom[] {
  const joined: Atom[] = []
  for (const atom of atoms) {
    const before = joined.at(-1)
    const canFollow =
      atom.groups[0]!.length === 3 &&
      (atom.separators.length === 0 || (atom.separators.length === 1 && atom.groups[1]!.length <= 2))
    const canLead =
      before?.separators.every((separator) => separator === ' ') &&
      before.groups[0]!.length <= 3 &&
      before.groups[0]![0] !== '0'
    if (before && canLead && canFollow) {
      // Longer than any amount already: it only grows in reach, and is no number in the end.
      if (before.groups.length <= mostFigures / 3 + 1) {
        before.groups.push(...atom.groups)
        before.separators.push(' ', ...atom.separators)
      }
      before.to = atom.to
    } else joined.push({ ...atom, groups: [...atom.groups], separators: [...atom.separators] })
  }
  return joined
}

function tokenOf(text: string, atom: Atom): NumberToken | null {
  const figures = atom.groups.reduce((sum, group) => sum + group.length, 0)
  if (figures > mostFigures) return null
  const before = currencyBefore(text, atom.from)
  const dash = dashAfter(text, atom)
  const after = currencyAfter(text, dash) ?? (before === null ? currencyCellAfter(text, dash) : null)
  if (!standsAlone(text, atom, before !== null, after !== null || dash > atom.to)) return null
  if (/^\s?[%‰]/.test(text.slice(atom.to, atom.to + 2))) return null
  const readings = dash > atom.to ? wholeReadings(atom, 'decimals') : readingsOf(atom)
  const currency = after ?? before
  return readings.length === 0 ? null : { from: atom.from, to: dash, readings, currency }
}

/** The end of `,-`, `:-`, ` :-`, `.-` or `,--` after a whole number: "and no öre". */
function dashAfter(text: string, atom: Atom): number {
  const at = text[atom.to] === ' ' ? atom.to + 1 : atom.to
  const sign = text[at]
  if (sign === undefined || ![',', ':', '.', ';'].includes(sign) || !minus.has(text[at + 1] ?? ''))
    return atom.to
  let end = at + 1
  while (minus.has(text[end] ?? '') && end < at + 4) end++
  return isDigit(text[end]) || isLetter(text[end]) ? atom.to : end
}

/** False when the figures are part of something longer: `RE300`, `2014-300`, `12/2024`, `300-14`, `#300`. */
function standsAlone(text: string, atom: Atom, hasBefore: boolean, hasAfter: boolean): boolean {
  const [p1, p2] = [text[atom.from - 1], text[atom.from - 2]]
  const [n1, n2] = [text[atom.to], text[atom.to + 1]]
  if (isLetter(p1) && !hasBefore) return false
  if (isLetter(n1) && !hasAfter) return false
  const joins = (c: string | undefined) => c !== undefined && (minus.has(c) || "/\\_+.,:'’".includes(c))
  if (joins(p1) && (isDigit(p2) || (isLetter(p2) && p1 !== ':' && p1 !== '.'))) return false
  if (
    joins(n1) &&
    (isDigit(n2) || (isLetter(n2) && n1 !== undefined && (minus.has(n1) || '/_'.includes(n1)))) &&
    // A price of each ("450,00/st") is an amount all the same.
    !(n1 === '/' && isLetter(n2) && atom.separators.length > 0)
  ) {
    return false
  }
  return p1 !== '#' && p1 !== '_' && p1 !== '@' && n1 !== '_' && n1 !== '@' && n1 !== '°'
}

function readingsOf({ groups, separators }: Atom): Reading[] {
  const [first, last] = [groups[0]!, groups.at(-1)!]
  if (separators.length === 0)
    return first.length > 1 && first[0] === '0' ? [] : [reading(groups, '', 'plain', null)]
  const decimal = separators.at(-1)!
  const readings: Reading[] = []
  const whole = groups.slice(0, -1)
  const wholeSeparators = separators.slice(0, -1)
  const wholeSeparator = grouping(whole, wholeSeparators)
  const isWhole =
    whole.length === 1 ? whole[0]!.length === 1 || whole[0]![0] !== '0' : wholeSeparator !== null
  const mayBeDecimal =
    decimal !== ' ' && isApostrophe(decimal) === false && wholeSeparator !== decimal && isWhole
  if (mayBeDecimal && isDecimalPart(decimal, last)) {
    readings.push(reading(whole, last, 'decimals', wholeSeparator))
  }
  const isGrouped = grouping(groups, separators) !== null
  if (isGrouped && decimal !== ':' && decimal !== raised) {
    readings.push(reading(groups, '', 'grouped', separators[0]!))
  }
  return readings
}

/** One or two decimals, or more that are nought beyond the second (`1,500`; `12,4500`). */
function isDecimalPart(sign: string, part: string): boolean {
  if (sign === ':' || sign === raised) return part.length === 2
  return part.length <= 2 || (part.length <= 6 && /^\d\d0+$/.test(part))
}

/** The one sign that sets thousands apart, or null when the groups are not thousands. */
function grouping(groups: string[], separators: string[]): string | null {
  if (separators.length === 0) return null
  const [first, ...others] = groups
  const sign = separators[0]!
  const isRegular = separators.every(
    (separator) => separator === sign || (isApostrophe(separator) && isApostrophe(sign)),
  )
  const isThousands = first!.length <= 3 && first![0] !== '0' && others.every((group) => group.length === 3)
  return isRegular && isThousands ? sign : null
}

function isApostrophe(sign: string): boolean {
  return "'’´`".includes(sign)
}

function wholeReadings({ groups, separators }: Atom, form: Reading['form']): Reading[] {
  const isNumber = separators.length === 0 ? groups[0]![0] !== '0' : grouping(groups, separators) !== null
  return isNumber ? [reading(groups, '', form, separators[0] ?? null)] : []
}

function reading(
  whole: string[],
  decimals: string,
  form: Reading['form'],
  thousands: string | null,
): Reading {
  const value = Number(whole.join('')) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'))
  return { value, form, thousands }
}

const currencies: readonly (readonly [string, string])[] = [
  ['SEK', 'SEK'],
  ['kronor', 'SEK'],
  ['kr', 'SEK'],
  ['EUR', 'EUR'],
  ['euro', 'EUR'],
  ['€', 'EUR'],
  ['USD', 'USD'],
  ['US$', 'USD'],
  ['$', 'USD'],
  ['GBP', 'GBP'],
  ['£', 'GBP'],
  ['NOK', 'NOK'],
  ['DKK', 'DKK'],
  ['CHF', 'CHF'],
  ['PLN', 'PLN'],
  ['zł', 'PLN'],
  ['CAD', 'CAD'],
  ['AUD', 'AUD'],
  ['JPY', 'JPY'],
  ['¥', 'JPY'],
  ['CZK', 'CZK'],
  ['HUF', 'HUF'],
]
const longestCurrency = 8

const spelled = currencies.map(([word, code]) => [word.toLowerCase(), code] as const)
const mayBeCurrency = /[\p{L}\p{Sc}]/u

function currencyBefore(text: string, at: number): string | null {
  const head = text
    .slice(Math.max(0, at - longestCurrency - 3), at)
    .replace(/[-\u2212(.:\s]+$/, '')
    .toLowerCase()
  if (!mayBeCurrency.test(head.at(-1) ?? '')) return null
  return spelled.find(([word]) => head.endsWith(word) && !isLetter(head.at(-word.length - 1)))?.[1] ?? null
}

function currencyAfter(text: string, at: number): string | null {
  if (text[at] === columnEdge) return null
  const tail = text
    .slice(at, at + longestCurrency + 3)
    .replace(/^[\s)]*[-\u2212)]?[\s)]*/, '')
    .toLowerCase()
  if (!mayBeCurrency.test(tail[0] ?? '')) return null
  return spelled.find(([word]) => tail.startsWith(word) && !isLetter(tail[word.length]))?.[1] ?? null
}

/** Whether a currency stands just before or after part of a text. */
export function currencyBeside(text: string, from: number, to: number): boolean {
  return (currencyBefore(text, from) ?? currencyAfter(text, to)) !== null
}

/** The next column holds nothing but a currency. */
function currencyCellAfter(text: string, at: number): string | null {
  if (text[at] !== columnEdge) return null
  const cell = text
    .slice(at + 1, at + longestCurrency + 2)
    .split(columnEdge, 1)[0]!
    .trim()
    .toLowerCase()
  return spelled.find(([word]) => cell === word)?.[1] ?? null
}

/** The currencies named in a text, by sign, code or word. */
export function currenciesNamed(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}+|[€$£¥]/gu) ?? []
  const known = new Map(spelled)
  return new Set(words.flatMap((word) => known.get(word) ?? []))
}
