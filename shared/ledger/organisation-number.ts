/**
 * A Swedish organisation number as ten digits, or null when it is none: hyphen, spaces and a century prefix (`16`, or
 * `19`/`20` before a personal number) are taken away and the check digit (Luhn) is verified.
 */
export function normaliseOrganisationNumber(input: string): string | null {
  let digits = input.replace(/[\s-]/g, '')
  if (/^(16|19|20)\d{10}$/.test(digits)) digits = digits.slice(2)
  if (!/^\d{10}$/.test(digits)) return null
  let sum = 0
  for (let i = 0; i < 10; i++) {
    const digit = Number(digits[i]) * (i % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0 ? digits : null
}

/** `5560360793` as people write it: `556036-0793`. */
export function formatOrganisationNumber(digits: string): string {
  return digits.length === 10 ? `${digits.slice(0, 6)}-${digits.slice(6)}` : digits
}
