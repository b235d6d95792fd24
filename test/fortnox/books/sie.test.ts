import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { caller } from '../testing.ts'
import { decodeSie, encodeCp437 } from './cp437.ts'
import { BooksError, readSieBooks } from './sie-reader.ts'

const corpus = new URL('../../../../shared/sie/', import.meta.url)
const present = existsSync(corpus)
if (!present) console.warn('test/fortnox: ../shared/sie is absent, so books from real files are not tested')

const bytes = (text: string) => encodeCp437(text)
const book = (more: string) =>
  bytes(
    `#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#FNAMN "Åäö AB"\n#RAR 0 20260101 20261231\n#KONTO 1930 "Bank"\n${more}`,
  )

describe('the reader', () => {
  test('rows of all three kinds, objects, quotes and a lone backslash', () => {
    const { vouchers } = readSieBooks(
      book(
        '#VER A "1" 20260102 "Inköp \\"rea\\" C:\\fil" 20260103\n{\n\t#TRANS\t1930\t{"1" "BUTIK" 6 P1}\t-100.5\t20260102\t"rad"\n#BTRANS 1930 {} 7\n#RTRANS 1930 {} 100.50 "" "x" "" "Anna"\n#TRANS 1930 {} 100.50\n}\n#VER B 2 20260103\n{\n}\n',
      ),
      'x.se',
    )
    expect(vouchers).toHaveLength(2)
    expect(vouchers[0]).toMatchObject({
      series: 'A',
      number: '1',
      date: '2026-01-02',
      text: 'Inköp "rea" C:\\fil',
    })
    expect(vouchers[0]?.rows.map(({ kind, amount, text }) => [kind, amount, text])).toEqual([
      ['TRANS', -10050, 'rad'],
      ['BTRANS', 700, ''],
      ['RTRANS', 10050, 'x'],
      ['TRANS', 10050, ''],
    ])
    expect(vouchers[0]?.rows[0]?.objects).toEqual(
      new Map([
        ['1', 'BUTIK'],
        ['6', 'P1'],
      ]),
    )
  })

  test('CP437 and UTF-8 both', () => {
    expect(readSieBooks(book(''), 'x.se').companyName).toBe('Åäö AB')
    expect(readSieBooks(new TextEncoder().encode(decodeSie(book(''))), 'x.se').companyName).toBe('Åäö AB')
  })

  test.each([
    ['no SIE file', bytes('hej\n'), 'x.se', /no SIE file/],
    ['type 1', bytes('#FLAGGA 0\n#SIETYP 1\n#RAR 0 20260101 20261231\n'), 'x.se', /type 1/],
    ['no type, which is type 1', bytes('#FLAGGA 0\n#RAR 0 20260101 20261231\n'), 'x.se', /type 1/],
    ['type 3', bytes('#FLAGGA 0\n#SIETYP 3\n'), 'x.se', /type 3/],
    ['4I by content', bytes('#FLAGGA 0\n#SIETYP 4\n#VER A 1 20260101\n{\n}\n'), 'x.se', /SIE-4I/],
    ['4I by name', book(''), 'x.SI', /SIE-4I/],
    ['an amount that is none', book('#VER A 1 20260101\n{\n#TRANS 1930 {} 1,50\n}\n'), 'x.se', /amount/],
    ['a date that is none', book('#VER A 1 20260231\n{\n}\n'), 'x.se', /date/],
  ])('refuses %s', (_, content, name, message) => {
    expect(() => readSieBooks(content, name)).toThrow(BooksError)
    expect(() => readSieBooks(content, name)).toThrow(message)
  })
})

