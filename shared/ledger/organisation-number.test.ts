import { expect, it } from 'vitest'
import { formatOrganisationNumber, normaliseOrganisationNumber } from './organisation-number.ts'

it.each([
  ['556036-0793', '5560360793'],
  ['5560360793', '5560360793'],
  ['16 556036-0793', '5560360793'],
  ['165560360793', '5560360793'],
  ['556036-0794', null],
  ['55603607', null],
  ['', null],
  ['abcdefghij', null],
])('%j is %j', (input, digits) => {
  expect(normaliseOrganisationNumber(input)).toBe(digits)
})

it('is written with a hyphen', () => {
  expect(formatOrganisationNumber('5560360793')).toBe('556036-0793')
})
