import { endSession } from '../access/session.ts'
import { createLink, holdingLink, withdrawLinks } from '../consent/links.ts'
import { confirmCompany, disconnect, integrationsOfFirm } from '../directory/integrations.ts'
import { cacheKey, dropCacheKey } from '../directory/members.ts'
import type { Handlers } from './handler.ts'
import { companyState } from './states.ts'

type Names =
  | 'session'
  | 'signOut'
  | 'cacheKey'
  | 'companies'
  | 'company'
  | 'confirmCompany'
  | 'createConsentLink'
  | 'withdrawConsentLink'
  | 'disconnect'

/** Session, companies and their consent links. */
export const companyHandlers: Pick<Handlers, Names> = {
  async session({ caller: { member } }) {
    return {
      member: { id: member.id, name: member.name, email: member.email },
      firm: { id: member.firm, name: member.firmName },
    }
  },

  async signOut({ env, caller, query, request }) {
    if (query.device) await dropCacheKey(env.DIRECTORY, caller.member.id, query.device)
    await endSession(env, caller.member.id, request.headers.get('authorization') ?? '')
    return null
  },

  async cacheKey({ env, clock, caller, params }) {
    return { key: await cacheKey(env.DIRECTORY, clock, caller.member.id, params.device) }
  },

  async companies({ env, clock, caller, ledger }) {
    const integrations = await integrationsOfFirm(env.DIRECTORY, caller.member.firm)
    return Promise.all(
      integrations.map((integration) => companyState(env, clock, ledger(integration.ledger), integration)),
    )
  },

  async company({ env, clock, caller, access, ledger, params }) {
    const integration = await access.integration(caller, params.company)
    return companyState(env, clock, ledger(integration.ledger), integration)
  },

  async confirmCompany({ env, clock, caller, ledger, params, body }) {
    const integration = await confirmCompany(
      env.DIRECTORY,
      clock,
      caller.member,
      params.company,
      body.name.trim(),
    )
    return companyState(env, clock, ledger(integration.ledger), integration)
  },

  async createConsentLink({ env, clock, caller, access, params }) {
    const integration = await access.integration(caller, params.company)
    return (
      (await holdingLink(env, clock, integration.id)) ??
      (await createLink(env, clock, integration.id, caller.member.id))
    )
  },

  async withdrawConsentLink({ env, clock, caller, access, params }) {
    await withdrawLinks(env, clock, (await access.integration(caller, params.company)).id)
    return null
  },

  async disconnect({ env, clock, caller, access, ledger, params }) {
    const integration = await access.integration(caller, params.company)
    // A link that still held would connect again what has just been ended.
    await withdrawLinks(env, clock, integration.id)
    const { stillUsed } = await disconnect(env.DIRECTORY, integration)
    if (integration.connection && !stillUsed) {
      await env.GATEWAY.getByName(String(integration.connection.tenant)).forget(integration.connection.tenant)
    }
    return companyState(
      env,
      clock,
      ledger(integration.ledger),
      await access.integration(caller, params.company),
    )
  },
}
