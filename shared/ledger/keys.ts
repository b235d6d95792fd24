import type { FiscalYearId, IsoDate, VoucherId } from './types.ts'

/** `A:123` for the first voucher of that series and number, `A:123:2` for the second. Parts are percent-encoded. */
export function voucherKey({ series, number, occurrence }: VoucherId): string {
  const key = `${encodeURIComponent(series)}:${encodeURIComponent(number)}`
  return occurrence === 1 ? key : `${key}:${occurrence}`
}

/** The reverse of {@link voucherKey}; null when `key` is none. */
export function parseVoucherKey(key: string): VoucherId | null {
  const parts = key.split(':')
  if (parts.length < 2 || parts.length > 3) return null
  const occurrence = parts.length === 3 ? Number(parts[2]) : 1
  if (!Number.isSafeInteger(occurrence) || occurrence < 1) return null
  try {
    return { series: decodeURIComponent(parts[0]!), number: decodeURIComponent(parts[1]!), occurrence }
  } catch {
    return null
  }
}

/** The id of the fiscal year from `from` to `to`, both included. */
export function fiscalYearId(from: IsoDate, to: IsoDate): FiscalYearId {
  return `${from}_${to}`
}

/** The first and last day of a fiscal year; null when `id` is none. */
export function parseFiscalYearId(id: FiscalYearId): { from: IsoDate; to: IsoDate } | null {
  const match = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/.exec(id)
  return match && match[1]! <= match[2]! ? { from: match[1]!, to: match[2]! } : null
}

/** The year among `years` that `date` falls in, or null. */
export function yearOfDate<T extends { from: IsoDate; to: IsoDate }>(
  years: readonly T[],
  date: IsoDate,
): T | null {
  return years.find((year) => year.from <= date && date <= year.to) ?? null
}
