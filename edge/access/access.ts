import { UnderlagError } from '../../shared/errors.ts'
import { findIntegration } from '../directory/integrations.ts'
import { findMember } from '../directory/members.ts'
import type { Integration, Member } from '../directory/types.ts'
import type { Env } from '../env.ts'

/** What a session proves. Put into the session at sign-in; read back by the OAuth provider, never from the request. */
export interface SessionProps {
  member: string
}

/** Who asks, confirmed against the directory. */
export interface Caller {
  member: Member
}

/**
 * The one place that decides access. Every route gets its member and its integration here and nowhere else, so a firm
 * sees its own companies and no handler can forget to ask. (Roles come here: a member may then do less than the firm.)
 */
export function createAccess(env: Env) {
  return {
    /** The member behind a session; `not_signed_in` when there is none any more. */
    async caller(props: unknown): Promise<Caller> {
      const id = (props as Partial<SessionProps> | undefined)?.member
      const member = typeof id === 'string' ? await findMember(env.DIRECTORY, id) : null
      if (!member) throw new UnderlagError('not_signed_in')
      return { member }
    },

    /**
     * The firm's integration with a company. `company_not_confirmed` when the firm has none, whether or not another firm
     * does: nobody learns of other firms' companies.
     */
    async integration(caller: Caller, company: string): Promise<Integration> {
      const integration = await findIntegration(env.DIRECTORY, caller.member.firm, company)
      if (!integration) throw new UnderlagError('company_not_confirmed')
      return integration
    },

    /** The connection that may be asked: `connection_inactive`, or why it is broken. */
    connection(integration: Integration) {
      const { connection } = integration
      if (!connection) throw new UnderlagError('connection_inactive')
      if (connection.state === 'broken') {
        throw new UnderlagError(connection.reason?.code ?? 'connection_broken', connection.reason?.data ?? {})
      }
      return connection
    },
  }
}

export type Access = ReturnType<typeof createAccess>

/** What the request's session proves, put beside the request by the OAuth provider. */
export function sessionProps(context: object): unknown {
  return (context as { props?: unknown }).props
}
