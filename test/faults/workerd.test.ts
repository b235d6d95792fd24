import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differences, type Kept } from './ledger.ts'
import { type Event, planOf } from './plans.ts'
import { approve, type Edge, type Edges, startEdges } from './workerd/workerd.ts'

/** Twenty times as fast as real: Fortnox' 5 s are 250 ms, and a hang of a minute is 3 s. */
const speed = 20
const plans = 20
/** Seeds other than those in virtual time, so that these try something else. */
const seedOf = (plan: number) => 5_000 + plan
const hour = 3_600_000

interface Sent extends Omit<Kept, 'vouchers'> {
  vouchers: [string, string][]
}

let edges: Edges
let spare: Edge[]
beforeAll(async () => {
  const books = Array.from({ length: plans }, (_, i) => ({ vouchers: i % 5 === 0 ? 640 : 70 }))
  edges = await startEdges([...books, ...Array.from({ length: 5 }, () => ({ vouchers: 60 }))], speed)
  spare = edges.edges.slice(plans)
}, 120_000)
afterAll(() => edges?.close())

async function sync(edge: Edge): Promise<Kept | string> {
  const said = await edge.call<Sent>('sync', { year: edge.year })
  return 'error' in said ? said.error.code : { ...said.value, vouchers: new Map(said.value.vouchers) }
}

async function given<T>(answer: Promise<{ value: T } | { error: { code: string } }>): Promise<T> {
  const said = await answer
  if ('error' in said) throw new Error(said.error.code)
  return said.value
}

async function happen({ running: { sandbox }, tenant, call }: Edge, event: Event | null): Promise<void> {
  switch (event) {
    case 'evict':
      await call('evict')
      break
    case 'copy-only':
      await call('loseStorage')
      break
    case 'hour':
      sandbox.clock.move(hour)
      break
    case 'end-tokens':
      sandbox.endTokens(tenant, { access: true, refresh: false })
  }
}

/** Runs a plan; what is wrong after it, in words. */
async function run(edge: Edge, seed: number): Promise<string[]> {
  const { sandbox } = edge.running
  const plan = planOf(seed)
  await approve(edge, plan.account)
  for (const fault of plan.faults) sandbox.addFault(fault)
  for (const event of plan.syncs) {
    await happen(edge, event)
    await sync(edge)
  }
  sandbox.clearFaults()
  let kept = await sync(edge)
  // A connection that is gone says so, and one new approval mends it.
  if (kept === 'consent_revoked') {
    await approve(edge, plan.account)
    kept = await sync(edge)
  }
  const { busiest, acting } = sandbox.counts()
  return [
    ...(typeof kept === 'string'
      ? [`the sync after the faults: ${kept}`]
      : differences(kept, sandbox.truth())),
    ...(busiest > 25 ? [`${busiest} requests in 5 s`] : []),
    ...Object.keys(acting),
  ]
}

test(`${plans} random fault plans over HTTP in workerd: one sync after them gives exactly the books`, async () => {
  const outcomes = await Promise.all(
    edges.edges.slice(0, plans).map(async (edge, i) => {
      const wrong = await run(edge, seedOf(i)).catch((error: unknown) => [String(error)])
      return { plan: JSON.stringify(planOf(seedOf(i))), wrong }
    }),
  )
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([])
  const struck = edges.edges.flatMap(({ running }) =>
    running.sandbox.log.filter(({ fault }) => fault !== null),
  )
  expect(struck.length, 'faults struck').toBeGreaterThan(plans)
}, 300_000)

describe('the gateway as a Durable Object', () => {
  test('100 parallel calls with an expired token make one token request', async () => {
    const edge = spare[0]!
    const { sandbox } = edge.running
    await approve(edge)
    const { accessToken, expiresIn } = sandbox.tokens(edge.tenant)
    const expired = {
      accessToken,
      refreshToken: null,
      expiresAt: sandbox.clock.now() - 1,
      scope: [],
      account: 'service',
    }
    expect(expiresIn).toBe(3600)
    await edge.call('adopt', { tokens: expired })
    const permits = await given(edge.call<{ versions: number[]; count: number }>('permits', { count: 100 }))
    expect(permits).toEqual({ versions: [3], count: 100 })
    expect(sandbox.counts().grants).toMatchObject({ client_credentials: 1, refresh_token: 0, refused: 0 })
  })

  test('evicted, it goes on with what it stored, and asks for no new token', async () => {
    const edge = spare[1]!
    await approve(edge)
    expect(await sync(edge)).toBeTypeOf('object')
    const before = await given(edge.call('stored'))
    await edge.call('evict')
    expect(await sync(edge)).toBeTypeOf('object')
    expect(await given(edge.call('stored'))).toMatchObject({ token: (before as { token: object }).token })
    const { grants, busiest } = edge.running.sandbox.counts()
    expect(grants).toMatchObject({ client_credentials: 0, refresh_token: 0 })
    expect(busiest).toBeLessThanOrEqual(25)
  })

  test('with empty storage it reads the copy, once, and stores it', async () => {
    const edge = spare[2]!
    await approve(edge)
    await edge.call('loseStorage')
    expect(await given(edge.call('permits', { count: 3 }))).toEqual({ versions: [1], count: 3 })
    const { token } = await given(edge.call<{ token: object }>('stored'))
    expect(JSON.stringify(token)).toBe(await given(edge.call<string>('copied')))
  })

  test('what is stored and copied is ciphertext', async () => {
    const edge = spare[3]!
    const { sandbox } = edge.running
    const { accessToken, refreshToken } = sandbox.tokens(edge.tenant)
    const tokens = {
      accessToken,
      refreshToken,
      expiresAt: sandbox.clock.now() + hour,
      scope: [],
      account: 'service',
    }
    await edge.call('adopt', { tokens })
    for (const place of ['stored', 'copied']) {
      const kept = JSON.stringify(await given(edge.call(place)))
      expect(kept).toContain('sealed')
      expect(kept).not.toContain(accessToken)
      expect(kept).not.toContain(refreshToken)
    }
  })

  test('a removed consent is told by code through the object; a new approval mends it; forgotten, nothing is left', async () => {
    const edge = spare[4]!
    const { sandbox } = edge.running
    await approve(edge)
    sandbox.revokeConsent(edge.tenant)
    expect(await sync(edge)).toBe('consent_revoked')
    const { refused } = sandbox.counts().grants
    await edge.call('evict')
    expect(await sync(edge)).toBe('consent_revoked')
    expect(sandbox.counts().grants.refused).toBe(refused)
    await approve(edge)
    expect(await sync(edge)).toBeTypeOf('object')
    await edge.call('forget')
    expect(await given(edge.call('stored'))).toEqual({})
    expect(await given(edge.call('copied'))).toBeNull()
    expect(await sync(edge)).toBe('connection_inactive')
  })
})
