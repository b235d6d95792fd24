import { describe, expect, test } from 'vitest'
import { normaliseOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import {
  bankgiroOf,
  luhn,
  ocrOf,
  organisationNumberOf,
  plainKronor,
  seeded,
  swedishKronor,
  uuid,
} from './numbers.ts'

test.each([
  ['556036079', '3'],
  ['811218987', '6'],
  ['0', '0'],
])('check digit of %s is %s', (digits, expected) => expect(luhn(digits)).toBe(expected))

test.each(['Testföretaget AB', 'A', '', 'Åäö & Co'])(
  'made-up numbers of %j have right check digits',
  (name) => {
    expect(normaliseOrganisationNumber(organisationNumberOf(name))).not.toBeNull()
    const giro = bankgiroOf(name).replace('-', '')
    expect(luhn(giro.slice(0, -1))).toBe(giro.slice(-1))
    const ocr = ocrOf(name.length + 17)
    expect(luhn(ocr.slice(0, -1))).toBe(ocr.slice(-1))
  },
)

describe('amounts', () => {
  test.each([
    [0, '0', '0,00'],
    [100, '1', '1,00'],
    [-150, '-1.5', '-1,50'],
    [123456705, '1234567.05', '1 234 567,05'],
    [7, '0.07', '0,07'],
  ])('%d öre', (ore, plain, swedish) => {
    expect(plainKronor(ore)).toBe(plain)
    expect(swedishKronor(ore)).toBe(swedish)
  })
})

test('the same seed draws the same', () => {
  expect(uuid(seeded(1))).toBe(uuid(seeded(1)))
  expect(uuid(seeded(1))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
