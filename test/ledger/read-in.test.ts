import type { D1Database } from '@cloudflare/workers-types'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Ledger, openLedger, type ReadInOptions } from '../../edge/ledger/index.ts'
import { systemClock } from '../../shared/clock.ts'
import type { SieVoucher } from '../../shared/sie/index.ts'
import { nodeSha256, openDatabase, streamOf } from './database.ts'
import { fileOf, record, voucherOf } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

let db: D1Database
let close: () => Promise<void>
let ledger: Ledger
let n = 0
beforeAll(async () => {
  const database = await openDatabase()
  db = database.db
  close = database.close
  ledger = openLedger(db, systemClock, { sha256: nodeSha256, parameterBytes: 2000 })
})
afterAll(() => close())

const freshKey = () => ({ integration: `books-${++n}`, year: '2024-01-01_2024-12-31' })
const options = (bytes: Uint8Array, more: Partial<ReadInOptions> = {}): ReadInOptions => ({
  source: 'sie',
  bytes: streamOf(bytes),
  file: { name: 'bok.se', by: 'Ada' },
  organisationNumber: '5560360793',
  questions: 'ask',
  ...more,
})
const year = (count: number, change: (voucher: SieVoucher, index: number) => SieVoucher | null = (v) => v) =>
  Array.from({ length: count }, (_, i) => change(voucherOf('A', String(i + 1)), i)).filter((v) => v !== null)
const textsOf = async (key: { integration: string; year: string }) =>
  (await ledger.vouchers(key, { limit: 500 })).vouchers.map(({ number, text }) => `${number} ${text}`)
const generationRows = async () =>
  (await db.prepare('SELECT count(*) AS n FROM generation').first<number>('n')) ?? 0

describe('reading in a year', () => {
  it('writes one row per voucher, and none the second time', async () => {
    const key = freshKey()
    const first = await ledger.readIn(key, options(fileOf(year(300))))
    expect(first).toMatchObject({ state: 'read_in', changed: 300, counts: { vouchers: 300, rows: 600 } })
    expect(first.written).toBeLessThanOrEqual(300 * 1.2)
    const version = (await ledger.year(key))?.version
    const same = await ledger.readIn(key, options(fileOf(year(300))))
    expect(same).toMatchObject({ state: 'unchanged', written: 0, changed: 0 })
    expect((await ledger.year(key))?.version).toBe(version)
  })

  it('writes at most five rows for one changed voucher, and the version is another', async () => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(300))))
    const version = (await ledger.year(key))?.version
    const changed = year(300, (v, i) => (i === 150 ? voucherOf('A', v.number, { amount: 123_45 }) : v))
    const result = await ledger.readIn(
      key,
      options(fileOf(changed, { more: [record('UB', '0', '1930', '1')] })),
    )
    expect(result).toMatchObject({ state: 'read_in', changed: 1 })
    expect(result.written).toBeLessThanOrEqual(5)
    expect((await ledger.voucher(key, 'A:151'))?.rows[0]?.amount).toBe(123_45)
    expect((await ledger.year(key))?.version).not.toBe(version)
  })

  it('removes vouchers that are gone, adds new ones in their place, and keeps the order of the file', async () => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(10))))
    const vouchers = year(10, (v, i) => (i === 3 || i === 9 ? null : v))
    vouchers.splice(5, 0, voucherOf('A', '99', { text: 'Ny' }))
    const result = await ledger.readIn(key, options(fileOf(vouchers)))
    expect(result).toMatchObject({ state: 'read_in', changed: 3, counts: { vouchers: 9 } })
    const sie = await new Response(await ledger.sie(key)).text()
    expect(sie.match(/#VER A \d+/g)).toEqual(vouchers.map(({ number }) => `#VER A ${number}`))
  })

  it('turns into a new generation when much differs', async () => {
    const key = freshKey()
    const first = await ledger.readIn(key, options(fileOf(year(300))))
    const changed = year(300, (v, i) => (i % 3 === 0 ? voucherOf('A', v.number, { text: `Rättad ${i}` }) : v))
    const vouchers = changed.filter((_, i) => i !== 7)
    const result = await ledger.readIn(key, options(fileOf(vouchers)))
    expect(result).toMatchObject({ state: 'read_in', changed: 101, counts: { vouchers: 299 } })
    expect(result.upload).not.toBe(first.upload)
    expect(await textsOf(key)).toEqual(vouchers.map(({ number, text }) => `${number} ${text}`))
  })

  it('keeps empty and repeated numbers apart', async () => {
    const key = freshKey()
    const vouchers = ['1', '1', '', '', '2', '1'].map((number, i) =>
      voucherOf('A', number, { text: `v${i}` }),
    )
    await ledger.readIn(key, options(fileOf(vouchers)))
    expect((await ledger.voucher(key, 'A:1:3'))?.text).toBe('v5')
    expect((await ledger.voucher(key, 'A::2'))?.text).toBe('v3')
    expect(await ledger.voucher(key, 'A:1:4')).toBeNull()
  })

  it('keeps the same number of two fiscal years apart', async () => {
    const key = freshKey()
    const rar = [record('RAR', '-1', '20230101', '20231231')]
    const vouchers = [voucherOf('A', '1', { date: '20230301', text: 'förra året' }), voucherOf('A', '1')]
    const result = await ledger.readIn(key, options(fileOf(vouchers, { more: rar }), { questions: 'accept' }))
    expect(result.counts.vouchers).toBe(2)
    expect((await ledger.voucher(key, 'A:1:2'))?.date).toBe('2024-01-15')
  })

  it('knows an export of another day from another ledger, where it comes from Fortnox', async () => {
    const key = freshKey()
    const fortnox = (generated: string) =>
      ledger.readIn(key, {
        source: 'fortnox',
        bytes: streamOf(fileOf(year(5), { generated })),
        organisationNumber: '5560360793',
        questions: 'accept',
      })
    await fortnox('20241231')
    expect(await fortnox('20250101')).toMatchObject({ state: 'unchanged', written: 0 })
  })

  it('takes over a year from another source without writing a voucher', async () => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(50)), { source: 'fortnox' }))
    const result = await ledger.readIn(key, options(fileOf(year(50))))
    expect(result).toMatchObject({ state: 'read_in', changed: 0 })
    expect(result.written).toBeLessThanOrEqual(2)
    expect(await ledger.year(key)).toMatchObject({ source: 'sie', file: { name: 'bok.se', by: 'Ada' } })
  })
})

