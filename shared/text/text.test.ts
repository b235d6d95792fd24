import { describe, expect, it } from 'vitest'
import { errorCodes } from '../errors.ts'
import { errorText } from './errors.ts'
import { formatAmount, formatBytes, formatDateTime } from './format.ts'
import { chooseLanguage } from './language.ts'

describe('language', () => {
  it.each([
    ['en-GB,en;q=0.9,sv;q=0.8', 'en'],
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['de, en;q=0.4, sv;q=0.7', 'sv'],
    ['de', 'sv'],
    ['en;q=0, de', 'sv'],
    ['', 'sv'],
    [null, 'sv'],
  ] as const)('%j asks for %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language)
  })
})

describe('numbers and dates', () => {
  it('writes amounts as Swedes do', () => {
    expect(formatAmount(1_245_000, 'sv')).toBe('12\u00a0450,00')
    expect(formatAmount(-5, 'sv')).toBe('\u22120,05')
    expect(formatAmount(1_245_000, 'en')).toBe('12,450.00')
  })

  it('keeps Swedish time in both halves of the year', () => {
    expect(formatDateTime(Date.UTC(2026, 0, 15, 13, 5))).toBe('2026-01-15 14:05')
    expect(formatDateTime(Date.UTC(2026, 6, 15, 13, 5))).toBe('2026-07-15 15:05')
  })

  it('rounds sizes to what is read at a glance', () => {
    expect(formatBytes(999, 'sv')).toBe('999 B')
    expect(formatBytes(64_222, 'sv')).toBe('64 kB')
    expect(formatBytes(999_999, 'sv')).toBe('1 MB')
    expect(formatBytes(1_240_000, 'sv')).toBe('1,2 MB')
  })
})

describe('errors', () => {
  it.each(errorCodes)('%s says what happened and the way out, in both languages', (code) => {
    for (const language of ['sv', 'en'] as const) {
      const { title, help } = errorText({ code, data: {} }, language)
      expect(title.length).toBeGreaterThan(3)
      expect(help.length).toBeGreaterThan(10)
      expect(title + help).not.toContain('{')
    }
    expect(errorText({ code, data: {} }, 'sv')).not.toEqual(errorText({ code, data: {} }, 'en'))
  })

  it('fills in what the error knows', () => {
    const error = { code: 'ledger_incomplete', data: { expected: 194, actual: 190 } } as const
    expect(errorText(error, 'sv').help).toContain('194')
    expect(errorText(error, 'en').help).toContain('190')
  })
})
