import type { IsoDate } from '../../../shared/ledger/types.ts'

const months: Record<string, number> = {}
const names = [
  'jan januari january',
  'feb februari february',
  'mar mars march',
  'apr april',
  'maj may',
  'jun juni june',
  'jul juli july',
  'aug augusti august',
  'sep sept september',
  'okt oktober oct october',
  'nov november',
  'dec december',
]
names.forEach((line, at) => {
  for (const name of line.split(' ')) months[name] = at + 1
})

/** In which order a column writes day, month and year, where one date alone does not tell. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const slashed = /^(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{4})$/
const short = /^(\d{2})([-/.]?)(\d{2})\2(\d{2})$/

/**
 * The order that a column's dates give away together: one of them has a day over twelve, or, with years of two digits,
 * the days vary and the years do not. Null when they do not.
 */
export function dateOrder(texts: readonly string[]): DateOrder | null {
  const long = texts.flatMap((text) => {
    const match = slashed.exec(text.trim())
    return match ? [match] : []
  })
  if (long.length > 0) {
    const isDayFirst = long.some(([, first]) => Number(first) > 12)
    const isMonthFirst = long.some(([, , second]) => Number(second) > 12)
    return isDayFirst === isMonthFirst ? null : isDayFirst ? 'dmy' : 'mdy'
  }
  const brief = texts.flatMap((text) => {
    const match = short.exec(text.trim())
    return match ? [{ first: match[1]!, middle: Number(match[3]), last: match[4]! }] : []
  })
  if (brief.length < 3 || brief.some(({ middle }) => middle < 1 || middle > 12)) return null
  const firsts = new Set(brief.map(({ first }) => first)).size
  const lasts = new Set(brief.map(({ last }) => last)).size
  if (firsts <= 2 && lasts > 2) return 'ymd'
  return lasts <= 2 && firsts > 2 ? 'dmy' : null
}

/**
 * A date as a page writes it, only where it can be read in one way: `2024-03-01`, `20240301`, `2024/3/1`, `1 mars 2024`,
 * `Mar 1, 2024`, `31/12/2024`. `03/04/2024` and `24-03-01` can be read in two ways and are null. A time after it is ignored.
 *
 * @param order what the column's dates tell together ({@link dateOrder}); such dates are then read too
 */
export function parseDate(text: string, order: DateOrder | null = null): IsoDate | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/(\d)[t ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?$/, '$1')
  let match = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/.exec(plain)
  if (match && (match[2] !== '' || plain.length === 8)) return iso(match[1]!, match[3]!, match[4]!)
  match = slashed.exec(plain)
  if (match) {
    const [first, second] = [Number(match[1]), Number(match[2])]
    if (first === second || first > 12 || order === 'dmy') return iso(match[3]!, match[2]!, match[1]!)
    return second > 12 || order === 'mdy' ? iso(match[3]!, match[1]!, match[2]!) : null
  }
  match = order && short.exec(plain)
  if (match && order === 'ymd') return iso(`20${match[1]}`, match[3]!, match[4]!)
  if (match && order === 'dmy') return iso(`20${match[4]}`, match[3]!, match[1]!)
  match = /^(\d{1,2})(?::?[ea](?=\s))?\.?\s?(\p{L}+)\.?,?\s?(\d{4})$/u.exec(plain)
  if (match && months[match[2]!]) return iso(match[3]!, months[match[2]!]!, match[1]!)
  match = /^(\p{L}+)\.?\s?(\d{1,2}),?\s(\d{4})$/u.exec(plain)
  if (match && months[match[1]!]) return iso(match[3]!, months[match[1]!]!, match[2]!)
  return null
}

function iso(year: string | number, month: string | number, day: string | number): IsoDate | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const date = new Date(Date.UTC(y, m - 1, d))
  if (y < 1950 || y > 2100 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null
  return date.toISOString().slice(0, 10)
}

/** The first and last day that a text names as one range, `2024-01-01 – 2024-12-31`; null when it names none or more. */
export function parseDateRange(text: string): { from: IsoDate; to: IsoDate } | null {
  const day = String.raw`(\d{4}-\d{2}-\d{2}|\d{8})`
  const ranges = [...text.matchAll(new RegExp(`${day}\\s*(?:[-–—]|till|t\\.o\\.m\\.|to)\\s*${day}`, 'g'))]
  const [only] = ranges
  if (!only || ranges.length > 1) return null
  const from = parseDate(only[1]!)
  const to = parseDate(only[2]!)
  return from && to && from < to ? { from, to } : null
}
