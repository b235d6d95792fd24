import { describe, expect, it } from 'vitest'
import { parseSieBytes, type SieLedger, type SieReadOptions } from './index.ts'

const HEAD = [
  '#FLAGGA 0',
  '#PROGRAM "Test" 1',
  '#FORMAT PC8',
  '#GEN 20240101',
  '#SIETYP 4',
  '#ORGNR 556036-0793',
  '#FNAMN X',
]

/** ASCII and Latin-1 characters as bytes. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function read(lines: string | readonly string[], options?: SieReadOptions): SieLedger {
  return parseSieBytes(bytes(typeof lines === 'string' ? lines : `${lines.join('\r\n')}\r\n`), options)
}

function readRow(row: string, head: readonly string[] = HEAD) {
  const { vouchers, diagnostics } = read([...head, '#VER A 1 20240105 "v"', '{', row, '}'])
  return { row: vouchers[0]?.rows[0], codes: diagnostics.map(({ code }) => code) }
}

describe('texts', () => {
  const cases: [string, string, string][] = [
    ['a lone backslash is itself', '"1820\\A012 Cykel"', '1820\\A012 Cykel'],
    ['an escaped quote is a quote', '"sade \\"hej\\""', 'sade "hej"'],
    ['a doubled backslash is two, but for Fortnox', '"C:\\\\Documents"', 'C:\\\\Documents'],
    ['a text without quotes', 'Kassa', 'Kassa'],
    ['an escaped quote without quotes', 'a\\"b', 'a"b'],
    ['an empty text', '""', ''],
    ['a quote that is not closed goes to the end of the line', '"avhuggen text', 'avhuggen text'],
    ['braces within quotes', '"{1 2}"', '{1 2}'],
    ['a carriage return within a text', '"a\rb"', 'a\rb'],
  ]
  for (const [name, written, text] of cases)
    it(name, () => expect(readRow(`#TRANS 1930 {} 1 "" ${written}`).row?.text).toBe(text))

  it('Fortnox escapes backslashes', () => {
    const head = HEAD.map((line) => line.replace('"Test"', '"Fortnox"'))
    expect(readRow('#TRANS 1930 {} 1 "" "C:\\\\a\\\\"', head).row?.text).toBe('C:\\a\\')
    expect(readRow('#TRANS 1930 {} 1 "" "a\\b \\"c\\""', head).row?.text).toBe('a\\b "c"')
  })
})

describe('rows', () => {
  const absent = { transDate: null, text: null, quantity: null, sign: null, extra: [] }
  const cases: [string, string, object][] = [
    ['tabs and indentation', '\t#TRANS\t1930\t{}\t-1.5\t', { account: '1930', amount: -150, ...absent }],
    ['absent fields', '#TRANS 1930 {} 100', absent],
    ['empty fields', '#TRANS 1930 {} 100 "" "" 0', { ...absent, transDate: '', text: '', quantity: '0' }],
    ['an account of other than four digits', '#TRANS 19301 {} 1', { account: '19301' }],
    ['an account with a leading zero', '#TRANS 0100 {} 1', { account: '0100' }],
    ['an account in quotes', '#TRANS "1930" {} "1.00"', { account: '1930', amount: 100 }],
    [
      'a quantity with many decimals',
      '#TRANS 1930 {} 1 "" "" 0.12345678901234567890',
      { quantity: '0.12345678901234567890' },
    ],
    [
      'fields beyond the last',
      '#TRANS 1930 {} 1 "" "" 1 me more {1 2}',
      { sign: 'me', extra: ['more', [['1', '2']]] },
    ],
    ['no object list', '#TRANS 1930 1.00', { amount: 100, objects: [] }],
    ['list {"1" "x"}', '#TRANS 1930 {"1" "x y"} 1', { objects: [['1', 'x y']] }],
    ['list {1 "x"}', '#TRANS 1930 {1 "x"} 1', { objects: [['1', 'x']] }],
    ['list {1 x}', '#TRANS 1930 {1 x} 1', { objects: [['1', 'x']] }],
    ['list { "1" "1"}', '#TRANS 1930 { "1" "1"} 1', { objects: [['1', '1']] }],
    ['list { }', '#TRANS 1930 { } 1', { objects: [] }],
    [
      'list of two',
      '#TRANS 1930 {1 "Nord" 6 "0015"} 1',
      {
        objects: [
          ['1', 'Nord'],
          ['6', '0015'],
        ],
      },
    ],
    ['list with a brace in quotes', '#TRANS 1930 {1 "a}b"} 1', { objects: [['1', 'a}b']] }],
    ['lower-case label', '#trans 1930 {} 1', { kind: 'TRANS', amount: 100 }],
  ]
  for (const [name, line, row] of cases) it(name, () => expect(readRow(line).row).toMatchObject(row))
})

describe('amounts', () => {
  const cases: [string, number][] = [
    ['0', 0],
    ['-0.00', 0],
    ['1', 100],
    ['1.5', 150],
    ['-1234.05', -123405],
    ['.5', 50],
    ['5.', 500],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['0000000000000000001.00', 100],
  ]
  for (const [written, ore] of cases)
    it(`${written} is ${ore} öre`, () => {
      const { amount } = readRow(`#TRANS 1930 {} ${written}`).row!
      expect(Object.is(amount, ore)).toBe(true)
    })

  for (const written of [
    '1,50',
    '"1 234.50"',
    '+5',
    '1.234',
    '1.200',
    '1e3',
    '-',
    '.',
    '""',
    '--1',
    '5-',
    'x',
    '',
  ])
    it(`${written || 'nothing'} is unreadable`, () => {
      const { row, codes } = readRow(`#TRANS 1930 {} ${written}`)
      expect(row).toBeUndefined()
      expect(codes).toContain('amount_unreadable')
    })

  it('what a number cannot hold exactly is an error, not rounded', () => {
    expect(readRow('#TRANS 1930 {} 90071992547409.92').codes).toContain('amount_too_large')
    expect(readRow('#TRANS 1930 {} 123456789012345678901234567890').codes).toContain('amount_too_large')
  })

  it('sums stay exact beyond 2^53', () => {
    const rows = Array.from({ length: 6 }, (_, i) => `#TRANS 1930 {} ${i % 2 ? '-' : ''}90071992547409.91`)
    const ledger = read([
      ...HEAD,
      '#VER A 1 20240101',
      '{',
      ...rows,
      '#TRANS 1930 {} 0.01',
      '#TRANS 1930 {} -0.01',
      '}',
    ])
    expect(ledger.summary).toMatchObject({
      unbalancedVouchers: 0,
      debit: 3n * 9007199254740991n + 1n,
      ok: true,
    })
  })
})

describe('dates', () => {
  for (const date of ['20240230', '20230229', '2024-01-05', '240105', '20241301', '00000000', '""', 'x'])
    it(`${date} is unreadable as a voucher date`, () => {
      const { diagnostics, vouchers } = read([...HEAD, `#VER A 1 ${date}`, '{', '}'])
      expect(diagnostics.map(({ code }) => code)).toContain('date_unreadable')
      expect(vouchers).toEqual([])
    })
  it('a leap day is a day', () => {
    expect(read([...HEAD, '#VER A 1 20240229', '{', '}']).vouchers[0]?.date).toBe('20240229')
  })
  it('a period out of the calendar is unreadable', () => {
    const { diagnostics } = read([...HEAD, '#PSALDO 0 202413 1930 {} 1'])
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: 'date_unreadable', line: 8, column: 11 }),
    )
  })
  it('fiscal years without days, as BL writes them, are no error', () => {
    expect(read([...HEAD, '#RAR 0  ']).summary).toMatchObject({
      ok: true,
      fiscalYears: [{ index: 0, start: '', end: '' }],
    })
  })
})

describe('vouchers', () => {
  it('keeps empty and repeated numbers apart', () => {
    const block = (head: string) => [head, '{', '}']
    const { vouchers } = read([
      ...HEAD,
      ...block('#VER A 1 20240101'),
      ...block('#VER A 1 20240101'),
      ...block('#VER "" "" 20240101'),
      ...block('#VER "" "" 20240101'),
      ...block('#VER B 1 20240101'),
      ...block('#VER A 01 20240101'),
      ...block('#VER A 1 20240101'),
    ])
    expect(vouchers.map(({ series, number, occurrence }) => `${series}/${number}/${occurrence}`)).toEqual([
      'A/1/1',
      'A/1/2',
      '//1',
      '//2',
      'B/1/1',
      'A/01/1',
      'A/1/3',
    ])
  })

  it('counts TRANS only; an RTRANS belongs to the TRANS after it whatever its date and sign', () => {
    const { vouchers, diagnostics, summary } = read([
      ...HEAD,
      '#VER A 1 20240105',
      '{',
      '#BTRANS 1930 {} -1000 20240110 "" "" me',
      '#RTRANS 1930 {} -900 20240110 "" "" me',
      '#TRANS 1930 {} -900 20240105 ""',
      '#TRANS 4010 {} 900',
      '}',
    ])
    expect(summary).toMatchObject({ rows: { TRANS: 2, RTRANS: 1, BTRANS: 1 }, unbalancedVouchers: 0 })
    expect(vouchers[0]?.rows.map(({ kind }) => kind)).toEqual(['BTRANS', 'RTRANS', 'TRANS', 'TRANS'])
    expect(diagnostics.map(({ code }) => code)).not.toContain('rtrans_alone')
  })

  it('takes vouchers without rows, with braces and blanks, and a brace on the #VER line', () => {
    const { vouchers, summary } = read([
      ...HEAD,
      '#VER A 1 20240101',
      '{\t',
      '} ',
      '#VER A 2 20240101 "x" 20240102 me extra {',
      ' #BTRANS 1930 {} 5',
      '}',
    ])
    expect(summary.ok).toBe(true)
    expect(vouchers.map(({ rows }) => rows.length)).toEqual([0, 1])
    expect(vouchers[1]).toMatchObject({
      text: 'x',
      regDate: '20240102',
      sign: 'me',
      extra: ['extra'],
      balance: 0,
    })
  })

  it('keeps unknown records within a voucher and outside', () => {
    const { vouchers, records } = read([
      ...HEAD,
      '#EGEN a {1 2}',
      '#VER A 1 20240101',
      '{',
      '#TRANS 1 {} 0',
      '#XNOT "b"',
      '}',
    ])
    expect(vouchers[0]?.others).toEqual([
      { rowsBefore: 1, record: { label: 'XNOT', fields: ['b'], line: 12 } },
    ])
    expect(records.at(-1)).toEqual({ label: 'EGEN', fields: ['a', [['1', '2']]], line: 8 })
  })
})

describe('files', () => {
  const body = [...HEAD, '#VER A 1 20240101 "v"', '{', '#TRANS 1930 {} 1', '#TRANS 2440 {} -1', '}']
  const cases: [string, string][] = [
    ['LF', `${body.join('\n')}\n`],
    ['CRLF', `${body.join('\r\n')}\r\n`],
    ['CR only', `${body.join('\r')}\r`],
    ['no line end at the end', body.join('\r\n')],
    ['0x1A at the end', `${body.join('\r\n')}\r\n\x1a`],
    ['NUL at the end', `${body.join('\r\n')}\r\n\0\0\0`],
    ['empty lines', `\r\n\r\n${body.join('\r\n\r\n')}`],
    ['a stray }', `${body.join('\r\n')}\r\n}\r\n`],
    ['a UTF-8 byte order mark', `\xef\xbb\xbf${body.join('\r\n')}`],
  ]
  for (const [name, text] of cases)
    it(`reads ${name}`, () => {
      const { summary, vouchers } = read(text)
      expect(summary).toMatchObject({
        ok: true,
        type: '4',
        vouchers: 1,
        byteOrderMark: name.includes('order mark'),
      })
      expect(vouchers[0]?.rows.map(({ amount }) => amount)).toEqual([100, -100])
    })

  it('is of type 1 where #SIETYP is missing', () => {
    expect(read(['#FLAGGA 0', '#FNAMN X']).summary.type).toBe('1')
  })

  for (const [name, text, looksLike] of [
    ['nothing', '', 'empty'],
    ['HTML', '<!DOCTYPE html>\n<p>404', 'markup'],
    ['zip', 'PK\x03\x04', 'zip'],
    ['UTF-16', '\xff\xfe#\0F\0L\0A\0G\0G\0A\0', 'utf16'],
    ['unknown labels only', '#HEJ 1\n', 'unknown'],
  ] as const)
    it(`${name} is no SIE file`, () => {
      const { summary, diagnostics, records } = read(text)
      expect(summary).toMatchObject({ ok: false, type: null })
      expect(diagnostics).toMatchObject([{ code: 'not_sie', data: { looksLike } }])
      if (name !== 'unknown labels only') expect(records).toEqual([])
    })

  it('a line without end stops the reading', () => {
    const { diagnostics } = parseSieBytes(new Uint8Array(3 << 20).fill(65))
    expect(diagnostics.map(({ code }) => code)).toEqual(['line_too_long'])
  })
})

describe('character sets', () => {
  const text = '#FNAMN "åäö ÅÄÖ"'
  const pc8 = '#FNAMN "\x86\x84\x94 \x8f\x8e\x99"'
  const utf8 = String.fromCharCode(...new TextEncoder().encode(text))
  for (const [name, written, encoding, label] of [
    ['ASCII', '#FNAMN "abc"', 'ascii', 'ascii'],
    ['CP437', pc8, 'cp437', 'cp437'],
    ['Latin-1', text, 'latin1', 'latin1'],
    ['UTF-8', utf8, 'utf8', 'utf8'],
    ['UTF-8 with a mark', `\xef\xbb\xbf${utf8}`, 'utf8', 'utf8'],
    ['one odd byte in CP437', `${pc8}\r\n#FNR "\xc5"`, 'cp437', 'cp437(mixed 6/1)'],
    ['one odd byte in Latin-1', `${text}\r\n#FNR "\x94"`, 'latin1', 'latin1(mixed 6/1)'],
    ['one odd byte in UTF-8', `${utf8}\r\n#FNR "\x94"`, 'utf8', 'utf8(mixed 6/1)'],
  ] as const)
    it(name, () => {
      const { summary } = read(`${written}\r\n#KONTO 1 x\r\n`)
      expect([summary.encoding, summary.encodingLabel]).toEqual([encoding, label])
      if (name !== 'ASCII') expect(summary.company.name).toBe('åäö ÅÄÖ')
    })

  it('the odd byte comes first, the rest follows far behind: still by majority', () => {
    const filler = Array.from({ length: 3000 }, () => '#SRU 1930 7201')
    const { summary } = read(['#FLAGGA 0', '#FNR "\xf6"', ...filler, '#FNAMN "\x86\x84\x94"'])
    expect(summary).toMatchObject({ encoding: 'cp437', company: { name: 'åäö', id: '÷' } })
  })
})
