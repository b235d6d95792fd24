import { describe, expect, it } from 'vitest'
import { systemClock } from '../../shared/clock.ts'
import { testEnv } from '../testing/env.ts'
import { newIntegration, newMember } from '../testing/people.ts'
import { connect, markBroken, takeDue } from './integrations.ts'

const companies = ['5560360793', '5560125790', '5564308142', '5562656859', '5590671573'] as const
const now = 1_000_000
const later = 2_000_000

/** Five connected companies of one firm, waiting since 5, 4, 3, 2 and 1. */
async function waiting(): Promise<string[]> {
  const member = await newMember(crypto.randomUUID())
  const ids: string[] = []
  for (const [index, company] of companies.entries()) {
    const { id } = await newIntegration(member, company)
    const tenant = index + 1
    await connect(testEnv.DIRECTORY, systemClock, id, { tenant, organisationNumber: company, name: company })
    await testEnv.DIRECTORY.prepare('UPDATE integration SET due_at = ?2 WHERE id = ?1')
      .bind(id, companies.length - index)
      .run()
    ids.push(id)
  }
  return ids
}

describe('takeDue', () => {
  it('gives the longest waiting first, each once, and never one whose connection is broken', async () => {
    const ids = await waiting()
    await markBroken(testEnv.DIRECTORY, 3, { code: 'consent_revoked', data: {} })
    const take = async () => (await takeDue(testEnv.DIRECTORY, now, later, 2)).map(({ id }) => id).sort()
    expect(await take()).toEqual([ids[4]!, ids[3]!].sort())
    expect(await take()).toEqual([ids[1]!, ids[0]!].sort())
    expect(await take()).toEqual([])
    const next = await takeDue(testEnv.DIRECTORY, later, later + 1, 10)
    expect(next.map(({ id }) => id).sort()).toEqual([ids[0], ids[1], ids[3], ids[4]].sort())
  })

  it('gives two ticks at once nothing twice', async () => {
    await testEnv.DIRECTORY.prepare('UPDATE integration SET due_at = NULL').run()
    await waiting()
    const ticks = await Promise.all([1, 2, 3].map(() => takeDue(testEnv.DIRECTORY, now, later, 3)))
    const taken = ticks.flat().map(({ id }) => id)
    expect(taken).toHaveLength(companies.length)
    expect(new Set(taken).size).toBe(taken.length)
  })
})
