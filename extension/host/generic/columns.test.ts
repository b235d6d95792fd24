import { describe, expect, it } from 'vitest'
import { columnsOf, isVoucherHeader, readRow } from './columns.ts'

const row = (...cells: string[]) => cells

describe('which column says what', () => {
  it.each([
    'Verifikat',
    'Ver.nr',
    'Vernr',
    'Ver nr',
    'Verifikationsnummer',
    'Voucher',
    'Voucher no.',
    'Verifikatnr',
    'Ver',
    'Serie/Nr',
    'VERIFIKATNUMMER',
    'Ver.serie/nr',
  ])('%s may stand over vouchers', (header) => expect(isVoucherHeader(header)).toBe(true))
  it.each(['Version', 'Verksamhet', 'Fakturanr', 'Nr', 'Serie', 'Leverantör', 'Verifierad', ''])(
    '%s may not',
    (header) => expect(isVoucherHeader(header)).toBe(false),
  )

  it('finds series and number in columns of their own', () => {
    const columns = columnsOf(
      ['Serie', 'Nr', 'Datum', 'Belopp'],
      [row('A', '1', '2024-01-02', '10,00'), row('B', '2', '2024-01-03', '20,00')],
    )
    expect(columns).toMatchObject({ series: 0, voucher: 1, date: 2, amount: 3, amountIs: 'voucher' })
    expect(readRow(columns!, (at) => row('B', '2', '2024-01-03', '20,00')[at]!)).toMatchObject({
      series: 'B',
      number: '2',
      date: '2024-01-03',
      amount: 2000,
    })
  })

  it('never takes another date for the voucher’s', () => {
    const sample = [row('A 1', '2024-01-02', '2024-02-02')]
    expect(columnsOf(['Ver.nr', 'Fakturadatum', 'Förfallodatum'], sample)?.date).toBeNull()
    expect(columnsOf(['Ver.nr', 'Registreringsdatum', 'Bokföringsdatum'], sample)?.date).toBe(2)
    expect(columnsOf(['Ver.nr', 'Datum', 'Ver.datum'], sample)?.date).toBe(2)
  })

  it('takes no column whose cells are no vouchers', () => {
    expect(
      columnsOf(['Verifikat', 'Datum'], [row('Hyra mars', '2024-03-01'), row('El april', '2024-04-01')]),
    ).toBeNull()
    expect(columnsOf(['Verifikat', 'Ver.nr'], [row('Hyra mars', 'A 7')])?.voucher).toBe(1)
  })

  it('is silent about a table without vouchers', () => {
    expect(columnsOf(['Fakturanr', 'Datum', 'Belopp'], [row('123', '2024-03-01', '10,00')])).toBeNull()
    expect(columnsOf(['Nr', 'Namn'], [row('1', 'Ada')])).toBeNull()
  })

  it.each([
    { headers: ['Dokument', 'Ver.', 'Datum'], cells: ['Avtal', '8', '2025-01-09'] },
    { headers: ['Månad', 'Verifikat', 'Belopp'], cells: ['Januari', '45', '4 500,00'] },
    { headers: ['Voucher', 'Code', 'Valid to'], cells: ['12', 'SUMMER', '2025-06-01'] },
    {
      headers: ['Serie', 'Nr', 'Kund', 'Datum', 'Belopp'],
      cells: ['A', '2', 'Ada AB', '2025-01-02', '1,00'],
    },
    {
      headers: ['Serie', 'Nr', 'Leverantör', 'Datum', 'Belopp'],
      cells: ['LF', '2', 'El AB', '2025-01-02', '1,00'],
    },
    { headers: ['Serie', 'Nr', 'Titel'], cells: ['A', '2', 'Vinter'] },
    { headers: ['Typ', 'Nr', 'Datum'], cells: ['A', '2', '2025-01-02'] },
  ])('is silent about $headers', ({ headers, cells }) => {
    expect(columnsOf(headers, [cells])).toBeNull()
  })

  it('takes numbers without series among what a list of vouchers shows', () => {
    expect(columnsOf(['Ver', 'Konto', 'Datum'], [row('8', '1930', '2025-01-09')])?.voucher).toBe(0)
    expect(columnsOf(['Verifikat', 'Datum'], [row('8', '2025-01-09')])?.voucher).toBe(0)
    expect(columnsOf(['Vernr', 'Leverantör'], [row('8', 'El AB')])?.voucher).toBe(0)
  })

  it('takes a kind for a series beside a number without one', () => {
    expect(columnsOf(['Typ', 'Vernr'], [row('LB', '8')])?.series).toBe(0)
    expect(columnsOf(['Typ', 'Vernr'], [row('Bank', '8')])?.series).toBeNull()
    expect(columnsOf(['Typ', 'Vernr'], [row('LB', 'A 8')])?.series).toBeNull()
  })

  it('knows a row’s amount from a voucher’s', () => {
    const sample = [row('A 1', '1930', '10,00'), row('A 2', '1930', '5,00')]
    expect(columnsOf(['Ver', 'Konto', 'Belopp'], sample)?.amountIs).toBe('row')
    expect(columnsOf(['Ver', 'Text', 'Belopp'], sample)?.amountIs).toBe('voucher')
    expect(columnsOf(['Ver', 'Text', 'Belopp'], [row('A 1', 'x', '1'), row('', 'y', '2')])?.amountIs).toBe(
      'row',
    )
    expect(columnsOf(['Ver', 'Text', 'Debet', 'Kredit'], [row('A 1', 'x', '1', '')])).toMatchObject({
      debit: 2,
      credit: 3,
      amount: null,
      amountIs: 'row',
    })
  })

  it('reads debit and credit with a sign', () => {
    const columns = columnsOf(['Ver', 'Debet', 'Kredit'], [row('A 1', '10,00', '')])!
    const amount = (debit: string, credit: string) =>
      readRow(columns, (at) => ['A 1', debit, credit][at]!)?.amount
    expect(amount('10,00', '')).toBe(1000)
    expect(amount('', '10,00')).toBe(-1000)
    expect(amount('0,00', '10,00')).toBe(-1000)
    expect(amount('', '')).toBeNull()
  })

  it('lets the member point', () => {
    const headers = ['Kod', 'Datum', 'Vernr']
    const sample = [row('A 1', '2024-01-01', '55')]
    expect(columnsOf(headers, sample)?.voucher).toBe(2)
    expect(columnsOf(headers, sample, [{ role: 'voucher', column: 0 }])?.voucher).toBe(0)
    expect(columnsOf(headers, sample, [{ role: 'none', column: 2 }])).toBeNull()
  })

  it('lets the member point at series, date and amount too', () => {
    const headers = ['Kod', 'Vernr', 'Period', 'Debet', 'Netto']
    const sample = [row('B', '7', '2024-01-02', '10,00', '5,00')]
    expect(columnsOf(headers, sample)).toMatchObject({ series: null, date: null, debit: 3, amount: null })
    const hints = [
      { role: 'series' as const, column: 0 },
      { role: 'date' as const, column: 2 },
      { role: 'amount' as const, column: 4 },
    ]
    const columns = columnsOf(headers, sample, hints)!
    expect(columns).toMatchObject({ voucher: 1, series: 0, date: 2, debit: null, amount: 4, amountIs: 'row' })
    expect(readRow(columns, (at) => sample[0]![at]!)).toMatchObject({
      series: 'B',
      number: '7',
      date: '2024-01-02',
      amount: 500,
    })
  })

  it('reads no voucher in sums and headings', () => {
    const columns = columnsOf(['Ver.nr', 'Belopp'], [row('A 1', '1'), row('A 2', '2')])!
    expect(readRow(columns, (at) => ['Summa', '3,00'][at]!)).toBeNull()
    expect(readRow(columns, (at) => ['', '3,00'][at]!)).toBeNull()
  })
})
