import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Ledger, openLedger } from '../../edge/ledger/index.ts'
import { indexFlag } from '../../shared/contract/types.ts'
import type { DocumentEntry, VoucherDocuments } from '../../shared/ledger/types.ts'
import { parseSie, type SieRow } from '../../shared/sie/index.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { aboutFile, corpus, corpusFile, fileOf, voucherOf } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let close: () => Promise<void>
let ledger: Ledger
let now = Date.UTC(2026, 10, 24)
const clock = { now: () => now, random: () => 0.5, sleep: async () => {} }
const key = { integration: 'questions', year: '2024-01-01_2024-12-31' }

const row = (account: string, amount: number, text: string | null = null): SieRow => ({
  kind: 'TRANS',
  account,
  objects: [],
  amount,
  transDate: null,
  text,
  quantity: null,
  sign: null,
  extra: [],
})
const vouchers = [
  voucherOf('A', '2', {
    date: '20240105',
    text: 'Hyra "lokal" Göteborg',
    rows: [row('5010', 900_00), row('1930', -900_00)],
  }),
  voucherOf('A', '10', {
    date: '20240210',
    text: 'Räksmörgås',
    rows: [row('5800', 119_00, 'Ärende Å'), row('1930', -119_00)],
  }),
  voucherOf('A', '9', { date: '20240211', text: '1930', rows: [row('3010', -50_00), row('1510', 50_00)] }),
  voucherOf('B', '1', {
    date: '20240301',
    text: 'Rättad',
    rows: [{ ...row('1930', 777_00), kind: 'BTRANS' }, row('1930', 1_00), row('3010', -1_00)],
  }),
]
const read = (bytes: Uint8Array, source: 'sie' | 'fortnox' = 'sie', books = key) =>
  ledger.readIn(books, {
    source,
    bytes: streamOf(bytes),
    file: { name: 'bok.se', by: 'Ada' },
    organisationNumber: '5560360793',
    questions: 'accept',
  })

beforeAll(async () => {
  const database = await openDatabase()
  close = database.close
  ledger = openLedger(database.db, clock, { sha256: nodeSha256 })
  await read(fileOf(vouchers))
})
afterAll(() => close())

const document = (id: string, name = id): DocumentEntry => ({
  id,
  origin: 'bookkeeping',
  role: 'file',
  name,
  fileName: null,
  rendered: false,
  invoice: null,
})
const documentsOf = (
  series: string,
  number: string,
  date: string | null,
  ...documents: DocumentEntry[]
): VoucherDocuments => ({ series, number, fortnox: { date, text: '', referenceType: null }, documents })

describe('a voucher', () => {
  it('has its rows, with the accounts’ names', async () => {
    expect(await ledger.voucher(key, 'A:2')).toMatchObject({
      date: '2024-01-05',
      text: 'Hyra "lokal" Göteborg',
      rows: [
        { account: '5010', accountName: null, amount: 900_00 },
        { account: '1930', accountName: 'Företagskonto', amount: -900_00 },
      ],
    })
  })

  it.each(['A:3', 'C:1', '', 'A', 'A:2:2'])('%j is none', async (id) => {
    expect(await ledger.voucher(key, id)).toBeNull()
  })
})

describe('a list', () => {
  const numbers = async (query: object) =>
    (await ledger.vouchers(key, { limit: 10, ...query })).vouchers.map((v) => `${v.series}${v.number}`)

  it.each<[object, string[]]>([
    [{}, ['A2', 'A9', 'A10', 'B1']],
    [{ series: 'B' }, ['B1']],
    [{ account: '1930' }, ['A2', 'A10', 'B1']],
    [{ account: '193' }, []],
    [{ text: 'RÄKSM' }, ['A10']],
    [{ text: 'ärende å' }, ['A10']],
    [{ text: '"lokal"' }, ['A2']],
    [{ text: '1930' }, ['A9']],
    [{ text: '%' }, []],
    [{ from: '2024-02-10', to: '2024-02-29' }, ['A9', 'A10']],
    [{ amount: 119_00 }, ['A10']],
    [{ amount: -900_00 }, ['A2']],
    [{ amount: 11_90 }, []],
    [{ amount: 777_00 }, []],
    [{ account: '1930', from: '2024-02-01', text: 'rätt' }, ['B1']],
  ])('of %j', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected)
    expect((await ledger.vouchers(key, { limit: 1, ...query })).total).toBe(expected.length)
  })

  it('comes in pages', async () => {
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await ledger.vouchers(key, { limit: 1, cursor })
      found.push(...page.vouchers.map((v) => v.number))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(found).toEqual(['2', '9', '10', '1'])
  })
})

