import { describe, expect, it } from 'vitest'
import { type CompanyYears, dueYears } from './due-years.ts'

const y2024 = { from: '2024-01-01', to: '2024-12-31' }
const y2025 = { from: '2025-01-01', to: '2025-12-31' }
const y2026 = { from: '2026-01-01', to: '2026-12-31' }
const y2027 = { from: '2027-01-01', to: '2027-12-31' }
const id = ({ from, to }: { from: string; to: string }) => `${from}_${to}`
const company = (company: Partial<CompanyYears>) =>
  dueYears({ here: [], fortnox: [y2025, y2026, y2024], runs: [], today: '2026-11-24', ...company })

describe('which years', () => {
  it('takes the two latest of Fortnox, whose list is in no order', () => {
    expect(company({}).map(({ year }) => year)).toEqual([id(y2026), id(y2025)])
  })

  it('takes no year that has not begun', () => {
    const years = company({ fortnox: [y2027, y2025, y2026] }).map(({ year }) => year)
    expect(years).toEqual([id(y2026), id(y2025)])
    expect(company({ fortnox: [y2027], today: '2027-01-01' })).toHaveLength(1)
  })

  it('takes none that Fortnox lacks, though it is here', () => {
    expect(company({ here: [{ year: id(y2026), source: 'sie' }], fortnox: [y2024] })).toEqual([
      { year: id(y2024), ledger: 'keep' },
    ])
  })

  it('takes what is here when Fortnox cannot be asked, and nothing when nothing is', () => {
    const here = [y2024, y2025, y2026].map((year) => ({ year: id(year), source: 'fortnox' as const }))
    expect(company({ here, fortnox: null })).toEqual([
      { year: id(y2026), ledger: 'fetch' },
      { year: id(y2025), ledger: 'fetch' },
    ])
    expect(company({ fortnox: null })).toEqual([])
  })

  it('orders years by their last day: one of 18 months, one of 2', () => {
    const long = { from: '2024-07-01', to: '2025-12-31' }
    const short = { from: '2026-01-01', to: '2026-02-28' }
    const years = company({ fortnox: [long, short, y2024] }).map(({ year }) => year)
    expect(years).toEqual([id(short), id(long)])
  })
})

describe('with or without the ledger', () => {
  const mode = (given: Partial<CompanyYears>) => company({ fortnox: [y2026], ...given })[0]!.ledger

  it('never overwrites a SIE file, whatever was asked for before', () => {
    const here = [{ year: id(y2026), source: 'sie' as const }]
    expect(mode({ here })).toBe('keep')
    expect(mode({ here, runs: [{ year: id(y2026), ledger: 'fetch' }] })).toBe('keep')
  })

  it('keeps a ledger from Fortnox current, though only documents were asked for last', () => {
    const here = [{ year: id(y2026), source: 'fortnox' as const }]
    expect(mode({ here, runs: [{ year: id(y2026), ledger: 'keep' }] })).toBe('fetch')
  })

  it('fetches no ledger that nobody has asked for', () => {
    expect(mode({})).toBe('keep')
    expect(mode({ here: [{ year: id(y2026), source: null }] })).toBe('keep')
    expect(mode({ runs: [{ year: id(y2026), ledger: 'keep' }] })).toBe('keep')
  })

  it('tries again what was asked for and failed', () => {
    expect(mode({ runs: [{ year: id(y2026), ledger: 'fetch' }] })).toBe('fetch')
  })

  it('takes a new year as the one before it', () => {
    expect(mode({ here: [{ year: id(y2025), source: 'fortnox' }] })).toBe('fetch')
    expect(mode({ here: [{ year: id(y2025), source: 'sie' }] })).toBe('keep')
    const here = [
      { year: id(y2024), source: 'fortnox' as const },
      { year: id(y2025), source: 'sie' as const },
    ]
    expect(mode({ here })).toBe('keep')
  })
})
