import type { Clock } from '../../shared/clock.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { formatOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import { connect, integrationById, tenantInUse } from '../directory/integrations.ts'
import type { Env } from '../env.ts'
import { exchangeCode, revoke } from '../fortnox/authorise.ts'
import { type Link, useLink } from './links.ts'

/**
 * Fortnox' code becomes a connection: tokens for the right company go to its gateway, the integration is active, the link
 * is spent, in that order, so that a crash leaves a link that can be used again.
 *
 * @throws `wrong_company` when another company approved; its tokens are revoked unless a firm already uses that
 * connection, which one service account shares (Fortnox has one per client id and customer).
 */
export async function approve(env: Env, clock: Clock, link: Link, code: string): Promise<void> {
  const integration = (await integrationById(env.DIRECTORY, link.integration))!
  const { company, tokens } = await exchangeCode(env, code)
  if (company.organisationNumber !== integration.company) {
    if (!(await tenantInUse(env.DIRECTORY, company.tenant))) await revoke(env, tokens)
    throw new UnderlagError('wrong_company', {
      expected: `${integration.name} (${formatOrganisationNumber(integration.company)})`,
      actual: company.organisationNumber
        ? `${company.name} (${formatOrganisationNumber(company.organisationNumber)})`
        : company.name,
    })
  }
  await env.GATEWAY.getByName(String(company.tenant)).adopt(company.tenant, tokens)
  await connect(env.DIRECTORY, clock, integration.id, company)
  await useLink(env, clock, link.id)
}
