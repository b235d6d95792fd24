import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fiscalYearId, parseFiscalYearId, parseVoucherKey, voucherKey, yearOfDate } from './keys.ts'

describe('voucher keys', () => {
  it('are short for what is common and tell repeated numbers apart', () => {
    expect(voucherKey({ series: 'A', number: '123', occurrence: 1 })).toBe('A:123')
    expect(voucherKey({ series: '', number: '', occurrence: 2 })).toBe('::2')
  })

  it('come back as they went in, whatever the file called its series', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 1, max: 9999 }),
        (series, number, occurrence) => {
          expect(parseVoucherKey(voucherKey({ series, number, occurrence }))).toEqual({
            series,
            number,
            occurrence,
          })
        },
      ),
    )
  })

  it.each(['', 'A', 'A:1:0', 'A:1:x', 'A:1:2:3', '%:1'])('%j is no key', (key) => {
    expect(parseVoucherKey(key)).toBeNull()
  })
})

describe('fiscal years', () => {
  it('are known by their first and last day', () => {
    expect(parseFiscalYearId(fiscalYearId('2025-07-01', '2026-12-31'))).toEqual({
      from: '2025-07-01',
      to: '2026-12-31',
    })
    expect(parseFiscalYearId('2026-01-01_2025-12-31')).toBeNull()
    expect(parseFiscalYearId('2025')).toBeNull()
  })

  it('hold their first and last day and nothing beside', () => {
    const years = [{ from: '2024-01-01', to: '2024-12-31' }]
    expect(yearOfDate(years, '2024-12-31')).toBe(years[0])
    expect(yearOfDate(years, '2025-01-01')).toBeNull()
  })
})
