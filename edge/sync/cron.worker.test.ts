import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectedCompany, runEnded, testBooks, testCompany, testYear } from '../testing/company.ts'
import { testEnv } from '../testing/env.ts'
import { type FortnoxStandIn, standInForFortnox } from '../testing/fortnox.ts'
import { startDueSyncs } from './cron.ts'

let fortnox: FortnoxStandIn

beforeEach(async () => {
  fortnox = standInForFortnox(testBooks)
  await testEnv.DIRECTORY.prepare('UPDATE integration SET due_at = NULL').run()
})
afterEach(() => {
  vi.restoreAllMocks()
})

type Connected = Awaited<ReturnType<typeof connectedCompany>>

async function runsOf({ ledger, integration }: Connected) {
  const runs = await ledger.syncs(integration.id)
  return Promise.all(runs.map(({ id }) => runEnded(ledger, id)))
}

async function dueAt({ integration }: Connected): Promise<number> {
  const row = await testEnv.DIRECTORY.prepare('SELECT due_at FROM integration WHERE id = ?1')
    .bind(integration.id)
    .first<{ due_at: number }>()
  return row!.due_at
}

describe('a tick', () => {
  it('starts each due company once, and puts it off to the next night', async () => {
    const companies = [await connectedCompany(), await connectedCompany()]
    const now = Date.now()
    const ticks = await Promise.all([startDueSyncs(testEnv), startDueSyncs(testEnv)])
    expect(ticks.reduce((sum, { started }) => sum + started, 0)).toBe(2)
    for (const company of companies) {
      expect(await runsOf(company)).toMatchObject([{ state: 'done', by: 'cron', ledger: 'keep' }])
      const hours = ((await dueAt(company)) - now) / 3600_000
      expect(hours).toBeGreaterThan(6)
      expect(hours).toBeLessThan(24)
    }
    expect(await startDueSyncs(testEnv)).toEqual({ started: 0, failed: 0 })
  })

  it('fetches the ledger where it is Fortnox’, never where it came from a file', async () => {
    const [fetched, uploaded] = [await connectedCompany(), await connectedCompany()]
    for (const [{ ledger, integration }, source] of [
      [fetched, 'fortnox'],
      [uploaded, 'sie'],
    ] as const) {
      await ledger.readIn(
        { integration: integration.id, year: testYear },
        {
          source,
          bytes: new Blob([testBooks.sie!.replace('"Te"', '"Gammalt"')]).stream(),
          organisationNumber: testCompany,
          questions: 'accept',
        },
      )
    }
    await startDueSyncs(testEnv)
    expect(await runsOf(fetched)).toMatchObject([{ state: 'done', ledger: 'fetch' }])
    expect(await runsOf(uploaded)).toMatchObject([{ state: 'done', ledger: 'keep' }])
    const text = async ({ ledger, integration }: Connected) =>
      (await ledger.voucher({ integration: integration.id, year: testYear }, 'A:2'))?.text
    expect(await text(fetched)).toBe('Te')
    expect(await text(uploaded)).toBe('Gammalt')
  })

  it('goes on past a company whose connection has ended, and leaves that one alone from then on', async () => {
    const [gone, well] = [await connectedCompany(), await connectedCompany()]
    await testEnv.GATEWAY.getByName(String(gone.tenant)).forget(gone.tenant)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await startDueSyncs(testEnv)).toEqual({ started: 1, failed: 1 })
    expect(await runsOf(well)).toMatchObject([{ state: 'done' }])
    expect(await runsOf(gone)).toEqual([])
    await testEnv.DIRECTORY.prepare('UPDATE integration SET due_at = 1').run()
    expect((await startDueSyncs(testEnv)).failed).toBe(0)
  })

  it('forgets attempts that nobody can come back to', async () => {
    const company = await connectedCompany()
    const link = `INSERT INTO consent_link (id, integration, created_by, created_at, expires_at) VALUES ('l', ?1, ?2, 1, 2)`
    await testEnv.DIRECTORY.prepare(link).bind(company.integration.id, company.member.id).run()
    const attempt = 'INSERT INTO consent_attempt (state, link, created_at) VALUES (?1, ?2, ?3)'
    await testEnv.DIRECTORY.prepare(attempt)
      .bind('old', 'l', Date.now() - 3 * 3600_000)
      .run()
    await testEnv.DIRECTORY.prepare(attempt).bind('new', 'l', Date.now()).run()
    await startDueSyncs(testEnv)
    await runsOf(company)
    const { results } = await testEnv.DIRECTORY.prepare('SELECT state FROM consent_attempt').all()
    expect(results).toEqual([{ state: 'new' }])
    expect(fortnox.asked.length).toBeGreaterThan(0)
  })
})
