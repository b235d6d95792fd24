import { describe, expect, it } from 'vitest'
import {
  parseSieBytes,
  type SieDiagnosticCode,
  sieDiagnosticCodes,
  sieMessage,
  sieSeverity,
  writeSieBytes,
} from './index.ts'

const HEAD = [
  '#FLAGGA 0',
  '#PROGRAM "Test" 1',
  '#FORMAT PC8',
  '#GEN 20240101',
  '#SIETYP 4',
  '#ORGNR 556036-0793',
  '#FNAMN X',
  '#RAR 0 20240101 20241231',
  '#KONTO 1930 Bank',
  '#KONTO 3010 Sales',
]
const BALANCED = ['#VER A 1 20240105', '{', '#TRANS 1930 {} 10', '#TRANS 3010 {} -10', '}']

function findings(lines: readonly string[]) {
  return parseSieBytes(new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)).diagnostics
}

/** Lines after the head, the line (0: the file), and what the finding is about. */
const cases: [SieDiagnosticCode, string[], number, object][] = [
  ['truncated', ['#VER A 1 20240105', '{', '#TRANS 1930 {} 0'], 13, { missing: '}' }],
  ['truncated', ['#VER A 1 20240105'], 11, { missing: '}' }],
  ['truncated', ['#KSUMMA', ...BALANCED], 16, { missing: '#KSUMMA' }],
  ['ksumma_wrong', ['#KSUMMA', '#KONTO 1 x', '#KSUMMA 1'], 13, { written: '1' }],
  ['amount_unreadable', ['#IB 0 1930 1,00'], 11, { text: '1,00' }],
  ['amount_too_large', ['#UB 0 1930 99999999999999999'], 11, { text: '99999999999999999' }],
  ['date_unreadable', ['#OMFATTN 20240231'], 11, { text: '20240231' }],
  ['row_outside_voucher', ['#TRANS 1930 {} 1'], 11, { account: '1930' }],
  [
    'voucher_unbalanced',
    ['#VER A 1 20240105', '{', '#TRANS 1930 {} 10', '#TRANS 3010 {} -9.5', '}'],
    11,
    { series: 'A', number: '1', difference: '0.50' },
  ],
  ['date_outside_year', ['#VER A 1 20250105', '{', '}'], 11, { date: '20250105' }],
  [
    'date_outside_year',
    ['#VER A 1 20240105', '{', '#TRANS 1930 {} 0 20231231', '}'],
    13,
    { date: '20231231', end: '20241231' },
  ],
  [
    'balance_differs',
    ['#IB 0 1930 5', '#UB 0 1930 14', '#RES 0 3010 -10', ...BALANCED],
    11,
    { account: '1930', difference: '1.00' },
  ],
  [
    'result_differs',
    ['#UB 0 1930 10', '#RES 0 3010 -11', ...BALANCED],
    12,
    { account: '3010', difference: '1.00' },
  ],
  ['account_unknown', ['#IB 0 1940 5'], 11, { account: '1940' }],
  ['number_duplicate', [...BALANCED, ...BALANCED], 16, { number: '1', occurrence: 2 }],
  [
    'number_falling',
    [...BALANCED.with(0, '#VER A 2 20240105'), ...BALANCED],
    16,
    { number: '1', previous: '2' },
  ],
  ['type_unknown', ['#SIETYP 5'], 11, { type: '5' }],
  [
    'rtrans_alone',
    ['#VER A 1 20240105', '{', '#RTRANS 1930 {} 1', '#TRANS 1930 {} 0', '}'],
    13,
    { amount: '1.00' },
  ],
  ['quantity_unreadable', ['#VER A 1 20240105', '{', '#TRANS 1930 {} 0 "" "" 1,5', '}'], 13, { text: '1,5' }],
  ['object_list_odd', ['#VER A 1 20240105', '{', '#TRANS 1930 {1} 0', '}'], 13, {}],
  ['object_list_missing', ['#VER A 1 20240105', '{', '#TRANS 1930 0', '}'], 13, {}],
  ['quote_unclosed', ['#KONTO 1 "x'], 11, {}],
  ['brace_stray', ['}'], 11, { brace: '}' }],
  ['block_unclosed', ['#VER A 1 20240105', '{', '#KONTO 1 x'], 13, {}],
  ['block_unopened', BALANCED.toSpliced(1, 1), 11, { number: '1' }],
  ['line_ignored', ['efter radbrytning" 5'], 11, { text: 'efter radbrytning" 5' }],
  ['ksumma_unopened', ['#KSUMMA 12'], 11, {}],
]

