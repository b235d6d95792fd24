import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Ledger, openLedger } from '../../edge/ledger/index.ts'
import { systemClock } from '../../shared/clock.ts'
import { parseSie, type SieField, type SieRow, type SieVoucher } from '../../shared/sie/index.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { contents, fileOf, record, voucherOf } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let close: () => Promise<void>
let ledger: Ledger
beforeAll(async () => {
  const database = await openDatabase()
  close = database.close
  ledger = openLedger(database.db, systemClock, { sha256: nodeSha256, parameterBytes: 1000 })
})
afterAll(() => close())

/** Characters that CP437 has, quotes and backslashes among them. */
const text = fc.string({
  unit: fc.constantFrom(...'abcÅÄÖåäö é"\\[]{},:#1930'),
  maxLength: 12,
})
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const day = fc.constantFrom('20240101', '20240229', '20241231')
const extra: fc.Arbitrary<SieField[]> = fc.array(text, { maxLength: 2 })

/** Absent optional fields can only stand last in SIE: what comes before one that is there is written empty. */
function filled<T extends string | null>(values: T[], more: readonly unknown[]): (string | null)[] {
  const last = more.length > 0 ? values.length - 1 : values.findLastIndex((value) => value !== null)
  return values.map((value, index) => (index <= last ? (value ?? '') : value))
}

const row: fc.Arbitrary<SieRow> = fc
  .record({
    kind: fc.constantFrom('TRANS', 'TRANS', 'TRANS', 'RTRANS', 'BTRANS'),
    account: fc.constantFrom('1930', '3010', '2640', 'DIFF', '01930'),
    amount: fc.integer({ min: -1e12, max: 1e12 }),
    objects: fc.array(fc.tuple(fc.constantFrom('1', '6'), text), { maxLength: 2 }),
    rest: fc.tuple(maybe(day), maybe(text), maybe(fc.constantFrom('0', '1.5', '-2.125')), maybe(text)),
    extra,
  })
  .map(({ rest, ...facts }) => {
    const [transDate = null, said = null, quantity = null, sign = null] = filled(rest, facts.extra)
    return { ...facts, transDate, text: said, quantity, sign } as SieRow
  })

const voucher: fc.Arbitrary<SieVoucher> = fc
  .record({
    series: fc.constantFrom('A', 'B', '', 'Å1'),
    number: fc.constantFrom('', '1', '2', '10', '01', 'X7'),
    date: day,
    rest: fc.tuple(maybe(text), maybe(day), maybe(text)),
    extra,
    rows: fc.array(row, { maxLength: 5 }),
    other: maybe(text),
  })
  .map(({ series, number, date, rest, extra, rows, other }) => {
    const [said = null, regDate = null, sign = null] = filled(rest, extra)
    const others = other === null ? [] : [{ rowsBefore: 0, record: record('XNOTE', other) }]
    return { ...voucherOf(series, number), date, text: said, regDate, sign, extra, rows, others }
  })

const unknown = fc.array(fc.tuple(fc.constantFrom('XYZ', 'PROSA', 'DIM'), fc.array(text, { maxLength: 3 })), {
  maxLength: 4,
})
const file = fc
  .tuple(fc.array(voucher, { maxLength: 15 }), unknown)
  .map(([vouchers, more]) =>
    fileOf(vouchers, { more: more.map(([label, fields]) => record(label, ...fields)) }),
  )

it('random years come back as they were, and a second file over the first gives the second', async () => {
  let n = 0
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      const key = { integration: `random-${++n}`, year: '2024-01-01_2024-12-31' }
      for (const bytes of [first, second, second]) {
        const expected = await parseSie(bytes)
        const options = {
          source: 'sie',
          bytes: streamOf(bytes, 700),
          file: { name: 'f', by: 'b' },
          organisationNumber: '5560360793',
          questions: 'accept',
        } as const
        await ledger.readIn(key, options)
        const back = await parseSie(await ledger.sie(key))
        expect(contents(back).records).toEqual(contents(expected).records)
        expect(byKey(contents(back).vouchers)).toEqual(byKey(contents(expected).vouchers))
        const books = await ledger.year(key)
        expect(books?.counts.vouchers).toBe(expected.vouchers.length)
        await agrees(key, expected.vouchers)
      }
    }),
    { numRuns: 15 },
  )
})

/** Where vouchers stay and others come, the old ones keep their order; each voucher is the same whatever its place. */
function byKey(vouchers: ReturnType<typeof contents>['vouchers']) {
  const key = (v: (typeof vouchers)[number]) => JSON.stringify([v.series, v.number, v.occurrence])
  return vouchers.map((v): [string, unknown] => [key(v), v]).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Balances and account rows are what the vouchers add up to. */
async function agrees(
  key: { integration: string; year: string },
  vouchers: readonly SieVoucher[],
): Promise<void> {
  const balances = await ledger.balances(key)
  for (const account of ['1930', '3010', 'DIFF', '01930']) {
    const amounts = vouchers
      .flatMap(({ rows }) => rows)
      .filter((row) => row.account === account && row.kind === 'TRANS')
      .map(({ amount }) => amount)
    const rows = await ledger.accountRows(key, account)
    expect(rows.map(({ amount }) => amount).sort(ascending)).toEqual(amounts.sort(ascending))
    const balance = balances.find((of) => of.account === account)
    const opening = account === '1930' ? 500_00 : 0
    expect(balance?.closing ?? 0).toBe(amounts.reduce((sum, amount) => sum + amount, opening))
  }
}

function ascending(a: number, b: number): number {
  return a - b
}
