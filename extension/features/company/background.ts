import { UnderlagError } from '../../../shared/errors.ts'
import { answer } from '../../lib/answer.ts'
import { edge } from '../../lib/edge.ts'
import { tellPages } from '../site-access/tell.ts'
import { forgetCompanies, keepCompany } from './known.ts'

/** Companies, the consent link, and syncs: calls of the edge, one to one. What they tell of a company is kept. */
export function registerCompany(): void {
  answer('companies', 'page', async () => {
    const companies = await edge.json('companies')
    await Promise.all(companies.map(keepCompany))
    return companies
  })

  answer('company', 'page', async ({ company }) => {
    try {
      const state = await edge.json('company', { params: { company } })
      if (await keepCompany(state)) await tellPages({ type: 'company', company })
      return state
    } catch (error) {
      if (!(error instanceof UnderlagError) || error.code !== 'company_not_confirmed') throw error
      await forgetCompanies(company)
      return null
    }
  })

  answer('confirmCompany', 'page', async ({ company, name }) => {
    const state = await edge.json('confirmCompany', { params: { company }, body: { name } })
    await keepCompany(state)
    return state
  })

  answer('createConsentLink', 'page', ({ company }) =>
    edge.json('createConsentLink', { params: { company } }),
  )

  answer('withdrawConsentLink', 'page', ({ company }) =>
    edge.json('withdrawConsentLink', { params: { company } }),
  )

  answer('disconnect', 'extension', async ({ company }) => {
    const state = await edge.json('disconnect', { params: { company } })
    if (await keepCompany(state)) await tellPages({ type: 'company', company })
    return state
  })

  answer('startSync', 'page', ({ company, years }) =>
    edge.json('startSync', { params: { company }, body: { years } }),
  )

  answer('sync', 'page', ({ company, sync }) => edge.json('sync', { params: { company, sync } }))
}
