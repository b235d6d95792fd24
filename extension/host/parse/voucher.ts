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
