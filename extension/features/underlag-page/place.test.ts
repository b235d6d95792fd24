import { expect, it } from 'vitest'
import type { CompanyState } from '../../../shared/contract/types.ts'
import { resolvePlace } from './place.ts'

const company = (organisationNumber: string, ...years: [id: string, source: 'fortnox' | null][]) =>
  ({
    organisationNumber,
    years: years.map(([id, source]) => ({ id, source, documentsAt: null })),
  }) as unknown as CompanyState

const one = company('5560160680', ['2026-01-01_2026-12-31', null], ['2025-01-01_2025-12-31', 'fortnox'])
const other = company('5566778899', ['2025-01-01_2025-12-31', 'fortnox'])
const at = (organisationNumber: string, year: string) => ({
  company: organisationNumber,
  year,
  key: 'A:1',
  position: 0,
})

it('looks a voucher up only in the company and year that the address names', () => {
  const here = resolvePlace([one, other], at('5566778899', '2025-01-01_2025-12-31'))
  expect(here).toMatchObject({ company: other, key: 'A:1', isLost: false })
  expect(resolvePlace([one, other], at('5590000000', '2025-01-01_2025-12-31'))).toMatchObject({
    company: one,
    key: null,
    isLost: true,
  })
  expect(resolvePlace([one, other], at('5566778899', '2024-01-01_2024-12-31'))).toMatchObject({
    company: other,
    key: null,
    isLost: true,
  })
})

it('begins with the newest year that has a ledger', () => {
  expect(resolvePlace([one], null)).toMatchObject({ year: { id: '2025-01-01_2025-12-31' }, isLost: false })
  expect(resolvePlace([], null)).toEqual({ company: null, year: null, key: null, isLost: false })
})
