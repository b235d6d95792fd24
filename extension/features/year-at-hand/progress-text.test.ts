import { expect, it } from 'vitest'
import type { YearAtHand } from '../../lib/protocol.ts'
import { progressText } from './progress-text.ts'

const year: YearAtHand = {
  ...{ company: '5560360793', year: '2026-01-01_2026-12-31', version: 'v', state: 'running', error: null },
  ...{ done: 312, total: 1204, bytes: 84_000_000, missing: 0, remainingMs: null, retryAt: null },
}
const plain = (part: Partial<YearAtHand>, language: 'sv' | 'en' = 'sv') =>
  progressText({ ...year, ...part }, language).replaceAll('\u00a0', ' ')

it('says how far it has come, and the time that is left once that is measured', () => {
  expect(plain({})).toBe('312 av 1 204 · 84 MB')
  expect(plain({ remainingMs: 5.2 * 60_000 })).toBe('312 av 1 204 · 84 MB · ca 6 min kvar')
  expect(plain({ remainingMs: 5.2 * 60_000 }, 'en')).toBe('312 of 1,204 · 84 MB · about 6 min left')
  expect(plain({ remainingMs: 59_000, missing: 2 })).toBe(
    '312 av 1 204 · 84 MB · 2 gick inte att hämta · mindre än en minut kvar',
  )
  expect(plain({ remainingMs: 60 * 60_000 })).toContain('ca 1 tim kvar')
  expect(plain({ remainingMs: 124 * 60_000 })).toContain('ca 2 tim 10 min kvar')
})

it('says no number before there is one', () => {
  expect(plain({ total: null, done: 0, bytes: 0 })).toBe('Läser dokumentlistan')
  expect(plain({ total: 5, done: 0, bytes: 0 })).toBe('0 av 5')
  expect(plain({ state: 'done', done: 1204 })).toBe('1 204 dokument · 84 MB')
})
