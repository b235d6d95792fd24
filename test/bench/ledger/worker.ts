import type { D1Database, D1Result } from '@cloudflare/workers-types'
import { uploadOf } from '../../../edge/api/upload.ts'
import { openLedger } from '../../../edge/ledger/index.ts'
import { systemClock } from '../../../shared/clock.ts'
import { wrapDatabase } from '../../ledger/wrapped.ts'

/** What a measurement answers: milliseconds, and rows that D1 read for it. */
export interface Measured {
  ms: number
  rowsRead: number
  found: number
}

const key = { integration: 'bench', year: '2024-01-01_2024-12-31' }

/** The worker that the ledger's figures are measured in: real workerd, real D1, one request per measurement. */
export default {
  async fetch(request: Request, { LEDGER }: { LEDGER: D1Database }): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/schema') {
      for (const sql of (await request.json()) as string[]) await LEDGER.prepare(sql).run()
      return Response.json(null)
    }
    if (url.pathname === '/read-in') {
      const result = await openLedger(LEDGER, systemClock).readIn(
        { ...key, integration: url.searchParams.get('books') ?? 'bench' },
        {
          source: 'sie',
          ...uploadOf(request),
          file: { name: 'bench.se', by: 'bench' },
          organisationNumber: '5560360793',
          questions: 'accept',
        },
      )
      return Response.json({ ...result, findings: result.findings.length })
    }
    if (url.pathname === '/year') return Response.json(await openLedger(LEDGER, systemClock).year(key))
    if (url.pathname === '/size') {
      const { meta } = await LEDGER.prepare('SELECT 1').run()
      return Response.json(meta.size_after)
    }
    if (url.pathname === '/voucher') return Response.json(await measure(LEDGER, readVouchers))
    const account = url.searchParams.get('account') ?? ''
    return Response.json(
      await measure(
        LEDGER,
        async (db) => (await openLedger(db, systemClock).accountRows(key, account)).length,
      ),
    )
  },
}

/** Timed on the database itself; rows read are counted in a second pass. */
async function measure(db: D1Database, work: (db: D1Database) => Promise<number>): Promise<Measured> {
  const started = Date.now()
  const found = await work(db)
  // time moves in workerd only when something comes from outside
  await db.prepare('SELECT 1').run()
  const ms = Date.now() - started
  let rowsRead = 0
  const after = (results: readonly D1Result[]) => {
    for (const { meta } of results) rowsRead += meta.rows_read
  }
  await work(wrapDatabase(db, { after }))
  return { ms, rowsRead, found }
}

/** A thousand vouchers spread over the year, one after the other. */
async function readVouchers(db: D1Database): Promise<number> {
  const ledger = openLedger(db, systemClock)
  let found = 0
  for (let i = 0; i < 1000; i++) {
    const voucher = await ledger.voucher(key, `A:${((i * 7919) % 100_000) + 1}`)
    if (voucher && voucher.rows.length > 0) found++
  }
  return found
}
