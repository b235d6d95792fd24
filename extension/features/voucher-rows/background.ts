import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { answer } from '../../lib/answer.ts'
import { edge } from '../../lib/edge.ts'
import type { RowAnswers, RowQuery } from '../../lib/protocol.ts'
import { keepCompany, knownCompany } from '../company/known.ts'
import { knownIndex, knownYears } from '../documents/index.ts'
import { type Lookup, lookupOf, matchRow, yearOfRow } from './match.ts'

const most = 500

/** Answers what is known of the rows that a page shows, from the indexes that this device keeps. */
export function registerRows(): void {
  answer('lookUpRows', 'page', async ({ company, rows }): Promise<RowAnswers> => {
    if (rows.length > most) throw new UnderlagError('too_large')
    const state = await companyState(company)
    if (state === null || state === 'inactive' || state === 'pending') {
      return { rows: null, connection: 'active', asOf: null }
    }
    return lookUp(company, rows, state)
  })
}

async function companyState(company: string) {
  const known = await knownCompany(company)
  if (known) return known.state
  try {
    const state = await edge.json('company', { params: { company } })
    await keepCompany(state)
    return state.state
  } catch (error) {
    if (error instanceof UnderlagError && error.code === 'company_not_confirmed') return null
    throw error
  }
}

async function lookUp(
  company: string,
  rows: readonly RowQuery[],
  state: 'active' | 'broken',
): Promise<RowAnswers> {
  const years = await knownYears(company)
  const asked = new Set<FiscalYearId>()
  for (const row of rows) {
    const year = yearOfRow(row, years)
    if (typeof year === 'object') asked.add(year.id)
  }
  const lookups = new Map<FiscalYearId, Lookup>()
  let isOffline = false
  let asOf: number | null = null
  await Promise.all(
    [...asked].map(async (year) => {
      const { index, offline } = await knownIndex(company, year)
      isOffline ||= offline
      if (!index) return
      lookups.set(year, lookupOf(index))
      if (index.documentsAt !== null) asOf = Math.min(asOf ?? index.documentsAt, index.documentsAt)
    }),
  )
  return {
    rows: rows.map((row) => matchRow(row, years, (year) => lookups.get(year) ?? null)),
    connection: state === 'broken' ? 'broken' : isOffline ? 'offline' : 'active',
    asOf,
  }
}