describe('a file that cannot be read in', () => {
  const good = fileOf(year(40))
  const text = new TextDecoder('latin1').decode(good)
  const bytesOf = (changed: string) => Uint8Array.from(changed, (char) => char.charCodeAt(0))
  const kept = async (file: Uint8Array, more: Partial<ReadInOptions> = {}) => {
    const key = freshKey()
    await ledger.readIn(key, options(good))
    const before = {
      texts: await textsOf(key),
      year: await ledger.year(key),
      generations: await generationRows(),
    }
    const error = await ledger.readIn(key, options(file, more)).catch((thrown: unknown) => thrown)
    expect({
      texts: await textsOf(key),
      year: await ledger.year(key),
      generations: await generationRows(),
    }).toEqual(before)
    return error
  }

  it.each<[string, Uint8Array, object]>([
    ['no SIE file', bytesOf('Hej!\n'.repeat(100)), { code: 'sie_not_sie' }],
    ['cut off', good.slice(0, -30), { code: 'sie_truncated' }],
    [
      'a wrong control sum',
      bytesOf(text.replace('#PROGRAM', '#KSUMMA\r\n#PROGRAM').concat('#KSUMMA 17\r\n')),
      { code: 'sie_control_sum' },
    ],
    [
      'an unreadable amount',
      bytesOf(text.replace('#TRANS 3010 {} -100.00', '#TRANS 3010 {} -100,00')),
      { code: 'sie_unreadable', data: { line: 15, text: '-100,00' } },
    ],
    [
      'a type without vouchers',
      bytesOf(text.slice(0, text.indexOf('#VER')).replace('#SIETYP 4', '#SIETYP 1')),
      { code: 'sie_without_vouchers', data: { type: '1' } },
    ],
    [
      'another company',
      fileOf(year(3), { organisationNumber: '556000-4615' }),
      { code: 'sie_other_company', data: { expected: '5560360793', actual: '5560004615' } },
    ],
    [
      'another fiscal year',
      bytesOf(text.replace('#RAR 0 20240101 20241231', '#RAR 0 20240501 20250430')),
      { code: 'sie_other_year', data: { actual: '2024-05-01_2025-04-30' } },
    ],
  ])('%s: is refused and nothing is lost', async (_, file, error) => {
    expect(await kept(file)).toMatchObject(error)
  })

  it('is refused where Fortnox counts other vouchers than it sends', async () => {
    const error = await kept(fileOf(year(39)), { expectedVouchers: 40 })
    expect(error).toMatchObject({ code: 'ledger_incomplete', data: { expected: 40, actual: 39 } })
  })

  it('is refused when it has no year of its own and all vouchers are of another', async () => {
    const file = fileOf(year(3, (v) => voucherOf('A', v.number, { date: '20220105' })))
    const without = bytesOf(new TextDecoder('latin1').decode(file).replace(/#RAR.*\r\n/, ''))
    expect(await kept(without)).toMatchObject({ code: 'sie_other_year' })
  })

  it('breaks off when its source does', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(good.slice(0, 3000)),
      pull: (controller) => controller.error(new Error('connection lost')),
    })
    expect(await kept(good, { bytes: broken })).toMatchObject({ message: 'connection lost' })
  })
})

