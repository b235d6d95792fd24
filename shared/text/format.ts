import type { Language } from './language.ts'

const locale = { sv: 'sv-SE', en: 'en-GB' } as const
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function numberFormat(language: Language, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = `${language} ${key}`
  let format = cache.get(id) as Intl.NumberFormat | undefined
  if (!format) {
    format = new Intl.NumberFormat(locale[language], options)
    cache.set(id, format)
  }
  return format
}

function dateFormat(
  language: Language,
  key: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const id = `${language} ${key}`
  let format = cache.get(id) as Intl.DateTimeFormat | undefined
  if (!format) {
    format = new Intl.DateTimeFormat(locale[language], { timeZone: 'Europe/Stockholm', ...options })
    cache.set(id, format)
  }
  return format
}

/** Öre as kronor with two decimals: `1245000` is `12 450,00` (Swedish, non-breaking spaces) or `12,450.00`. */
export function formatAmount(oere: number, language: Language): string {
  return numberFormat(language, 'amount', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    oere / 100,
  )
}

/** A whole number with the language's grouping. */
export function formatCount(count: number, language: Language): string {
  return numberFormat(language, 'count', { maximumFractionDigits: 0 }).format(count)
}

/** Milliseconds since 1970 as `2026-03-01 14:05`, Swedish time, both languages. */
export function formatDateTime(at: number): string {
  return `${formatDate(at)} ${formatTime(at)}`
}

/** Milliseconds since 1970 as `2026-03-01`, Swedish time. */
export function formatDate(at: number): string {
  return dateFormat('sv', 'date', { dateStyle: 'short' }).format(at)
}

/** Milliseconds since 1970 as `14:05`, Swedish time. */
export function formatTime(at: number): string {
  return dateFormat('sv', 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** Bytes as `64 kB` or `1,2 MB` (powers of ten). */
export function formatBytes(bytes: number, language: Language): string {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] =
    bytes < 999_500 ? [bytes / 1000, 'kB'] : bytes < 999_500_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  const digits = unit === 'kB' ? 0 : 1
  return `${numberFormat(language, `bytes${digits}`, { maximumFractionDigits: digits }).format(value)} ${unit}`
}
