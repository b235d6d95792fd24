import { fileURLToPath } from 'node:url'
import { approvedBench } from '../../faults/bench.ts'
import { differences } from '../../faults/ledger.ts'
import { atMost, type Figure, shown } from '../figure.ts'
import { leastRequests } from './least.ts'
import { measureRows } from './rows.ts'

const VOUCHERS = 10_000

/** The figures of `npm run bench -- sync`: requests to Fortnox, and D1 rows that a sync by way of Fortnox writes. */
export async function run(): Promise<Figure[]> {
  return [...(await requests()), ...(await rows())]
}

/** Through the gateway in virtual time: the rate limit is kept, and waiting for it costs nothing. */
async function requests(): Promise<Figure[]> {
  const bench = await approvedBench({ vouchers: VOUCHERS })
  const began = bench.clock.now()
  const code = await bench.syncOnce()
  const wrong = bench.kept ? differences(bench.kept, bench.sandbox.truth(bench.tenant)) : [String(code)]
  if (wrong.length > 0) throw new Error(`not what was meant to be measured: ${wrong.slice(0, 3).join('; ')}`)
  const { total, busiest } = bench.sandbox.counts()
  const least = leastRequests(bench.sandbox, bench.tenant, bench.year)
  return [
    atMost('sync.requests.ratio', total / least, 1.05),
    shown('sync.requests', total),
    shown('sync.requests.least', least),
    atMost('sync.requests.busiest_5s', busiest, 25),
    shown('sync.requests.seconds', (bench.clock.now() - began) / 1000),
  ]
}

async function rows(): Promise<Figure[]> {
  const { first, same } = await measureRows(VOUCHERS)
  if (first.vouchers !== VOUCHERS || same.vouchers !== VOUCHERS || first.documents === 0)
    throw new Error(`not what was meant to be measured: ${JSON.stringify({ first, same })}`)
  return [
    atMost('sync.first.rows_written_per_voucher', first.ledger / VOUCHERS, 1.2),
    shown('sync.first.index_rows_written', first.index),
    shown('sync.first.documents', first.documents),
    atMost('sync.same.rows_written', same.ledger + same.index, 0),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await run())