describe('questions', () => {
  const row = {
    kind: 'TRANS',
    objects: [],
    transDate: null,
    text: null,
    quantity: null,
    sign: null,
    extra: [],
  } as const
  const odd = fileOf([
    ...year(20),
    voucherOf('B', '1', { rows: [{ ...row, account: '1930', amount: 5 }] }),
    voucherOf('B', '2', { date: '20230501' }),
  ])

  it('hold the file back until somebody answers', async () => {
    const key = freshKey()
    const held = await ledger.readIn(key, options(odd))
    expect(held.state).toBe('held')
    expect(held.findings.map(({ code }) => code)).toEqual(['voucher_unbalanced', 'date_outside_year'])
    expect(held.findings[0]?.text.sv).toMatch(/B 1/)
    expect(await ledger.year(key)).toBeNull()
    const confirmed = await ledger.confirm(key, held.upload)
    expect(confirmed).toMatchObject({ state: 'read_in', changed: 22, counts: { vouchers: 22 } })
    expect((await ledger.year(key))?.findings).toHaveLength(2)
    expect(await ledger.confirm(key, held.upload)).toMatchObject({ state: 'read_in', written: 0 })
    expect(await ledger.readIn(key, options(odd))).toMatchObject({ state: 'unchanged', written: 0 })
  })

  it('can be answered no', async () => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(20))))
    const held = await ledger.readIn(key, options(odd))
    await ledger.discard(key, held.upload)
    await expect(ledger.confirm(key, held.upload)).rejects.toMatchObject({ code: 'upload_unknown' })
    expect(await textsOf(key)).toHaveLength(20)
  })

  it('are asked about a file without an organisation number, or with one that is none', async () => {
    for (const organisationNumber of [null, 'saknas']) {
      const held = await ledger.readIn(freshKey(), options(fileOf(year(2), { organisationNumber })))
      expect(held).toMatchObject({ state: 'held', findings: [{ code: 'organisation_number_missing' }] })
    }
  })

  it('become findings of Fortnox’ own ledger', async () => {
    const key = freshKey()
    expect(await ledger.readIn(key, options(odd, { questions: 'accept' }))).toMatchObject({
      state: 'read_in',
    })
    expect((await ledger.year(key))?.findings).toHaveLength(2)
  })

  it('cannot be answered for another firm’s upload', async () => {
    const held = await ledger.readIn(freshKey(), options(odd))
    await expect(ledger.confirm(freshKey(), held.upload)).rejects.toMatchObject({ code: 'upload_unknown' })
  })
})

describe('two at once', () => {
  it.each([
    ['one that changes in place', 3],
    ['one that makes a new generation', 300],
  ])('%s: the last one to come sees that the year has changed', async (_, changes) => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(300))))
    const mine = fileOf(year(300, (v, i) => (i < changes ? voucherOf('A', v.number, { text: 'min' }) : v)))
    const theirs = fileOf(year(300, (v, i) => (i === 200 ? voucherOf('A', v.number, { text: 'deras' }) : v)))
    let meanwhile: Promise<unknown> | undefined
    const slow = ledger.readIn(key, {
      ...options(mine),
      bytes: new ReadableStream({
        async start(controller) {
          controller.enqueue(mine.slice(0, 9000))
          meanwhile = ledger.readIn(key, options(theirs))
          await meanwhile
          controller.enqueue(mine.slice(9000))
          controller.close()
        },
      }),
    })
    await expect(slow).rejects.toMatchObject({ code: 'ledger_changed_meanwhile' })
    expect((await textsOf(key)).filter((text) => /min|deras/.test(text))).toEqual(['201 deras'])
  })

  it('a held file cannot be confirmed over a year that has changed', async () => {
    const key = freshKey()
    const held = await ledger.readIn(key, options(fileOf(year(3), { organisationNumber: null })))
    await ledger.readIn(key, options(fileOf(year(4))))
    await expect(ledger.confirm(key, held.upload)).rejects.toMatchObject({ code: 'ledger_changed_meanwhile' })
    expect(await textsOf(key)).toHaveLength(4)
  })
})

describe('sweeping', () => {
  it('removes what never became a ledger, and what was replaced, but not the ledgers', async () => {
    const key = freshKey()
    await ledger.readIn(key, options(fileOf(year(300))))
    await ledger.readIn(key, options(fileOf(year(300, (v) => voucherOf('A', v.number, { text: 'ny' })))))
    await ledger.readIn(freshKey(), options(fileOf(year(3), { organisationNumber: null })))
    expect(await ledger.sweep(0)).toBe(0)
    expect(await ledger.sweep(Date.now() + 1000)).toBeGreaterThanOrEqual(2)
    const orphans = `SELECT count(*) AS n FROM voucher WHERE generation NOT IN
      (SELECT generation FROM books WHERE generation IS NOT NULL)`
    expect(await db.prepare(orphans).first<number>('n')).toBe(0)
    expect(await textsOf(key)).toHaveLength(300)
  })
})