describe('the writer', () => {
  test('what it writes, the reader reads the same', async () => {
    const { sandbox, get } = caller()
    for (const year of sandbox.company().books.years) {
      const response = await get(`/3/sie/4?financialyear=${year.id}`)
      const read = readSieBooks(new Uint8Array(await response.arrayBuffer()), 'x.se')
      expect(read.years.get(0)).toEqual({ from: year.from, to: year.to })
      expect(read.organisationNumber).toBe(sandbox.company().organisationNumber)
      expect(
        read.vouchers.map(({ series, number, date, text, rows }) => ({
          series,
          number,
          date,
          text,
          rows: rows.filter((row) => row.kind !== 'RTRANS').map((row) => [row.kind, row.account, row.amount]),
        })),
      ).toEqual(
        year.vouchers.map(({ series, number, date, text, rows }) => ({
          series,
          number,
          date,
          text,
          rows: rows.map((row) => [row.removed ? 'BTRANS' : 'TRANS', row.account, row.amount]),
        })),
      )
    }
  })

  test('removed and added rows, balances that add up', async () => {
    const { get } = caller()
    const text = decodeSie(new Uint8Array(await (await get('/3/sie/4?financialyear=2')).arrayBuffer()))
    expect(text).toMatch(/^#BTRANS 2614 \{\} -92\.7 /m)
    expect(text).toMatch(/^#RTRANS 6110 \{1 "BUTIK" 6 "1"\} 200 .*\n#TRANS 6110 \{1 "BUTIK" 6 "1"\} 200 /m)
    const sum = (label: string) =>
      [...text.matchAll(new RegExp(`^#${label} 0 \\d+ (-?[\\d.]+)`, 'gm'))].reduce(
        (total, [, amount]) => total + Math.round(Number(amount) * 100),
        0,
      )
    expect(sum('UB') + sum('RES')).toBe(sum('IB'))
  })

  test.each([
    ['fromdate=2026-03-01', (date: string) => date >= '2026-03-01'],
    ['todate=2026-03-01', (date: string) => date <= '2026-03-01'],
    [
      'selection=A,2,4;B,1,1',
      (_: string, series: string, number: number) =>
        (series === 'A' && number >= 2 && number <= 4) || (series === 'B' && number === 1),
    ],
  ])('?%s', async (query, keeps) => {
    const { sandbox, get } = caller()
    const response = await get(`/3/sie/4?FinancialYear=2&${query}`)
    const read = readSieBooks(new Uint8Array(await response.arrayBuffer()), 'x.se').vouchers
    const expected = sandbox.company().books.years.find((year) => year.id === 2)?.vouchers ?? []
    expect(read.length).toBe(expected.filter((one) => keeps(one.date, one.series, Number(one.number))).length)
    expect(read.length).toBeGreaterThan(0)
  })

  test.each(['1', '2', '3'])('type %s has no vouchers and says its type', async (type) => {
    const { get } = caller()
    const text = decodeSie(new Uint8Array(await (await get(`/3/sie/${type}?financialyear=2`)).arrayBuffer()))
    expect(text).toContain(`#SIETYP ${type}\n`)
    expect(text).not.toContain('#VER')
    expect(text.includes('#PSALDO')).toBe(type !== '1')
  })

  test.each(['/3/sie/5', '/3/sie/4?selection=A,1', '/3/sie/4?financialyear=99'])(
    '%s is refused',
    async (path) => {
      expect((await caller().get(path)).status).toBe(400)
    },
  )
})

describe.runIf(present)('books from real files', () => {
  interface Expected {
    file: string
    sietyp: string
    vouchers: number
    sumDebitTRANS: string
    encoding: string
  }
  const expected: Expected[] = present
    ? JSON.parse(readFileSync(new URL('expected.json', corpus), 'utf8'))
    : []
  const read = (file: string) => new Uint8Array(readFileSync(new URL(`corpus/${file}`, corpus)))
  const books = expected.filter((one) => one.sietyp === '4' && one.file.endsWith('.se'))

  test('every other file is refused, and says why', () => {
    const others = readdirSync(new URL('corpus/', corpus)).filter(
      (file) => !books.some((one) => one.file === file),
    )
    expect(others.length).toBeGreaterThan(10)
    for (const file of others) expect(() => readSieBooks(read(file), file), file).toThrow(BooksError)
  })

  test.each(books)(
    '$file: own bytes back, all vouchers listed',
    async ({ file, vouchers, sumDebitTRANS }) => {
      const { sandbox, get, json } = caller({ books: [{ name: file, bytes: read(file) }] })
      const year = sandbox.company().books.years.find((one) => one.id === 2)
      const response = await get('/3/sie/4?financialyear=2')
      expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(read(file)))).toBe(true)
      expect(await json('/3/vouchers?financialyear=2&limit=1')).toMatchObject({
        MetaInformation: { '@TotalResources': vouchers },
      })
      const debit = year?.vouchers
        .flatMap((one) => one.rows)
        .reduce((sum, row) => sum + (row.removed ? 0 : Math.max(0, row.amount)), 0)
      expect(debit).toBe(Math.round(Number(sumDebitTRANS) * 100))
      const documents = sandbox
        .truth()
        .years.flatMap((one) => one.vouchers)
        .filter((one) => one.documents.length > 0)
      expect(documents.length).toBeGreaterThan(vouchers / 4)
    },
  )

  test("a deleted voucher makes the file's own bytes true no longer", async () => {
    const file = books[0]?.file ?? ''
    const { sandbox, get } = caller({ books: [{ name: file, bytes: read(file) }] })
    const { tenant } = sandbox.company()
    const year = sandbox.company().books.years.find((one) => one.id === 2)
    const voucher = year?.vouchers[0]
    if (year === undefined || voucher === undefined) throw new Error('no voucher')
    const before = year.vouchers.length
    sandbox.deleteVoucher(tenant, { year: 2, series: voucher.series, number: voucher.number })
    const text = decodeSie(new Uint8Array(await (await get('/3/sie/4?financialyear=2')).arrayBuffer()))
    expect(text.match(/^#VER/gm)).toHaveLength(before - 1)
  })

  test('the empty year before is a year with no vouchers', async () => {
    const { json, get } = caller({
      books: [{ name: 'fortnox-2-type4.se', bytes: read('fortnox-2-type4.se') }],
    })
    expect(await json('/3/vouchers?financialyear=3')).toMatchObject({ Vouchers: [] })
    const text = await (await get('/3/sie/4?financialyear=3')).text()
    expect(text).toContain('#RAR 0 20090101 20091231')
    expect(text).not.toContain('#VER')
  })
})
