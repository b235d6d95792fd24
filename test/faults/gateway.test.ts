import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Permit } from '../../edge/fortnox/gateway-core.ts'
import { toWireError } from '../../shared/errors.ts'
import { approvedBench, Bench } from './bench.ts'

afterEach(() => vi.restoreAllMocks())

const hour = 3_600_000

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => toWireError(error).code,
  )

/** Asks for a permit and gives it back; what it said. */
async function ask(bench: Bench): Promise<Permit> {
  const permit = await bench.clock.run(bench.core.permit(bench.tenant, 'person'))
  await bench.core.giveBack(permit.id)
  return permit
}

describe('renewal', () => {
  for (const account of ['service', 'user'] as const) {
    test(`100 parallel calls with an expired token make one token request (${account})`, async () => {
      const bench = await approvedBench({ account })
      await bench.clock.advance(2 * hour)
      const { permits } = await bench.clock.run(
        Promise.all(
          Array.from({ length: 100 }, async () => {
            const permit = await bench.core.permit(bench.tenant, 'background')
            await bench.core.answered(permit.id)
            return permit
          }),
        ).then((permits) => ({ permits })),
      )
      const { grants } = bench.sandbox.counts()
      expect(grants.client_credentials + grants.refresh_token).toBe(1)
      expect(grants.refused).toBe(0)
      expect(new Set(permits.map(({ accessToken }) => accessToken)).size).toBe(1)
    })
  }

  test('a new token is stored, encrypted, before anybody gets it; the copy comes after', async () => {
    const bench = await approvedBench()
    await bench.clock.advance(2 * hour)
    const order: string[] = []
    const { write } = bench.store
    bench.store.write = async (change) => {
      if (change.token) {
        await bench.clock.sleep(3_000)
        order.push('stored')
      }
      await write(change)
    }
    const { write: copy } = bench.copy
    bench.copy.write = async (tenant, token) => {
      order.push('copied')
      await copy(tenant, token)
    }
    const permit = await ask(bench).then((given) => {
      order.push('given')
      return given
    })
    expect(order).toEqual(['stored', 'copied', 'given'])
    expect(JSON.stringify(bench.store.state)).not.toContain(permit.accessToken)
    expect(JSON.stringify([...bench.copy.tokens])).not.toContain(permit.accessToken)
  })

  test('a token that could not be stored is not used; a copy that could not be written does no harm', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const bench = await approvedBench()
    await bench.clock.advance(2 * hour)
    const { write } = bench.store
    bench.store.write = async (change) => {
      if (change.token) throw new Error('disk')
      await write(change)
    }
    await expect(bench.clock.run(bench.core.permit(bench.tenant, 'person'))).rejects.toThrow('disk')
    bench.store.write = write
    bench.copy.write = async () => Promise.reject(new Error('KV'))
    expect((await ask(bench)).version).toBe(2)
  })

  test('a token that ends while its bearer waits for a slot is renewed first', async () => {
    const bench = await approvedBench()
    await bench.clock.advance(hour - 62_000)
    const held = await bench.clock.run(
      Promise.all(Array.from({ length: 24 }, () => bench.core.permit(bench.tenant, 'background'))),
    )
    const late = bench.core.permit(bench.tenant, 'background')
    await bench.clock.advance(4_000)
    await bench.core.answered(held[0]!.id)
    const permit = await bench.clock.run(late)
    expect(permit.version).toBe(2)
  })

  test('a 401 renews once, however many report it', async () => {
    const bench = await approvedBench()
    const { version } = await ask(bench)
    await bench.clock.run(
      Promise.all(Array.from({ length: 30 }, () => bench.core.refused(bench.tenant, version))),
    )
    await bench.clock.run(bench.core.refused(bench.tenant, version))
    expect(bench.sandbox.counts().grants.client_credentials).toBe(1)
  })

  test('an unreachable token endpoint is said after its patience, and breaks nothing', async () => {
    const bench = await approvedBench()
    await bench.clock.advance(2 * hour)
    bench.sandbox.addFault({ kind: 'hang', path: '/oauth-v1/token', times: 1 })
    const began = bench.clock.now()
    expect(await codeOf(ask(bench))).toBe('fortnox_unreachable')
    expect(bench.clock.now() - began).toBe(20_000)
    expect(await bench.core.broken()).toBeNull()
    expect((await ask(bench)).version).toBe(2)
  })

  test('on invalid_grant the store is read again before the connection is given up', async () => {
    const bench = await approvedBench({ account: 'user' })
    const stale = bench.core
    await bench.clock.run(stale.permit(bench.tenant, 'person'))
    await bench.clock.advance(2 * hour)
    bench.evict()
    const fresh = await ask(bench)
    bench.core = stale
    const again = await ask(bench)
    expect(again.accessToken).toBe(fresh.accessToken)
    expect(await bench.core.broken()).toBeNull()
    expect(bench.sandbox.counts().grants).toMatchObject({ refresh_token: 1, refused: 1 })
  })
})

