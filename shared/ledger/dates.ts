import type { IsoDate } from './types.ts'

/** `20240131` (SIE's form, or the number) as `2024-01-31`. */
export function isoOfSieDate(date: string | number): IsoDate {
  const digits = String(date)
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
}

/** `2024-01-31` as `20240131`. */
export function sieOfIsoDate(date: IsoDate): string {
  return date.replaceAll('-', '')
}
