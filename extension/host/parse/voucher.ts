/** A voucher number as a page writes it. */
export interface VoucherText {
  /** Null when the text has none: the series may stand in another column, or nowhere. */
  series: string | null
  number: string
  /** The calendar year that the text names: `A 123/2024`. */
  year: number | null
}

const label =
  /^(?:(?:ver(?:if(?:ikat(?:ion)?)?)?|voucher)s?[. ]*(?:nummer|nr|no)?|nummer|nr|no)(?![\p{L}])[.:#\s]*(?=[\p{L}\d])/iu
// Letters, or a sign: programs name series of their own making `#` and the like.
const series = String.raw`(?<series>\p{L}{1,4}|[#§*&])`
const number = String.raw`(?<number>\d{1,8})`
const year = String.raw`(?<year>(?:19|20)\d\d)`
const forms = [
  // A 123, A123, A-123, A:123, A/123, LB.45
  new RegExp(`^${series}\\s?[-:/.]?\\s?${number}$`, 'u'),
  // A 123/2024, A123-2024, A 123 (2024)
  new RegExp(`^${series}\\s?[-:/.]?\\s?${number}\\s?[-/(]\\s?${year}\\)?$`, 'u'),
  // 2024-A-123, 2024/A123, 2024A123
  new RegExp(`^${year}\\s?[-/:]?\\s?${series}\\s?[-:/]?\\s?${number}$`, 'u'),
  // 123 A, 123-A: capitals only, "12 st" is a quantity
  new RegExp(`^${number}\\s?[-/]?\\s?(?<series>\\p{Lu}{1,2})$`, 'u'),
  // 123, 123/2024
  new RegExp(`^${number}(?:\\s?/\\s?${year})?$`, 'u'),
]

/** Reads a cell that holds a voucher number and nothing else; null when it holds anything more or less. */
export function parseVoucher(text: string): VoucherText | null {
  const plain = text.replace(/\s+/g, ' ').replace(/[–—]/g, '-').trim()
  if (plain.length === 0 || plain.length > 40) return null
  return read(plain.replace(label, ''))
}

function read(text: string): VoucherText | null {
  for (const form of forms) {
    const groups = form.exec(text)?.groups
    if (!groups) continue
    return {
      series: groups.series ?? null,
      number: groups.number!,
      year: groups.year ? Number(groups.year) : null,
    }
  }
  return null
}

/** A series in a column of its own: `A`, `LB`, `1`, `#`. */
export function parseSeries(text: string): string | null {
  const plain = text.trim()
  return /^(?:[\p{L}\d]{1,10}|[#§*&])$/u.test(plain) ? plain : null
}

/** A voucher in a text of its own: a heading over its rows, a card's line, a term and what it says. */
export interface VoucherHeading extends VoucherText {
  /** The date right after the number, as it is written; null where there is none. */
  date: string | null
  /** A word before it says that it is a voucher. */
  isLabelled: boolean
}

const headingLabel =
  /^(?<word>ver(?:if(?:ikats?|ikations?)?)?|voucher)(?<number>[-. ]?(?:nummer|number|nr|no))?(?!\p{L})[.:#\s-]*(?=[\p{L}\d#])/iu
const headingNumber = new RegExp(
  String.raw`^(?:${series}[\s-]{0,2})?${number}(?:/${year})?(?![\p{L}\d]|[-.,:/]\d)`,
  'u',
)
const headingDate =
  /^[\s,;:·|–—(-]*(?:(?:ver|verifikat(?:ion)?s?|bokf(?:örings)?|trans(?:aktions)?)?[-. ]?(?:datum|date)|den)?[\s:]*(?<date>\d{4}-\d\d-\d\d|\d{8}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2} \p{L}{3,9}\.? \d{4})(?!\d)/iu

/**
 * Reads a text that begins with a voucher: `Verifikat A 12`, `Ver.nr: 12`, `A 12 2026-03-01 Hyra`. A word and a bare
 * number may be a count (`Verifikat 312`), a version (`Ver 2`) or a gift (`Voucher AB12`), and are none.
 *
 * @returns null when the text does not begin with one, or goes on with words of a sentence
 */
export function parseVoucherHeading(text: string): VoucherHeading | null {
  const plain = text.replace(/\s+/g, ' ').trim()
  const label = headingLabel.exec(plain)
  const rest = label ? plain.slice(label[0].length) : plain
  const groups = headingNumber.exec(rest)?.groups
  if (!groups) return null
  const after = rest.slice(headingNumber.exec(rest)![0].length)
  const date = headingDate.exec(after)?.groups?.date ?? null
  const isNumbered = label?.groups?.number !== undefined
  const word = label?.groups?.word?.toLowerCase() ?? ''
  // A range or a list names several.
  if (date === null && !/^\s*(?:$|[,;:·|–—(-](?!\s*\p{L}{0,3}\s?\d))/u.test(after)) return null
  if (groups.series === undefined && !isNumbered && (date === null || word === '' || word === 'ver'))
    return null
  if (groups.series !== undefined && !/^(?:\p{Lu}{1,3}|[#§*&])$/u.test(groups.series)) return null
  if (word === 'voucher' && !isNumbered && date === null) return null
  if (word === '' && date === null) return null
  return {
    series: groups.series ?? null,
    number: groups.number!,
    year: groups.year ? Number(groups.year) : null,
    date,
    isLabelled: label !== null,
  }
}
