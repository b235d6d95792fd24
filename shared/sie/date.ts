const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether year, month and day as one number, 20240229, are a day of the calendar. */
export function isDateNumber(value: number): boolean {
  const year = Math.floor(value / 10000)
  const month = Math.floor(value / 100) % 100
  const day = value % 100
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= DAYS[month - 1]! + (leap ? 1 : 0)
}

/**
 * Whether a text is a day as SIE writes it, `YYYYMMDD`.
 *
 * @example
 * isSieDate('20240229') // true
 * isSieDate('20240230') // false
 */
export function isSieDate(text: string): boolean {
  return /^\d{8}$/.test(text) && isDateNumber(Number(text))
}

/**
 * Whether a text is a period as SIE writes it, `YYYYMM`.
 *
 * @example
 * isSiePeriod('202413') // false
 */
export function isSiePeriod(text: string): boolean {
  return /^\d{6}$/.test(text) && isDateNumber(Number(`${text}01`))
}
