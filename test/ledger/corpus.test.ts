import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Ledger, openLedger } from '../../edge/ledger/index.ts'
import { systemClock } from '../../shared/clock.ts'
import { parseSie } from '../../shared/sie/index.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { aboutFile, contents, corpus, corpusFile } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const files = corpus()

describe.runIf(files !== null)('every type 4 file of the corpus', () => {
  let ledger: Ledger
  let close: () => Promise<void>
  beforeAll(async () => {
    const database = await openDatabase()
    close = database.close
    // small pieces, so that small files take several
    ledger = openLedger(database.db, systemClock, { sha256: nodeSha256, parameterBytes: 20_000 })
  })
  afterAll(() => close())

  it.each(files ?? [])('$file comes back from the database as it went in', async (expected) => {
    const bytes = corpusFile(expected.file)
    const { organisationNumber, year, ledger: file } = aboutFile(bytes)
    const key = { integration: expected.file, year }
    const options = {
      source: 'sie',
      file: { name: expected.file, by: 'test' },
      organisationNumber,
      questions: 'accept',
      expectedVouchers: expected.vouchers,
    } as const
    const first = await ledger.readIn(key, { ...options, bytes: streamOf(bytes) })
    expect(first.state).toBe('read_in')
    expect(first.counts).toMatchObject({ vouchers: expected.vouchers, rows: expected.transRowsAllKinds })
    expect(first.written).toBeLessThanOrEqual(expected.vouchers * 1.2 + 20)

    const back = await parseSie(await ledger.sie(key))
    expect(contents(back)).toEqual(contents(file))

    const again = await ledger.readIn(key, { ...options, bytes: streamOf(bytes) })
    expect(again).toMatchObject({ state: 'unchanged', written: 0, changed: 0 })

    const index = await ledger.index(key)
    const debit = index.lines.reduce((sum, [, , , , amount]) => sum + BigInt(amount ?? 0), 0n)
    expect(index.lines).toHaveLength(expected.vouchers)
    expect(debit).toBe(ore(expected.sumDebitTRANS))
  })
})

/** Kronor with up to two decimals as öre. */
function ore(kronor: string): bigint {
  const [whole = '0', decimals = ''] = kronor.split('.')
  return BigInt(whole + decimals.padEnd(2, '0'))
}
