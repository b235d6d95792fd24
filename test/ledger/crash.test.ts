import type { D1Database } from '@cloudflare/workers-types'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type BooksKey, type Ledger, openLedger, type ReadInOptions } from '../../edge/ledger/index.ts'
import { systemClock } from '../../shared/clock.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { fileOf, voucherOf } from './sie-files.ts'
import { wrapDatabase } from './wrapped.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const OPTIONS = { sha256: nodeSha256, parameterBytes: 700 }
let db: D1Database
let close: () => Promise<void>
let n = 0
beforeAll(async () => {
  const database = await openDatabase()
  db = database.db
  close = database.close
})
afterAll(() => close())

/** A database that ends at its nth call: before it, or after it has been done but before anybody is told. */
function endingAt(call: number, moment: 'before' | 'after'): { db: D1Database; ended: () => boolean } {
  let calls = 0
  let ended = false
  const end = () => {
    ended = true
    throw new Error('the worker is gone')
  }
  const hooks = {
    before() {
      calls++
      // whatever comes after the end is not done either
      if (calls > call || (calls === call && moment === 'before')) end()
    },
    after() {
      if (calls === call && moment === 'after') end()
    },
  }
  return { db: wrapDatabase(db, hooks), ended: () => ended }
}

const before = Array.from({ length: 24 }, (_, i) => voucherOf('A', String(i + 1), { text: `gammal ${i}` }))
const little = before
  .map((voucher, i) => (i === 7 ? voucherOf('A', voucher.number, { text: 'ändrad', amount: 7 }) : voucher))
  .filter((_, i) => i !== 15)
const much = before.map((voucher, i) =>
  i % 2 ? voucherOf('A', voucher.number, { text: `ny ${i}` }) : voucher,
)

const options = (vouchers: typeof before, more: Partial<ReadInOptions> = {}): ReadInOptions => ({
  source: 'sie',
  bytes: streamOf(fileOf(vouchers), 2000),
  file: { name: 'bok.se', by: 'Ada' },
  organisationNumber: '5560360793',
  questions: 'accept',
  ...more,
})

/** All that a reader sees of a year. */
async function seen(ledger: Ledger, key: BooksKey): Promise<object> {
  const year = await ledger.year(key)
  const list = await ledger.vouchers(key, { limit: 500 })
  return {
    texts: list.vouchers.map(({ number, text, amount }) => `${number} ${text} ${amount}`),
    counts: year?.counts,
    balances: await ledger.balances(key),
    sie: year?.source ? await new Response(await ledger.sie(key)).text() : null,
  }
}

const scenarios: [string, typeof before | null, (ledger: Ledger, key: BooksKey) => Promise<unknown>][] = [
  ['a first read-in', null, (ledger, key) => ledger.readIn(key, options(before))],
  ['one that changes little', before, (ledger, key) => ledger.readIn(key, options(little))],
  ['one that changes much', before, (ledger, key) => ledger.readIn(key, options(much))],
  [
    'one that is held and confirmed',
    before,
    async (ledger, key) => {
      const unnamed = streamOf(fileOf(little, { organisationNumber: null }), 2000)
      const held = await ledger.readIn(key, options(little, { bytes: unnamed, questions: 'ask' }))
      await ledger.confirm(key, held.upload)
    },
  ],
]

describe('a crash at any statement', () => {
  it.each(scenarios)(
    'of %s leaves the old year or the new one',
    { timeout: 120_000 },
    async (_, old, work) => {
      const whole = openLedger(db, systemClock, OPTIONS)
      const prepare = async () => {
        const key = { integration: `crash-${++n}`, year: '2024-01-01_2024-12-31' }
        if (old) await whole.readIn(key, options(old))
        return key
      }
      const key = await prepare()
      const oldYear = await seen(whole, key)
      await work(whole, key)
      const newYear = await seen(whole, key)
      expect(newYear).not.toEqual(oldYear)

      let olds = 0
      let news = 0
      for (let call = 1; ; call++) {
        let reached = false
        for (const moment of ['before', 'after'] as const) {
          const crashed = await prepare()
          const ending = endingAt(call, moment)
          const outcome = await work(openLedger(ending.db, systemClock, OPTIONS), crashed).catch(
            () => 'crashed',
          )
          reached ||= ending.ended()
          const now = await seen(whole, crashed)
          if (JSON.stringify(now) === JSON.stringify(newYear)) news++
          else {
            expect(now).toEqual(oldYear)
            expect(outcome).toBe('crashed')
            olds++
          }
          // whoever comes next succeeds, and what the crash left is swept
          if (call % 4 === 0) {
            await work(whole, crashed)
            expect(await seen(whole, crashed)).toEqual(newYear)
          }
        }
        if (!reached) break
      }
      expect(olds).toBeGreaterThan(3)
      expect(news).toBeGreaterThan(1)
      await whole.sweep(Date.now() + 1000)
      const left = await db.prepare('SELECT count(*) AS n FROM generation').first<number>('n')
      const years = await db.prepare('SELECT count(DISTINCT generation) AS n FROM books').first<number>('n')
      expect(left).toBe(years)
    },
  )
})
