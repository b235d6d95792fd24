import { describe, expect, it } from 'vitest'
import type { IndexLine, YearIndex } from '../../../shared/contract/types.ts'
import type { RowQuery } from '../../lib/protocol.ts'
import { lookupOf, matchRow } from './match.ts'

const y2024 = { id: '2024-01-01_2024-12-31', from: '2024-01-01', to: '2024-12-31' }
const y2025 = { id: '2025-01-01_2025-12-31', from: '2025-01-01', to: '2025-12-31' }

function index(year: string, lines: IndexLine[], documentsAt: number | null = 1): YearIndex {
  return { year, version: '1', source: 'fortnox', documentsAt, lines }
}
const indexes: Record<string, YearIndex> = {
  [y2024.id]: index(y2024.id, [['A', '12', 1, '2024-02-01', 100_00, 1, 0]]),
  [y2025.id]: index(y2025.id, [
    ['A', '12', 1, '2025-03-01', 1245_00, 2, 0],
    ['B', '12', 1, '2025-03-04', 90_00, 1, 0],
    ['A', '13', 1, '2025-03-02', 500_00, 0, 1],
    ['A', '14', 1, '2025-03-02', 500_00, 1, 0],
    ['A', '14', 2, '2025-05-02', 700_00, 1, 0],
    ['', '7', 1, '2025-03-02', null, 1, 2],
  ]),
}
const ask = (query: Partial<RowQuery>) =>
  matchRow(
    { series: null, number: '', date: null, amount: null, amountIs: 'voucher', year: null, ...query },
    [y2025, y2024],
    (year) => (indexes[year] ? lookupOf(indexes[year]) : null),
  )

describe('matching a row with the index', () => {
  it.each<[string, Partial<RowQuery>, object]>([
    [
      'date decides the year',
      { series: 'A', number: '12', date: '2024-02-01' },
      { year: y2024.id, key: 'A:12', documents: 1, mismatch: null },
    ],
    ['nothing says the year', { series: 'A', number: '12' }, { state: 'year_unknown' }],
    [
      'a date in no known year',
      { series: 'A', number: '12', date: '2023-02-01' },
      { state: 'not_synced', year: null },
    ],
    ['the year was said', { series: 'A', number: '12', year: y2025.id }, { key: 'A:12', documents: 2 }],
    ['padded numbers', { series: 'A', number: '0012', year: y2025.id }, { key: 'A:12' }],
    ['lower case series', { series: 'a', number: '12', year: y2025.id }, { key: 'A:12' }],
    [
      'no series, several fit',
      { number: '12', year: y2025.id },
      { state: 'ambiguous', keys: ['A:12', 'B:12'], documents: 3 },
    ],
    ['no series, the date leaves one', { number: '12', date: '2025-03-04' }, { state: 'known', key: 'B:12' }],
    [
      'a repeated number',
      { series: 'A', number: '14', year: y2025.id },
      { state: 'ambiguous', keys: ['A:14', 'A:14:2'] },
    ],
    [
      'a repeated number, amount leaves one',
      { series: 'A', number: '14', year: y2025.id, amount: 700_00 },
      { key: 'A:14:2' },
    ],
    ['another date', { series: 'A', number: '12', date: '2025-03-02' }, { mismatch: 'date' }],
    [
      'another total',
      { series: 'A', number: '12', date: '2025-03-01', amount: 1200_00 },
      { mismatch: 'amount' },
    ],
    [
      'a row of the voucher',
      { series: 'A', number: '12', date: '2025-03-01', amount: -1200_00, amountIs: 'row' },
      { mismatch: null },
    ],
    [
      'more than the voucher holds',
      { series: 'A', number: '12', date: '2025-03-01', amount: 1300_00, amountIs: 'row' },
      { mismatch: 'amount' },
    ],
    ['no such number', { series: 'A', number: '99', year: y2025.id }, { state: 'unknown', year: y2025.id }],
    ['no such series', { series: 'C', number: '12', year: y2025.id }, { state: 'unknown' }],
    ['differs from Fortnox', { series: 'A', number: '13', year: y2025.id }, { differs: true, documents: 0 }],
    ['known to Fortnox only', { number: '7', year: y2025.id }, { differs: true, key: ':7' }],
  ])('%s', (_, query, expected) => {
    expect(ask(query)).toMatchObject(expected)
  })

  it('says "not synced" of a year without a documents’ index', () => {
    const bare = lookupOf(index(y2025.id, [['A', '1', 1, '2025-01-01', 1, 0, 0]], null))
    const query: RowQuery = {
      series: 'A',
      number: '1',
      date: '2025-01-01',
      amount: null,
      amountIs: 'row',
      year: null,
    }
    expect(matchRow(query, [y2025], () => bare)).toEqual({ state: 'not_synced', year: y2025.id })
  })
})
