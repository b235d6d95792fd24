import { systemClock } from '../../shared/clock.ts'
import { confirmCompany } from '../directory/integrations.ts'
import { signInMember } from '../directory/members.ts'
import type { Integration, Member } from '../directory/types.ts'
import { testEnv } from './env.ts'

/** A member of a firm of its own, as a first sign-in makes it. */
export function newMember(firm: string): Promise<Member> {
  return signInMember(testEnv.DIRECTORY, systemClock, {
    issuer: 'https://identity.test',
    subject: crypto.randomUUID(),
    name: 'Test Person',
    email: 'person@example.com',
    firm: { claim: firm, name: firm },
  })
}

/** The firm's integration with a company that its member has confirmed. */
export function newIntegration(member: Member, company: string): Promise<Integration> {
  return confirmCompany(testEnv.DIRECTORY, systemClock, member, company, `Bolaget ${company}`)
}
