/**
 * Fields as Fortnox really sends them: numbers as strings, booleans as strings, `""`, `0` and `null` for nothing. Each
 * reader answers null for what it cannot read, and no answer fails because of one field.
 */

export function text(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null
}

export function whole(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

export function flag(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1'
}

/** A date `YYYY-MM-DD`; longer timestamps are cut. */
export function date(value: unknown): string | null {
  const match = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value.trim()) : null
  return match ? match[0] : null
}

/** Money in hundredths, exact: decimal point or comma, at most two decimals that count. */
export function hundredths(value: unknown): number | null {
  const written =
    typeof value === 'number'
      ? value.toFixed(2)
      : typeof value === 'string'
        ? value.trim().replace(',', '.')
        : ''
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(written)
  if (!match) return null
  const amount = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -amount : amount
}

export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
