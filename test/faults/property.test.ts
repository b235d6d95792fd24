import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { approvedBench, type Bench } from './bench.ts'
import { differences } from './ledger.ts'
import { type Event, planOf } from './plans.ts'

const plans = 1000
const parts = Math.max(4, availableParallelism())

async function happen(bench: Bench, event: Event | null): Promise<void> {
  switch (event) {
    case 'evict':
      return bench.evict()
    case 'hour':
      return bench.clock.advance(3_700_000)
    case 'end-tokens':
      return bench.sandbox.endTokens(bench.tenant, { access: true, refresh: false })
    case 'copy-only':
      await bench.store.clear()
      return bench.evict()
    case null:
  }
}

/** Runs a plan; what is wrong after it, in words. */
async function run(seed: number): Promise<string[]> {
  const plan = planOf(seed)
  // Some books fill several pages of a list, so that pages can repeat and move.
  const bench = await approvedBench({ seed, vouchers: seed % 10 === 0 ? 640 : 70, account: plan.account })
  const wrong: string[] = []
  for (const fault of plan.faults) bench.sandbox.addFault(fault)
  for (const event of plan.syncs) {
    await happen(bench, event)
    const before = bench.kept
    const code = await bench.syncOnce()
    if (code !== null && bench.kept !== before) wrong.push(`changed by a sync that ended with ${code}`)
  }
  bench.sandbox.clearFaults()
  // A connection that is gone says so, and one new approval mends it.
  if ((await bench.core.broken()) !== null) await bench.approve()
  let code = await bench.syncOnce()
  // A refresh token that Fortnox used up in an answer that was lost is gone; a service account has none to lose.
  if (code === 'consent_revoked' && plan.account === 'user') {
    await bench.approve()
    code = await bench.syncOnce()
  }
  if (code !== null) wrong.push(`the sync after the faults: ${code}`)
  else wrong.push(...differences(bench.kept!, bench.sandbox.truth(bench.tenant)))
  const { busiest, acting } = bench.sandbox.counts()
  if (busiest > 25) wrong.push(`${busiest} requests in 5 s`)
  if (Object.keys(acting).length > 0) wrong.push(`acting: ${JSON.stringify(acting)}`)
  return wrong
}

describe(`${plans} random fault plans: one sync after the faults gives exactly the books`, () => {
  test.each(Array.from({ length: parts }, (_, i) => i))(
    'part %i',
    async (part) => {
      for (let seed = part + 1; seed <= plans; seed += parts) {
        expect(await run(seed).catch(String), `plan ${seed}: ${JSON.stringify(planOf(seed))}`).toEqual([])
      }
    },
    180_000,
  )
})
