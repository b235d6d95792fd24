import type { Clock } from '../../shared/clock.ts'
import { UnderlagError, type WireError } from '../../shared/errors.ts'
import { formatOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import { connect, integrationById, tenantInUse } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import { exchangeCode, revoke } from '../fortnox/authorise.ts'
import { type Link, useLink } from './links.ts'

/**
 * Fortnox' code becomes a connection: tokens for the right company go to its gateway, the integration is active, the link
 * is spent, in that order, so that a crash leaves a link that can be used again.
 *
 * The company is known by its organisation number alone: names are written in many ways, and two companies may share one.
 *
 * @throws `wrong_company` when another company approved, `company_without_number` when Fortnox has no number that can be
 * read. Its tokens are revoked then, unless a firm already uses that connection, which one service account shares (Fortnox
 * has one per client id and customer).
 */
export async function approve(env: Env, clock: Clock, link: Link, code: string): Promise<void> {
  const integration = (await integrationById(env.DIRECTORY, link.integration))!
  const { company, tokens } = await exchangeCode(env, code)
  if (company.organisationNumber !== integration.company) {
    if (!(await tenantInUse(env.DIRECTORY, company.tenant))) await revoke(env, tokens)
    if (company.organisationNumber === null) throw new UnderlagError('company_without_number')
    throw new UnderlagError('wrong_company', {
      expected: `${integration.name} (${formatOrganisationNumber(integration.company)})`,
      actual: `${company.name} (${formatOrganisationNumber(company.organisationNumber)})`,
    })
  }
  await env.GATEWAY.getByName(String(company.tenant)).adopt(company.tenant, tokens)
  const left = await connect(env.DIRECTORY, clock, integration.id, company)
  await useLink(env, clock, link.id)
  for (const tenant of left) {
    await env.GATEWAY.getByName(String(tenant))
      .forget(tenant)
      .catch((error: unknown) => console.error('forget', error))
  }
}

/** What the firm may know of a refusal: which other company somebody chose is not its business. */
export function refusalForFirm({ code, data }: WireError): WireError {
  const { actual: _, ...own } = data
  return { code, data: own }
}
