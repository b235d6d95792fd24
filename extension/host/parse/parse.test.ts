import { describe, expect, it } from 'vitest'
import { parseAmount } from './amount.ts'
import { dateOrder, parseDate, parseDateRange } from './date.ts'
import { parseSeries, parseVoucher, parseVoucherHeading } from './voucher.ts'

describe('voucher numbers', () => {
  it.each<[string, string | null, string, number | null]>([
    ['A 123', 'A', '123', null],
    ['A123', 'A', '123', null],
    ['# 1', '#', '1', null],
    [' A-123 ', 'A', '123', null],
    ['A:7', 'A', '7', null],
    ['A/123', 'A', '123', null],
    ['LB 45', 'LB', '45', null],
    ['Ö 9', 'Ö', '9', null],
    ['A\u00a0123', 'A', '123', null],
    ['123', null, '123', null],
    ['0012', null, '0012', null],
    ['A 123/2024', 'A', '123', 2024],
    ['A123 (2024)', 'A', '123', 2024],
    ['123/2024', null, '123', 2024],
    ['2024-A-123', 'A', '123', 2024],
    ['2024A123', 'A', '123', 2024],
    ['A – 123', 'A', '123', null],
    ['123 A', 'A', '123', null],
    ['123-LB', 'LB', '123', null],
    ['Ver A 123', 'A', '123', null],
    ['Verifikat A123', 'A', '123', null],
    ['Ver.nr: 77', null, '77', null],
    ['Ver 12', null, '12', null],
    ['Nr 12', null, '12', null],
    ['V 12', 'V', '12', null],
    ['Voucher B 2', 'B', '2', null],
  ])('reads %j', (text, series, number, year) => {
    expect(parseVoucher(text)).toEqual({ series, number, year })
  })

  it.each([
    '',
    'A',
    'A 123/24',
    '12 st',
    '12 KR A',
    'A 12 34',
    'Hyra 2024 mars',
    '2024-03-01',
    '12 450,00',
    '1,5',
    'A 123 Hyra',
    '556036-0793',
    'Summa 12',
    'ABCDE 1',
    'A-',
    '#',
    '123456789',
  ])('takes %j for no voucher', (text) => {
    expect(parseVoucher(text)).toBeNull()
  })

  it('reads a series of its own', () => {
    expect(['A', ' LB ', '1', '', 'A 1', '–'].map(parseSeries)).toEqual(['A', 'LB', '1', null, null, null])
  })
})

describe('dates', () => {
  it.each([
    ['2024-03-01', '2024-03-01'],
    ['20240301', '2024-03-01'],
    ['2024/3/1', '2024-03-01'],
    ['2024.03.01', '2024-03-01'],
    ['1 mars 2024', '2024-03-01'],
    ['1 Mar 2024', '2024-03-01'],
    ['20 apr 2024', '2024-04-20'],
    ['4aug. 2024', '2024-08-04'],
    ['1:a maj 2024', '2024-05-01'],
    ['Mar 1, 2024', '2024-03-01'],
    ['31/12/2024', '2024-12-31'],
    ['12/31/2024', '2024-12-31'],
    ['03/03/2024', '2024-03-03'],
    ['2024-03-01 14:05', '2024-03-01'],
    ['2024-03-01T00:00:00Z', '2024-03-01'],
  ])('reads %j', (text, date) => {
    expect(parseDate(text)).toBe(date)
  })

  it.each([
    '',
    '03/04/2024',
    '24-03-01',
    '2024-02-30',
    '2024-13-01',
    '2024',
    '1 maj',
    'A 123',
    '20241',
    '12450000',
  ])('does not guess at %j', (text) => {
    expect(parseDate(text)).toBeNull()
  })

  it.each([
    [['03/04/2024', '31/04/2024'], 'dmy'],
    [['03/04/2024', '04/31/2024'], 'mdy'],
    [['03/04/2024', '31/01/2024', '01/31/2024'], null],
    [['03/04/2024', '05/06/2024'], null],
    [['240301', '240315', '240402', '250109'], 'ymd'],
    [['01-03-24', '15-03-24', '02-04-24'], 'dmy'],
    [['240301', '240301', '240301'], null],
    [['240301', '240315'], null],
    [['123456', '123457', '123458'], null],
    [['2024-03-01', '2024-03-15'], null],
  ] as const)('tells the order of %j', (texts, order) => {
    expect(dateOrder(texts)).toBe(order)
  })

  it('reads by the column’s order', () => {
    expect(parseDate('03/04/2024', 'dmy')).toBe('2024-04-03')
    expect(parseDate('03/04/2024', 'mdy')).toBe('2024-03-04')
    expect(parseDate('240304', 'ymd')).toBe('2024-03-04')
    expect(parseDate('24-03-04', 'ymd')).toBe('2024-03-04')
    expect(parseDate('24-03-04', 'dmy')).toBe('2004-03-24')
    expect(parseDate('240231', 'ymd')).toBeNull()
    expect(parseDate('2024-03-04', 'dmy')).toBe('2024-03-04')
  })

  it.each([
    ['Räkenskapsår 2024-01-01 – 2024-12-31', { from: '2024-01-01', to: '2024-12-31' }],
    ['20230701-20240630', { from: '2023-07-01', to: '2024-06-30' }],
    ['2024-01-01 till 2024-12-31', { from: '2024-01-01', to: '2024-12-31' }],
    ['2024-12-31 – 2024-01-01', null],
    ['2023-01-01 – 2023-12-31, 2024-01-01 – 2024-12-31', null],
    ['2024', null],
  ])('reads the range of %j', (text, range) => {
    expect(parseDateRange(text)).toEqual(range)
  })
})