describe('findings', () => {
  it('a whole 4E file has none', () => {
    expect(findings([...HEAD, '#UB 0 1930 10', '#RES 0 3010 -10', ...BALANCED])).toEqual([])
  })

  for (const [code, lines, line, data] of cases)
    it(`${code} (${sieSeverity(code)}) at line ${line}`, () => {
      const found = findings([...HEAD, ...lines]).find((finding) => finding.code === code)
      expect(found).toMatchObject({ code, severity: sieSeverity(code), line, data })
      if (found!.severity === 'error') {
        const all = parseSieBytes(new TextEncoder().encode(`${[...HEAD, ...lines].join('\r\n')}\r\n`))
        expect(all.summary.ok).toBe(false)
      }
    })

  it('says where in the line', () => {
    expect(findings([...HEAD, '#IB 0 1930 1,00'])[0]).toMatchObject({ line: 11, column: 12 })
    expect(findings([...HEAD, '#VER A 1 20240105', '{', '  #TRANS 1930 {} 1,5', '}'])[0]).toMatchObject({
      line: 13,
      column: 18,
    })
  })

  it('a cut quote at the end of a file without line end is a truncated file', () => {
    const { diagnostics } = parseSieBytes(new TextEncoder().encode([...HEAD, '#KONTO 1940 "Ba'].join('\n')))
    expect(diagnostics.map(({ code }) => code)).toContain('truncated')
  })

  it('asks about the organisation number and the records that a type requires', () => {
    const missing = (lines: string[]) =>
      findings(lines).flatMap(({ code, data }) => (code === 'record_missing' ? [data.label] : []))
    expect(missing(['#SIETYP 4', '#VER A 1 20240101', '{', '}'])).toEqual([
      'FLAGGA',
      'PROGRAM',
      'FORMAT',
      'GEN',
      'FNAMN',
    ])
    expect(missing([...HEAD.filter((line) => !/RAR|KONTO/.test(line)), '#UB 0 1930 1'])).toEqual([
      'RAR',
      'KONTO',
    ])
    expect(missing(HEAD.with(4, '#SIETYP 2'))).toEqual(['OMFATTN', 'SRU'])
    expect(missing(HEAD.with(4, '#SIETYP 3'))).toEqual(['OMFATTN'])
    expect(missing(HEAD.with(4, ''))).toEqual(['SRU'])
    expect(findings(HEAD.with(5, '#ORGNR '))[0]).toMatchObject({
      code: 'organisation_number_missing',
      severity: 'question',
    })
  })

  it('a year given after the vouchers is asked about as a whole', () => {
    const found = findings([
      ...HEAD.toSpliced(7, 1),
      '#VER A 1 20250105',
      '{',
      '}',
      '#RAR 0 20240101 20241231',
    ])
    expect(found[0]).toMatchObject({ code: 'date_outside_year', line: 0, data: { date: '20250105' } })
  })

  it('hands out a limited number of each code and counts all', () => {
    const lines = [...HEAD, ...Array.from({ length: 50 }, () => '}')]
    const bytes = new TextEncoder().encode(lines.join('\n'))
    const { diagnostics, summary } = parseSieBytes(bytes, { maxDiagnosticsPerCode: 3 })
    expect(diagnostics).toHaveLength(3)
    expect(summary.diagnosticCounts).toEqual({ brace_stray: 50 })
  })

  it('the writer says what CP437 cannot hold', () => {
    const found: string[] = []
    const written = writeSieBytes([{ label: 'FNAMN', fields: ['5 € – 😀 ok', 'slut och \\'], line: 0 }], {
      diagnostic: ({ code, data }) => found.push(`${code} ${data.codePoint ?? data.text}`),
    })
    expect(String.fromCharCode(...written)).toBe('#FNAMN "5 ? ? ? ok" "slut och \\ "\r\n')
    expect(found).toEqual([
      'character_replaced U+20AC',
      'character_replaced U+2013',
      'character_replaced U+1F600',
      'text_changed slut och \\',
    ])
  })

  it('every code has a sentence in both languages, with its values in it', () => {
    for (const code of sieDiagnosticCodes)
      for (const language of ['sv', 'en'] as const)
        expect(sieMessage({ code, data: {} }, language)).toMatch(/\w.*[.?]$/)
    const data = { series: 'A', number: '17', date: '20240105', difference: '-1234567.50' }
    expect(sieMessage({ code: 'voucher_unbalanced', data }, 'sv')).toBe(
      'Verifikat A 17 (20240105) balanserar inte: differensen är −1\u00a0234\u00a0567,50 kr.',
    )
    expect(sieMessage({ code: 'voucher_unbalanced', data }, 'en')).toContain('SEK -1,234,567.50')
  })
})
