import { expect, test } from 'vitest'
import { date, flag, hundredths, text, whole } from './fields.ts'

const odd = [undefined, null, {}, [], true, Number.NaN, Number.POSITIVE_INFINITY]

test('text: numbers are text too; blanks are nothing', () => {
  expect([text('36'), text(36), text(0), text(' A '), text(''), text('  ')]).toEqual([
    '36',
    '36',
    '0',
    'A',
    null,
    null,
  ])
  for (const value of odd) expect(text(value)).toBeNull()
})

test('whole: strings are numbers too; parts and words are nothing', () => {
  expect([whole(3), whole('3'), whole(' 12 '), whole('-4'), whole('')]).toEqual([3, 3, 12, -4, null])
  for (const value of [...odd, '3,5', 3.5, '1e99', 'tre', 2 ** 60]) expect(whole(value)).toBeNull()
})

test('flag: "false" is false', () => {
  expect(['true', true, 1, '1'].map(flag)).toEqual([true, true, true, true])
  expect(['false', false, 0, '0', '', null, undefined, 'ja'].some(flag)).toBe(false)
})

test('date: days as written; timestamps are cut', () => {
  expect(date('2026-02-28')).toBe('2026-02-28')
  expect(date('2026-02-28 12:30')).toBe('2026-02-28')
  for (const value of [...odd, '', '20260228', '0']) expect(date(value)).toBeNull()
})

test('hundredths: exact, whichever type', () => {
  expect(
    ['370.78', 370.78, '370,78', '-0.05', 0, '1', '1.5', '1.500', 1.005, '9999999999999.99'].map(hundredths),
  ).toEqual([37078, 37078, 37078, -5, 0, 100, 150, 150, 100, 999999999999999])
  for (const value of [...odd, '', '1.234', '1 000', '1e3', 'SEK']) expect(hundredths(value)).toBeNull()
})
