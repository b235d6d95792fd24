import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type BooksKey, type Ledger, openLedger, type ReadInOptions } from '../../edge/ledger/index.ts'
import { systemClock } from '../../shared/clock.ts'
import { parseSie, type SieRow, type SieVoucher } from '../../shared/sie/index.ts'
import { Bench } from '../faults/bench.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { fileOf, record, voucherOf } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let close: () => Promise<void>
let ledger: Ledger
beforeAll(async () => {
  const database = await openDatabase()
  close = database.close
  ledger = openLedger(database.db, systemClock, { sha256: nodeSha256, parameterBytes: 2000 })
})
afterAll(() => close())

const ACCOUNTS = ['1510', '1930', '2440', '2610', '3010', '4010']
const text = fc.string({ unit: fc.constantFrom(...'abcÅÄÖåäö é"[]{},:#1930'), maxLength: 12 })
const day = fc.constantFrom('20240101', '20240229', '20240630', '20241231')
const object = fc.constantFrom<SieRow['objects'][]>(
  [],
  [['1', '10']],
  [['6', 'P 7']],
  [
    ['1', 'Å'],
    ['6', '2'],
  ],
)

/** A row; one put in later comes with its `#RTRANS` before it, one struck out is a `#BTRANS`. */
const rows = fc
  .record({
    fate: fc.constantFrom('kept', 'kept', 'kept', 'added', 'removed'),
    account: fc.constantFrom(...ACCOUNTS),
    amount: fc.integer({ min: -1e11, max: 1e11 }),
    text: fc.option(text, { nil: null }),
    objects: object,
  })
  .map(({ fate, text, ...facts }): SieRow[] => {
    const transDate = text === null ? null : ''
    const row = { ...facts, kind: 'TRANS', transDate, text, quantity: null, sign: null, extra: [] } as const
    if (fate === 'removed') return [{ ...row, kind: 'BTRANS' }]
    return fate === 'added' ? [{ ...row, kind: 'RTRANS' }, row] : [row]
  })

/** Fortnox numbers its vouchers without repeats; their rows balance. */
const vouchers = fc
  .uniqueArray(
    fc.record({
      series: fc.constantFrom('A', 'B', 'LF'),
      number: fc.integer({ min: 1, max: 40 }).map(String),
      date: day,
      text,
      rows: fc.array(rows, { minLength: 1, maxLength: 4 }).map((of) => of.flat()),
    }),
    { selector: ({ series, number }) => `${series} ${number}`, minLength: 1, maxLength: 25 },
  )
  .map((all) => all.map(({ series, number, ...facts }) => voucherOf(series, number, balanced(facts))))

function balanced(facts: { date: string; text: string; rows: SieRow[] }) {
  const counted = facts.rows.filter(({ kind }) => kind === 'TRANS')
  const amount = -counted.reduce((sum, row) => sum + row.amount, 0)
  const rest = { transDate: null, text: null, quantity: null, sign: null, objects: [], extra: [] }
  return { ...facts, rows: [...facts.rows, { kind: 'TRANS', account: '1930', amount, ...rest } as const] }
}

const names = ACCOUNTS.filter((account) => account !== '1930' && account !== '3010')
const company = names.map((account) => record('KONTO', account, `Konto ${account} ö`))

/** What Fortnox hands over of the books in a file: read, and written again, by the sandbox's own reader and writer. */
async function fromFortnox(file: Uint8Array): Promise<Pick<ReadInOptions, 'bytes' | 'expectedVouchers'>> {
  const bench = new Bench({ books: [{ name: 'random.se', bytes: file }] })
  const year = bench.sandbox.company(bench.tenant).books.years.at(-1)!
  // else the sandbox would give the file back as it came
  year.file = null
  await bench.approve()
  const fortnox = bench.fortnox()
  return await bench.clock.run(
    (async () => {
      const found = (await fortnox.years()).find(({ id }) => id === year.id)!
      const { vouchers: expectedVouchers } = await fortnox.documents(found)
      const bytes = new Uint8Array(await new Response(await fortnox.sie(year.id)).arrayBuffer())
      return { bytes: streamOf(bytes, 900), expectedVouchers }
    })(),
  )
}

/** What two ledgers of the same books have in common: an absent text is an empty one, and who signed is Fortnox' own. */
async function saysOf(key: BooksKey) {
  const { vouchers } = await parseSie(await ledger.sie(key))
  const rows = await Promise.all(ACCOUNTS.map((account) => ledger.accountRows(key, account)))
  return {
    vouchers: new Map(vouchers.map((voucher) => [`${voucher.series} ${voucher.number}`, plain(voucher)])),
    balances: await ledger.balances(key),
    rows: rows.map((of) => of.map((row) => JSON.stringify(row)).sort()),
    counts: (await ledger.year(key))!.counts,
  }
}

function plain({ date, text, balance, rows }: SieVoucher) {
  const told = rows.map(({ kind, account, objects, amount, text }) => ({
    kind,
    account,
    objects,
    amount,
    text: text ?? '',
  }))
  return { date, text: text ?? '', balance, rows: told }
}

it('random books by way of Fortnox and by way of a file are one ledger', async () => {
  let n = 0
  await fc.assert(
    fc.asyncProperty(vouchers, async (year) => {
      const file = fileOf(year, { more: company })
      const year2024 = '2024-01-01_2024-12-31'
      const byApi = { integration: `api-${++n}`, year: year2024 }
      const byFile = { integration: `file-${n}`, year: year2024 }
      const options = { organisationNumber: '5560360793', questions: 'accept' } as const
      await ledger.readIn(byApi, { ...options, source: 'fortnox', ...(await fromFortnox(file)) })
      const upload = { name: 'f', by: 'b' }
      await ledger.readIn(byFile, { ...options, source: 'sie', bytes: streamOf(file, 700), file: upload })
      const said = await saysOf(byFile)
      expect(said.vouchers.size).toBe(year.length)
      expect(await saysOf(byApi)).toEqual(said)
    }),
    { numRuns: 12 },
  )
})
