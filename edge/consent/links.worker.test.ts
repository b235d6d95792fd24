import { describe, expect, it } from 'vitest'
import type { Clock } from '../../shared/clock.ts'
import { systemClock } from '../../shared/clock.ts'
import { testEnv } from '../testing/env.ts'
import { newIntegration, newMember } from '../testing/people.ts'
import {
  attemptLife,
  beginAttempt,
  createLink,
  endAttempt,
  holdingLink,
  lastRefusal,
  linkLife,
  linkOfToken,
  linkProblem,
  openAttempt,
  useLink,
  withdrawLinks,
} from './links.ts'

const start = Date.UTC(2026, 0, 1)
/** The system's clock, held still at `now`. */
const at = (now: number): Clock => ({ ...systemClock, now: () => now })

async function newLink(company = '5560360793') {
  const member = await newMember(crypto.randomUUID())
  const integration = (await newIntegration(member, company)).id
  const { url, expiresAt } = await createLink(testEnv, at(start), integration, member.id)
  const token = new URL(url).pathname.split('/').pop()!
  return { integration, url, expiresAt, token, link: (await linkOfToken(testEnv, token))! }
}

describe('tokens', () => {
  it('are derived: the database holds none of their secret half', async () => {
    const { token, link } = await newLink()
    const [id, secret] = token.split('.')
    expect(link.id).toBe(id)
    const { results } = await testEnv.DIRECTORY.prepare('SELECT * FROM consent_link').all()
    expect(JSON.stringify(results)).toContain(id)
    expect(JSON.stringify(results)).not.toContain(secret)
  })

  it('hold only whole, with this secret, for this link', async () => {
    const [{ token }, other] = [await newLink(), await newLink()]
    const [id, secret] = token.split('.')
    const forged = [
      id!,
      `${id}.`,
      `${token}.more`,
      `.${secret}`,
      `${other.link.id}.${secret}`,
      `${id}.${secret!.slice(1)}`,
      '',
    ]
    for (const text of forged) expect(await linkOfToken(testEnv, text)).toBeNull()
    const rotated = { ...testEnv, LINK_SECRET: 'C'.repeat(43) }
    expect(await linkOfToken(rotated, token)).toBeNull()
  })
})

describe('lifetimes', () => {
  it('a link holds for its time, and is the same until then', async () => {
    const { integration, url, expiresAt, link } = await newLink()
    expect(expiresAt).toBe(start + linkLife)
    expect(await holdingLink(testEnv, at(expiresAt - 1), integration)).toEqual({ url, expiresAt })
    expect(linkProblem(link, expiresAt - 1)).toBeNull()
    expect(await holdingLink(testEnv, at(expiresAt), integration)).toBeNull()
    expect(linkProblem(link, expiresAt)).toBe('consent_link_expired')
  })

  it('withdrawn and used links say so, a used one whatever came after', async () => {
    const withdrawn = await newLink()
    await withdrawLinks(testEnv, at(start + 1), withdrawn.integration)
    expect(linkProblem(await linkOfToken(testEnv, withdrawn.token), start + 2)).toBe('consent_link_withdrawn')
    const used = await newLink()
    await useLink(testEnv, at(start + 1), used.link.id)
    await withdrawLinks(testEnv, at(start + 2), used.integration)
    expect(linkProblem(await linkOfToken(testEnv, used.token), start + linkLife)).toBe('consent_link_used')
    expect(linkProblem(null, start)).toBe('consent_link_unknown')
  })
})

describe('attempts', () => {
  it('are found by their state for an hour, and end once', async () => {
    const { link } = await newLink()
    const state = await beginAttempt(testEnv, at(start), link.id)
    expect(await openAttempt(testEnv, at(start + attemptLife - 1), state)).toEqual(link)
    expect(await openAttempt(testEnv, at(start + attemptLife), state)).toBeNull()
    expect(await openAttempt(testEnv, at(start), `${state}x`)).toBeNull()
    const refusal = { code: 'consent_denied' as const, data: {} }
    expect(await endAttempt(testEnv, at(start + 5), state, refusal)).toBe(true)
    expect(await endAttempt(testEnv, at(start + 6), state, null)).toBe(false)
    expect(await openAttempt(testEnv, at(start + 7), state)).toBeNull()
    expect(await lastRefusal(testEnv, link.id, start)).toEqual(refusal)
    expect(await lastRefusal(testEnv, link.id, start + 5)).toBeNull()
  })

  it('keep no state that could be sent back', async () => {
    const { link } = await newLink()
    const state = await beginAttempt(testEnv, at(start), link.id)
    const { results } = await testEnv.DIRECTORY.prepare('SELECT * FROM consent_attempt').all()
    expect(JSON.stringify(results)).not.toContain(state)
  })
})
