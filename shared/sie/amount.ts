const AMOUNT = /^(-?)(\d*)(?:\.(\d{0,2}))?$/

/**
 * Reads an amount into öre: digits, at most two decimals after a point, `-` first for credit (SIE 4B §5.7). No comma,
 * plus sign, blank or third decimal: such a text could mean something else. Null when unreadable, `'large'` when it is
 * beyond what a number holds exactly (±2^53-1 öre).
 *
 * @example
 * parseAmount('-1234.5') // -123450
 * parseAmount('1 234,50') // null
 */
export function parseAmount(text: string): number | 'large' | null {
  const match = AMOUNT.exec(text)
  if (!match) return null
  const [, minus, whole = '', decimals = ''] = match
  if (whole === '' && decimals === '') return null
  const ore = Number(whole + decimals.padEnd(2, '0'))
  if (!Number.isSafeInteger(ore)) return 'large'
  return minus && ore !== 0 ? -ore : ore
}

/**
 * Writes öre as kronor with a decimal point and `decimals` decimals, as SIE has it.
 *
 * @example
 * formatAmount(-123450) // '-1234.50'
 * formatAmount(3300n, 0) // '33'
 */
export function formatAmount(ore: number | bigint, decimals = 2): string {
  const negative = ore < 0
  const digits = (negative ? -ore : ore).toString().padStart(3, '0')
  const whole = digits.slice(0, -2)
  const fraction = decimals === 0 ? '' : `.${digits.slice(-2).slice(0, decimals)}`
  return (negative ? '-' : '') + whole + fraction
}

/** Numbers below this can be added to one another once without losing an öre. */
export const EXACT = 2 ** 52
