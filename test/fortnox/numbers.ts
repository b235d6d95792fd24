/**
 * Numbers and chance that the sandbox makes up: everything that has a check digit in Sweden has a right one here, and
 * everything drawn from a seed is the same on every run.
 */

/** A source of numbers in [0, 1). */
export type Random = () => number

/** A small seeded generator (mulberry32): same seed, same sequence. Not for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i)
    value = Math.imul(value, 0x01000193)
  }
  return value >>> 0
}

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** `length` lower-case hexadecimal digits. */
export function hex(random: Random, length: number): string {
  let text = ''
  while (text.length < length) text += Math.floor(random() * 16).toString(16)
  return text
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const digits = hex(random, 32)
  const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4]
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
}

/** The Luhn check digit that belongs after `digits`. */
export function luhn(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return String((10 - (sum % 10)) % 10)
}

/** An organisation number of a limited company, `556123-4567`, with a right check digit; the same for the same name. */
export function organisationNumberOf(name: string): string {
  const value = hash(name)
  // The third digit of a legal person's number is at least 2, so that it is no personal number.
  const digits = `55${6 + (value % 4)}${String((value >>> 3) % 1_000_000).padStart(6, '0')}`
  return `${digits.slice(0, 6)}-${digits.slice(6)}${luhn(digits)}`
}

/** A bankgiro number, `5123-4567`, with a right check digit. */
export function bankgiroOf(name: string): string {
  const digits = `5${String(hash(`bg ${name}`) % 1_000_000).padStart(6, '0')}`
  return `${digits.slice(0, 4)}-${digits.slice(4)}${luhn(digits)}`
}

/** An OCR reference: the number, the length digit and the check digit. */
export function ocrOf(number: number | string): string {
  const digits = String(number).replace(/\D/g, '') || '0'
  const withLength = `${digits}${(digits.length + 2) % 10}`
  return withLength + luhn(withLength)
}

/** Öre as kronor with a decimal point and no padding, as SIE files of Fortnox have them: `-1234.5`. */
export function plainKronor(ore: number): string {
  const absolute = Math.abs(ore)
  const rest = absolute % 100
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(2, '0').replace(/0$/, '')}`
  return `${ore < 0 ? '-' : ''}${Math.floor(absolute / 100)}${decimals}`
}

/** Öre as Swedish text: `12 345,60`. */
export function swedishKronor(ore: number): string {
  const absolute = Math.abs(ore)
  const whole = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ' ')
  return `${ore < 0 ? '-' : ''}${whole},${String(absolute % 100).padStart(2, '0')}`
}