describe('broken', () => {
  test('a removed consent ends in a reason that survives eviction; nobody asks Fortnox again', async () => {
    const bench = await approvedBench()
    bench.sandbox.revokeConsent(bench.tenant)
    await bench.clock.advance(2 * hour)
    expect(await codeOf(ask(bench))).toBe('consent_revoked')
    const { refused } = bench.sandbox.counts().grants
    expect(refused).toBeLessThanOrEqual(2)
    bench.evict()
    for (let i = 0; i < 50; i++) expect(await codeOf(ask(bench))).toBe('consent_revoked')
    expect(await bench.syncOnce()).toBe('consent_revoked')
    expect(bench.sandbox.counts().grants.refused).toBe(refused)
    expect(await bench.core.broken()).toEqual({ code: 'consent_revoked', data: {} })
  })

  test('a new approval mends it', async () => {
    const bench = await approvedBench()
    bench.sandbox.revokeConsent(bench.tenant)
    await bench.clock.advance(2 * hour)
    expect(await bench.syncOnce()).toBe('consent_revoked')
    await bench.approve()
    expect(await bench.core.broken()).toBeNull()
    expect(await bench.syncOnce()).toBeNull()
  })

  test('whoever waits for a slot when it breaks is told at once', async () => {
    const bench = await approvedBench()
    const first = await bench.clock.run(bench.core.permit(bench.tenant, 'person'))
    await bench.clock.run(
      Promise.all(Array.from({ length: 23 }, () => bench.core.permit(bench.tenant, 'person'))),
    )
    const waiting = codeOf(bench.core.permit(bench.tenant, 'background'))
    bench.sandbox.revokeConsent(bench.tenant)
    const began = bench.clock.now()
    await codeOf(bench.clock.run(bench.core.refused(bench.tenant, first.version)))
    expect(await bench.clock.run(waiting)).toBe('consent_revoked')
    expect(bench.clock.now()).toBe(began)
  })

  for (const missingConsent of ['invalid_grant', 'invalid_client', 'invalid_request'] as const) {
    for (const serviceRefreshToken of [true, false]) {
      test(`consent gone is told as such: ${missingConsent}, refresh token ${serviceRefreshToken}`, async () => {
        const bench = await approvedBench({ settings: { missingConsent, serviceRefreshToken } })
        bench.sandbox.revokeConsent(bench.tenant)
        expect(await bench.syncOnce()).toBe('consent_revoked')
      })
    }
  }

  test('our own wrong secret is not the connection’s fault', async () => {
    const bench = new Bench({ vouchers: 60, client: { secret: 'another' } })
    await bench.approve()
    await bench.clock.advance(2 * hour)
    await expect(bench.clock.run(bench.core.permit(bench.tenant, 'person'))).rejects.toThrow(
      'client id or secret',
    )
    expect(await bench.core.broken()).toBeNull()
  })

  for (const lapsedAppLicence of ['endpoints', 'token'] as const) {
    test(`an integration licence that lapsed is named (${lapsedAppLicence})`, async () => {
      const bench = await approvedBench({ settings: { lapsedAppLicence } })
      await bench.clock.advance(2 * hour)
      bench.sandbox.setLicence(bench.tenant, 'integration', false)
      expect(await bench.syncOnce()).toBe('missing_integration_licence')
    })
  }

  test('Fortnox that refuses every token is left alone after some tries', async () => {
    const bench = await approvedBench()
    bench.sandbox.addFault({ kind: 'unauthorized', path: '/3/**' })
    expect(await bench.syncOnce()).toBe('fortnox_unreachable')
    expect(bench.sandbox.counts().grants.client_credentials).toBeLessThanOrEqual(10)
    expect(bench.sandbox.counts().total).toBeLessThanOrEqual(10)
  })
})

describe('between lives', () => {
  test('the copy serves when storage is empty, and is gone when the tenant is forgotten', async () => {
    const bench = await approvedBench()
    await bench.store.clear()
    bench.evict()
    expect((await ask(bench)).version).toBe(1)
    expect(bench.store.state.token?.version).toBe(1)
    const { refreshToken } = bench.consent()
    await bench.clock.run(bench.core.forget(bench.tenant))
    expect(bench.copy.tokens.size).toBe(0)
    expect(bench.store.state.token).toBeNull()
    expect(await codeOf(ask(bench))).toBe('connection_inactive')
    expect(refreshToken).not.toBeNull()
  })

  test('a copy older than the storage is never read', async () => {
    const bench = await approvedBench()
    const old = bench.copy.tokens.get(bench.tenant)!
    await bench.clock.advance(2 * hour)
    await ask(bench)
    bench.copy.tokens.set(bench.tenant, old)
    bench.evict()
    expect((await ask(bench)).version).toBe(2)
  })

  test('evicted again and again, it still never asks more than 25 times in 5 s', async () => {
    const bench = await approvedBench({ vouchers: 60 })
    const end = bench.clock.now() + 60_000
    let asked = 0
    const asking = Array.from({ length: 40 }, async () => {
      while (bench.clock.now() < end) {
        const core = bench.core
        const permit = await core.permit(bench.tenant, 'background')
        // What an object was asked before its end, it never answers.
        if (bench.core !== core) continue
        await bench.fetch('https://api.fortnox.se/3/companyinformation', {
          headers: { authorization: `Bearer ${permit.accessToken}` },
        })
        asked++
        await core.answered(permit.id)
      }
    })
    const evicting = (async () => {
      while (bench.clock.now() < end) {
        await bench.clock.sleep(700 + bench.clock.random() * 9_000)
        bench.evict()
      }
    })()
    await bench.clock.run(Promise.all([...asking, evicting]))
    expect(bench.sandbox.counts().busiest).toBeLessThanOrEqual(25)
    expect(asked).toBeGreaterThan(40)
  })
})