it('an account’s rows are its TRANS rows by date', async () => {
  expect(await ledger.accountRows(key, '1930')).toEqual([
    {
      series: 'A',
      number: '2',
      occurrence: 1,
      date: '2024-01-05',
      text: 'Hyra "lokal" Göteborg',
      amount: -900_00,
    },
    { series: 'A', number: '10', occurrence: 1, date: '2024-02-10', text: 'Räksmörgås', amount: -119_00 },
    { series: 'B', number: '1', occurrence: 1, date: '2024-03-01', text: 'Rättad', amount: 1_00 },
  ])
})

it('balances are opening balance and months', async () => {
  expect((await ledger.balances(key)).find(({ account }) => account === '1930')).toEqual({
    account: '1930',
    name: 'Företagskonto',
    opening: 500_00,
    months: [
      ['2024-01', -900_00],
      ['2024-02', -119_00],
      ['2024-03', 1_00],
    ],
    closing: -518_00,
  })
})

describe('documents', () => {
  const all = [
    documentsOf('A', '2', '2024-01-05', document('d1'), document('d2')),
    documentsOf('A', '9', '2024-02-12', document('d3')),
    documentsOf('F', '7', '2024-02-12', document('d1')),
  ]

  it('are written once, then only what differs', async () => {
    const books = { ...key, integration: 'documents' }
    await read(fileOf(vouchers), 'fortnox', books)
    expect(await ledger.replaceDocuments(books, all)).toMatchObject({ changed: 3, documents: 4, vouchers: 3 })
    const version = (await ledger.year(books))?.version
    expect(await ledger.replaceDocuments(books, all)).toMatchObject({ changed: 0, written: 0, documents: 4 })
    expect((await ledger.year(books))?.version).toBe(version)
    const next = [all[0]!, documentsOf('A', '9', '2024-02-12', document('d4'))]
    expect(await ledger.replaceDocuments(books, next)).toMatchObject({
      changed: 2,
      documents: 3,
      vouchers: 2,
    })
    expect((await ledger.year(books))?.version).not.toBe(version)
    expect(await ledger.document(books, 'd3')).toBeNull()
    expect(await ledger.document(books, 'd4')).toMatchObject({ entry: { id: 'd4' } })
    expect(await ledger.document(books, 'd1')).toMatchObject({ fortnox: { date: '2024-01-05' } })
    expect((await ledger.year(books))?.counts).toMatchObject({ documents: 3, vouchersWithDocuments: 2 })
  })

  it('show in lists and in the index, with what differs from Fortnox', async () => {
    await ledger.replaceDocuments(key, all)
    const list = async (documents: 'with' | 'without') =>
      (await ledger.vouchers(key, { limit: 9, documents })).vouchers.map((v) => `${v.number} ${v.documents}`)
    expect(await list('with')).toEqual(['2 2', '9 1'])
    expect(await list('without')).toEqual(['10 0', '1 0'])
    const { lines, source } = await ledger.index(key)
    expect(source).toBe('sie')
    expect(lines.map(([s, n, , , , documents, flags]) => [s + n, documents, flags])).toEqual([
      ['A2', 2, 0],
      ['A9', 1, indexFlag.differs],
      ['A10', 0, 0],
      ['B1', 0, 0],
      ['F7', 1, indexFlag.fortnoxOnly],
    ])
  })

  it('are found by a number with zeros before it, and only in their own books', async () => {
    expect(await ledger.documents(key, 'A', '0002')).toMatchObject({ number: '2', documents: [{}, {}] })
    expect(await ledger.documents(key, 'A', '10')).toBeNull()
    expect(await ledger.document({ ...key, integration: 'another firm' }, 'd1')).toBeNull()
  })

  it('stand alone where there is no ledger', async () => {
    const books = { ...key, integration: 'documents only' }
    await ledger.replaceDocuments(books, all)
    const index = await ledger.index(books)
    expect(index).toMatchObject({ source: null, documentsAt: now })
    expect(index.lines[0]).toEqual(['A', '2', 1, '2024-01-05', null, 2, 0])
    await expect(ledger.sie(books)).rejects.toMatchObject({ code: 'ledger_empty' })
  })

  it('none at all is known too', async () => {
    const books = { ...key, integration: 'no documents' }
    expect(await ledger.replaceDocuments(books, [])).toMatchObject({ documents: 0 })
    expect((await ledger.year(books))?.documentsAt).toBe(now)
    expect(await ledger.replaceDocuments(books, [])).toMatchObject({ written: 0 })
  })
})

