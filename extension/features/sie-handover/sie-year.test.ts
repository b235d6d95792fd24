import { describe, expect, it } from 'vitest'
import { looksLikeSie, yearOfSie } from './sie-year.ts'

describe('what the beginning of a SIE file tells', () => {
  it.each([
    [
      '#FLAGGA 0\r\n#RAR 0 20250101 20251231\r\n#RAR -1 20240101 20241231',
      { from: '2025-01-01', to: '2025-12-31' },
    ],
    ['#RAR -1 20240101 20241231\n#RAR 0 "20250701" "20260630"', { from: '2025-07-01', to: '2026-06-30' }],
    ['#RAR -1 20240101 20241231', null],
    ['', null],
  ])('its fiscal year: %j', (text, year) => {
    expect(yearOfSie(text)).toEqual(year)
  })

  it('whether it is one', () => {
    expect(looksLikeSie('bok.SE', '')).toBe(true)
    expect(looksLikeSie('bok.txt', '#FLAGGA 0')).toBe(true)
    expect(looksLikeSie('bok.pdf', '%PDF-1.7')).toBe(false)
  })
})
