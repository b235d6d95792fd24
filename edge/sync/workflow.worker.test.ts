import { introspectWorkflow } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { disconnect, integrationById } from '../directory/integrations.ts'
import { connectedCompany, runEnded, testBooks, testCompany, testYear } from '../testing/company.ts'
import { testEnv } from '../testing/env.ts'
import { type FortnoxStandIn, standInForFortnox } from '../testing/fortnox.ts'
import { startSync } from './start.ts'

let fortnox: FortnoxStandIn
let instances: Awaited<ReturnType<typeof introspectWorkflow>>

beforeEach(async () => {
  fortnox = standInForFortnox(testBooks)
  instances = await introspectWorkflow(testEnv.SYNC as unknown as Workflow)
  await instances.modifyAll((all) => all.disableRetryDelays())
})
afterEach(async () => {
  vi.restoreAllMocks()
  await instances.dispose()
})

type Connected = Awaited<ReturnType<typeof connectedCompany>>

async function synced({ ledger, integration }: Connected, mode: 'fetch' | 'keep' = 'fetch', year = testYear) {
  const run = await startSync(testEnv, ledger, integration, year, mode, 'member')
  return runEnded(ledger, run!.id)
}

async function connectionOf({ integration }: Connected) {
  return (await integrationById(testEnv.DIRECTORY, integration.id))!.connection!
}

describe('a sync', () => {
  it('brings ledger and documents, and says what changed', async () => {
    const company = await connectedCompany()
    expect(await synced(company)).toMatchObject({
      state: 'done',
      phase: 'done',
      error: null,
      changed: { vouchers: 2, documents: 1 },
    })
    const key = { integration: company.integration.id, year: testYear }
    expect(await company.ledger.year(key)).toMatchObject({
      source: 'fortnox',
      counts: { vouchers: 2, documents: 1 },
      fortnoxYear: 7,
    })
    expect(await synced(company)).toMatchObject({ state: 'done', changed: { vouchers: 0, documents: 0 } })
  })

  it('of documents only asks for no ledger, and leaves the one that came from a file', async () => {
    const company = await connectedCompany()
    const key = { integration: company.integration.id, year: testYear }
    await company.ledger.readIn(key, {
      source: 'sie',
      bytes: new Blob([testBooks.sie!.replace('"Te"', '"Ur filen"')]).stream(),
      organisationNumber: testCompany,
      questions: 'accept',
    })
    expect(await synced(company, 'keep')).toMatchObject({ state: 'done', changed: { documents: 1 } })
    expect(fortnox.asked.some((asked) => asked.includes('/3/sie/'))).toBe(false)
    expect(await company.ledger.year(key)).toMatchObject({ source: 'sie', counts: { documents: 1 } })
    expect((await company.ledger.voucher(key, 'A:2'))?.text).toBe('Ur filen')
    // A member's "overwrite": the source is Fortnox from then on.
    await synced(company, 'fetch')
    expect((await company.ledger.year(key))?.source).toBe('fortnox')
    expect((await company.ledger.voucher(key, 'A:2'))?.text).toBe('Te')
  })

  it('names the modules that a licence hides', async () => {
    const company = await connectedCompany()
    const ask = vi.mocked(globalThis.fetch).getMockImplementation()!
    vi.mocked(globalThis.fetch).mockImplementation((input, init) =>
      new URL(String(input)).pathname === '/3/supplierinvoices'
        ? Promise.resolve(
            Response.json(
              { ErrorInformation: { error: 1, message: 'Saknar licens', code: 2001101 } },
              { status: 403 },
            ),
          )
        : ask(input, init),
    )
    await synced(company)
    expect((await connectionOf(company)).missing.map(({ part }) => part)).toEqual(['supplier'])
    vi.mocked(globalThis.fetch).mockImplementation(ask)
    await synced(company)
    expect((await connectionOf(company)).missing).toEqual([])
  })

  it('of a year that Fortnox lacks says so, at the first try', async () => {
    const company = await connectedCompany()
    const ended = await synced(company, 'fetch', '2019-01-01_2019-12-31')
    expect(ended).toMatchObject({
      state: 'failed',
      error: { code: 'fortnox_year_missing', data: { from: '2019-01-01', to: '2019-12-31' } },
    })
    expect(fortnox.asked.filter((asked) => asked.includes('financialyears'))).toHaveLength(1)
    expect((await connectionOf(company)).state).toBe('active')
  })

  it('of a ledger that did not come whole keeps the old one', async () => {
    const company = await connectedCompany()
    await synced(company)
    const before = await company.ledger.year({ integration: company.integration.id, year: testYear })
    fortnox.answers.sie = testBooks.sie!.replace('"Te"', '"Nytt"')
    fortnox.answers.vouchers = [...testBooks.vouchers!, { ...testBooks.vouchers![1], VoucherNumber: 3 }]
    const ended = await synced(company)
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'ledger_incomplete' } })
    const after = await company.ledger.year({ integration: company.integration.id, year: testYear })
    expect(after?.version).toBe(before?.version)
  })
})

describe('a connection that has ended', () => {
  it.each([
    ['invalid_grant', 'consent_revoked'],
    ['error_missing_app_license', 'missing_integration_licence'],
    ['error_missing_license', 'missing_bookkeeping'],
  ] as const)('by %s shows as broken, with %s, for every firm on it', async (refusal, code) => {
    const company = await connectedCompany()
    const other = await connectedCompany()
    await testEnv.DIRECTORY.prepare('UPDATE integration SET connection = ?2 WHERE id = ?1')
      .bind(other.integration.id, company.tenant)
      .run()
    fortnox.answers.status = 401
    fortnox.answers.refusal = refusal
    expect(await synced(company)).toMatchObject({ state: 'failed', error: { code } })
    expect(await connectionOf(company)).toMatchObject({ state: 'broken', reason: { code } })
    expect(await connectionOf(other)).toMatchObject({ state: 'broken', reason: { code } })
  })

  it('by the loss of its tokens shows as broken too', async () => {
    const company = await connectedCompany()
    await testEnv.GATEWAY.getByName(String(company.tenant)).forget(company.tenant)
    expect((await synced(company)).state).toBe('failed')
    expect(await connectionOf(company)).toMatchObject({
      state: 'broken',
      reason: { code: 'connection_broken' },
    })
  })

  it('by the firm ends the run', async () => {
    const company = await connectedCompany()
    await disconnect(testEnv.DIRECTORY, company.integration)
    expect(await synced(company)).toMatchObject({ state: 'failed', error: { code: 'connection_inactive' } })
  })
})

describe('starting', () => {
  it('claims the year: a second start meanwhile starts nothing', async () => {
    const { ledger, integration } = await connectedCompany()
    const starts = await Promise.all(
      [1, 2, 3].map(() => startSync(testEnv, ledger, integration, testYear, 'fetch', 'member')),
    )
    const started = starts.filter((run) => run !== null)
    expect(started).toHaveLength(1)
    expect((await runEnded(ledger, started[0]!.id)).state).toBe('done')
  })

  it('that the platform refuses leaves no run behind', async () => {
    const { ledger, integration } = await connectedCompany()
    const broken = { ...testEnv, SYNC: { create: () => Promise.reject(new Error('no')) } as never }
    await expect(startSync(broken, ledger, integration, testYear, 'fetch', 'member')).rejects.toThrow('no')
    expect((await ledger.syncs(integration.id))[0]).toMatchObject({
      state: 'failed',
      error: { code: 'sync_failed' },
    })
  })
})
