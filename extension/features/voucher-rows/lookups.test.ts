import { describe, expect, it } from 'vitest'
import { queryOf, yearNamed } from './lookups.ts'

const calendar = { id: '2024-01-01_2024-12-31', from: '2024-01-01', to: '2024-12-31' }
const broken = { id: '2023-07-01_2024-06-30', from: '2023-07-01', to: '2024-06-30' }
const row = { series: 'A', number: '1', year: null, date: null, amount: null, amountIs: 'row' as const }

describe('the year that a row asks for', () => {
  it('is named by "A 123/2024" when that is a fiscal year', () => {
    expect(yearNamed(2024, [calendar])).toBe(calendar.id)
    expect(yearNamed(2024, [broken])).toBeNull()
    expect(yearNamed(2022, [calendar])).toBe('2022-01-01_2022-12-31')
  })

  it('is the page’s only when the row has no date', () => {
    expect(queryOf(row, [], broken.id).year).toBe(broken.id)
    expect(queryOf({ ...row, date: '2024-02-01' }, [], broken.id).year).toBeNull()
    expect(queryOf({ ...row, year: 2024, date: '2024-02-01' }, [calendar], broken.id).year).toBe(calendar.id)
  })
})