describe('runs', () => {
  const books = { integration: 'runs', year: key.year }
  const run = (id: string) => ledger.startSync(books, { id, ledger: 'fetch', by: 'Ada' })

  it('hold a year until they end', async () => {
    expect(await run('r1')).toMatchObject({ id: 'r1', state: 'running', phase: 'waiting' })
    expect(await run('r1')).toMatchObject({ id: 'r1', state: 'running' })
    expect(await run('r2')).toBeNull()
    await ledger.progress('r1', { phase: 'documents', done: 3, total: 9 })
    expect(await ledger.sync('r1')).toMatchObject({ phase: 'documents', done: 3, total: 9 })
    await ledger.endSync('r1', { changed: { vouchers: 1, documents: 2 } })
    expect(await run('r2')).toMatchObject({ id: 'r2' })
    await ledger.endSync('r2', { error: { code: 'fortnox_unreachable', data: {} } })
    now += 1000
    expect(await ledger.syncs('runs')).toMatchObject([
      { id: 'r2', state: 'failed', error: { code: 'fortnox_unreachable' } },
    ])
    expect(await run('r1')).toBeNull()
  })

  it('that fall silent lose the year, and cannot take it back', async () => {
    await run('r3')
    now += 60_000
    await ledger.progress('r3', { phase: 'ledger', done: 1, total: null })
    now += 119_000
    expect(await run('r4')).toBeNull()
    now += 2_000
    expect(await run('r4')).toMatchObject({ id: 'r4' })
    await ledger.progress('r3', { phase: 'saving', done: 9, total: 9 })
    await ledger.endSync('r3', { changed: null })
    expect(await ledger.sync('r3')).toMatchObject({ state: 'failed', error: { code: 'sync_failed' } })
    expect(await ledger.syncs('runs')).toMatchObject([{ id: 'r4', state: 'running' }])
    await ledger.endSync('r4', { changed: null })
  })

  it('that find nothing new still say when that was', async () => {
    const fetched = { integration: 'fresh', year: key.year }
    await read(fileOf(vouchers), 'fortnox', fetched)
    await ledger.replaceDocuments(fetched, [])
    now += 3_600_000
    await ledger.startSync(fetched, { id: 'r5', ledger: 'fetch', by: 'cron' })
    await ledger.endSync('r5', { changed: { vouchers: 0, documents: 0 } })
    expect(await ledger.year(fetched)).toMatchObject({ ledgerAt: now, documentsAt: now })
  })
})

it('Fortnox’ id of a year is remembered', async () => {
  const books = { integration: 'ids', year: key.year }
  await ledger.setFortnoxYear(books, 7)
  await ledger.setFortnoxYear(books, 8)
  expect(await ledger.books('ids')).toMatchObject([{ fortnoxYear: 8, source: null }])
})

it('an export that the ledger changes under fails, and never mixes two years', async () => {
  const books = { integration: 'export', year: key.year }
  const many = (text: string) =>
    Array.from({ length: 3000 }, (_, i) => voucherOf('A', String(i + 1), { text }))
  await read(fileOf(many('gammal')), 'sie', books)
  const reader = (await ledger.sie(books)).getReader()
  await reader.read()
  await read(fileOf(many('gammal').concat(voucherOf('A', '3001', { text: 'ny' }))), 'sie', books)
  const rest = (async () => {
    while (!(await reader.read()).done);
  })()
  await expect(rest).rejects.toMatchObject({ code: 'ledger_changed_meanwhile' })
})

const exported = corpus()?.filter(({ file }) =>
  /^(fortnox-2-type4|briljant-type4|avendo-type4)\.se$/.test(file),
)
it.runIf(exported?.length).each(exported ?? [])('monthly sums are the #PSALDO of $file', async ({ file }) => {
  const bytes = corpusFile(file)
  const { organisationNumber, year } = aboutFile(bytes)
  const books = { integration: file, year }
  await ledger.readIn(books, {
    source: 'sie',
    bytes: streamOf(bytes),
    organisationNumber,
    questions: 'accept',
  })
  const sums = new Map(
    (await ledger.balances(books)).flatMap(({ account, months }) =>
      months.map(([month, sum]): [string, number] => [`${account} ${month.replace('-', '')}`, sum]),
    ),
  )
  const { records } = await parseSie(bytes)
  const monthly = records.filter(
    ({ label, fields }) => label === 'PSALDO' && fields[0] === '0' && fields[3]?.length === 0,
  )
  expect(monthly.length).toBeGreaterThan(100)
  for (const { fields } of monthly)
    expect(sums.get(`${fields[2]} ${fields[1]}`) ?? 0).toBe(Math.round(Number(fields[4]) * 100))
})