describe('amounts', () => {
  it.each<[string, number | null]>([
    ['12 450,00', 1245000],
    ['12\u00a0450,00', 1245000],
    ['12.450,00', 1245000],
    ['12,450.00', 1245000],
    ['1.234.567', 123456700],
    ['−500', -50000],
    ['-500,5', -50050],
    ['500,00-', -50000],
    ['(500,00)', -50000],
    ['500 kr', 50000],
    ['SEK 1 200,00', 120000],
    ['0,00', 0],
    ['12.450', null],
    ['12,450', null],
    ['A 12', null],
    ['2024-03-01', null],
    ['', null],
    ['1,2345', null],
  ])('reads %j as %j', (text, oere) => {
    expect(parseAmount(text)).toBe(oere)
  })
})

describe('texts that begin with a voucher', () => {
  it.each<[string, string | null, string, string | null]>([
    ['Verifikat A 12', 'A', '12', null],
    ['Verifikat: A12', 'A', '12', null],
    ['Ver.nr: 12', null, '12', null],
    ['Verifikationsnummer B 7', 'B', '7', null],
    ['Ver A12', 'A', '12', null],
    ['Verifikat 12 2026-03-01', null, '12', '2026-03-01'],
    ['A 12 2026-03-01 Leverantörsfaktura', 'A', '12', '2026-03-01'],
    ['A12, 1 mars 2026', 'A', '12', '1 mars 2026'],
    ['Verifikation A-12 – Hyra', 'A', '12', null],
    ['Verifikat A 12 (2026-03-01)', 'A', '12', '2026-03-01'],
    ['Voucher no. A 5', 'A', '5', null],
    ['Vernr: A 12 Bokföringsdatum: 2026-03-01 Text: Hyra', 'A', '12', '2026-03-01'],
    ['Verifikat A 12 Datum 2026-03-01', 'A', '12', '2026-03-01'],
  ])('%j is %j %j of %j', (text, series, number, date) => {
    expect(parseVoucherHeading(text)).toMatchObject({ series, number, date })
  })

  it.each([
    'Verifikat',
    'Verifikat 312',
    'Ver 2',
    'Ver. 2.3',
    'Ver 12 2025-01-01',
    'Version 12',
    'Voucher AB12',
    'Verifikat A 12 har bokförts',
    'Verifikat A 1 – A 45',
    'Verifikat A 1, A 2',
    'Verifikat A 1 234,50',
    'Verifierad A 12',
    'Verifikat A 12 Fakturadatum 2026-03-01',
    'A 12 Hyra',
    'A 12.50 2025-01-01',
    'Faktura A 12 2026-01-01',
    '1930 Företagskonto',
  ])('%j is none', (text) => expect(parseVoucherHeading(text)).toBeNull())
})
