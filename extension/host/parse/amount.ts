/**
 * An amount as a page writes it, in öre, sign as shown: `12 450,00`, `12.450,00`, `12,450.00`, `−500`, `(500,00)`,
 * `500,00-`, with or without currency. Null when it can be read in two ways (`12.450`) or is no amount.
 */
export function parseAmount(text: string): number | null {
  let plain = text
    .replace(/[\s\u00a0\u202f\u2009']/g, '')
    .replace(/(?:kr|sek|:-)\.?$/i, '')
    .replace(/^(?:sek|kr)/i, '')
    .replace(/[−–—]/g, '-')
  let sign = 1
  const wrapped = /^\((.+)\)$|^(.+)-$|^-(.+)$|^\+(.+)$/.exec(plain)
  if (wrapped) {
    if (wrapped[4] === undefined) sign = -1
    plain = (wrapped[1] ?? wrapped[2] ?? wrapped[3] ?? wrapped[4])!
  }
  const match = /^(\d+|\d{1,3}(?:([.,])\d{3})+)(?:([.,])(\d{1,2}))?$/.exec(plain)
  if (!match) return null
  const [, whole = '', grouping, point, decimals = ''] = match
  if (grouping !== undefined && (point === undefined || point === grouping)) {
    // One group of three after a dot or comma may be thousands or three decimals; two groups can only be thousands.
    if (point === grouping || whole.split(grouping).length < 3) return null
  }
  const oere = Number(whole.replace(/[.,]/g, '')) * 100 + Number(decimals.padEnd(2, '0'))
  return Number.isSafeInteger(oere) ? sign * oere || 0 : null
}
