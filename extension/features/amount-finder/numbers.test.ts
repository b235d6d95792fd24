import { describe, expect, it } from 'vitest'
import { scanNumbers } from './numbers.ts'

const read = (text: string) =>
  scanNumbers(text).map(({ readings }) => readings.map(({ value, form }) => `${value} ${form}`).join(' | '))

describe('numbers in a line', () => {
  it.each([
    ['12 450,00', ['1245000 decimals']],
    ['12\u00a0450,00', ['1245000 decimals']],
    ['12\u2009450,00', ['1245000 decimals']],
    ['12.450,00', ['1245000 decimals']],
    ['12,450.00', ['1245000 decimals']],
    ["12'450.00", ['1245000 decimals']],
    ['12’450,00', ['1245000 decimals']],
    ['12450,00', ['1245000 decimals']],
    ['1.234.567,89', ['123456789 decimals']],
    ['1 234 567,89', ['123456789 decimals']],
    ['450:00', ['45000 decimals']],
    ['1 200,-', ['120000 decimals']],
    ['1 200:-', ['120000 decimals']],
    ['1 200,--', ['120000 decimals']],
    ['1 200,5', ['120050 decimals']],
    ['-1 200,50', ['120050 decimals']],
    ['1 200,50-', ['120050 decimals']],
    ['\u22121 200,50', ['120050 decimals']],
    ['(1 200,50)', ['120050 decimals']],
    ['38290', ['3829000 plain']],
    ['124 500 kr', ['12450000 grouped']],
    ['kr 300,00', ['30000 decimals']],
    ['300,00kr', ['30000 decimals']],
    ['SEK1.234,50', ['123450 decimals']],
    ['€1,234.50', ['123450 decimals']],
    ['1.234', ['123400 grouped']],
    ['Summa:300,00', ['30000 decimals']],
    ['0,50', ['50 decimals']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['RE300'],
    ['2014-300'],
    ['300-14'],
    ['300/14'],
    ['5050-1055'],
    ['#300'],
    ['25,00 %'],
    ['25%'],
    ['2026-03-01'],
    ['12.03.2026'],
    ['1.2.3'],
    ['300m2'],
    ['a300'],
    ['1234567890123456'],
    ['user@300'],
  ])('%s is no amount', (text) => {
    expect(read(text)).toEqual([])
  })

  it('tells a quantity from the amount beside it where the space cannot set thousands apart', () => {
    expect(read('1 1 234,50')).toEqual(['100 plain', '123450 decimals'])
    expect(read('2026 450,00')).toEqual(['202600 plain', '45000 decimals'])
    expect(read('12\t450,00')).toEqual(['1200 plain', '45000 decimals'])
  })

  it('knows the currency that stands by it', () => {
    expect(scanNumbers('EUR 12,00')[0]?.currency).toBe('EUR')
    expect(scanNumbers('12,00 USD')[0]?.currency).toBe('USD')
    expect(scanNumbers('12,00 krona')[0]?.currency ?? null).toBeNull()
    expect(scanNumbers('US$ 12.00')[0]?.currency).toBe('USD')
  })

  // Far from what a busy machine needs (a second), and from what time growing with the square would (minutes).
  it.each(['1', '1 ', '1.', '123 '])('takes endless %j in stride', { timeout: 60_000 }, (piece) => {
    const started = performance.now()
    scanNumbers(piece.repeat(150_000))
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})
