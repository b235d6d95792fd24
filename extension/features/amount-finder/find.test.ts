import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { find } from './find.ts'
import type { PageText } from './page-text.ts'
import { drawn, item, lines, page } from './pages.testing.ts'
import type { Wanted } from './wanted.ts'

const wanted = (value: number, part: Partial<Wanted> = {}, currency = 'SEK'): Wanted => ({
  amounts: [{ value, currency, role: 'total' }],
  number: null,
  date: null,
  ...part,
})
const hits = (pages: PageText | PageText[], value: number) =>
  find([pages].flat(), wanted(value)).amounts[0]!.places.length

describe('amounts in a page', () => {
  it.each([
    ['Att betala 12 450,00', 12_450_00],
    ['Att betala: 450', 450_00],
    ['Total 1250', 1250_00],
    ['Summa 300:-', 300_00],
    ['300 kr', 300_00],
    ['Belopp (SEK) 38290', 38_290_00],
    ['Total due USD 1,234.50', 1_234_50],
    ['1 2 4 5 0 , 0 0', 12_450_00],
    ['1 2  4 5 0 , 0 0', 12_450_00],
    ['A t t  b e t a l a  1 2 4 5 0 , 0 0', 12_450_00],
    ['12:30 kr', 12_30],
    ['Nettobetrag 1.234,50 EUR', 1_234_50],
    ['-12 450,00', 12_450_00],
    ['12 450,0', 12_450_00],
    ['Moms 25 % 2 490,00', 2_490_00],
    ['Slutsumma 850', 850_00],
    ['Fakturabelopp: 850', 850_00],
    ['Att erhålla 850', 850_00],
    ['Moms 25,00 % 170', 170_00],
    ['Att betala senast 2026-03-31: 38290', 38_290_00],
    ['450,00/st', 450_00],
    ['850 :-', 850_00],
    ['850,\u2014', 850_00],
    ['kr. 1 250', 1_250_00],
    ['1 250,00-', 1_250_00],
    ['Kredit \u22121 250,00', 1_250_00],
    ['12\u202f450,00', 12_450_00],
    ['38290', 38_290_00],
    ['Beløb i alt 850', 850_00],
    ['Nettolön 28500', 28_500_00],
    ['Maksettava yhteensä 850', 850_00],
  ])('finds what stands in "%s"', (text, value) => {
    expect(hits(lines(text), value)).toBe(1)
  })

  it.each([
    ['1 234,50', 234_50, 'a piece of a longer number'],
    ['12 450,01', 12_450_00, 'an öre off'],
    ['12 540,00', 12_450_00, 'two figures exchanged'],
    ['RE300', 300_00, 'a name'],
    ['2014-300', 300_00, 'a piece of a name'],
    ['300', 300_00, 'a short whole number alone'],
    ['1250', 1250_00, 'four figures alone'],
    ['Antal 300 st', 300_00, 'a quantity'],
    ['klockan 14:50', 14_50, 'a time of day'],
    ['25,00 %', 25_00, 'a part in a hundred'],
    ['OCR 38290', 38_290_00, 'a payment reference'],
    ['Fakturanr: 38290', 38_290_00, 'an invoice number'],
    ['Bankgiro 5050-1055', 1055_00, 'an account'],
    ['Tel 08-123 456', 123_456_00, 'a telephone number'],
    ['2026-03-01', 2026_00, 'a date'],
    ['556036-0793', 793_00, 'an organisation number'],
    ['111 22 Stockholm', 111_00, 'a postcode'],
    ['1.234,567', 1234_56, 'more decimals than an amount has'],
    ['112 450,00', 12_450_00, 'a longer number'],
    ['12 450,001', 12_450_00, 'a longer number'],
    ['12 450 kWh', 12_450_00, 'a quantity'],
    ['12,45 procent', 12_45, 'a part in a hundred'],
    ['kl 12.45', 12_45, 'a time of day'],
    ['Version 12.45', 12_45, 'a version'],
    ['12450 Bandhagen', 12_450_00, 'a postcode'],
    ['Avtal 12450', 12_450_00, 'a contract'],
    ['Invoice # 38290', 38_290_00, 'an invoice number'],
    ['Att betala till bankgiro 5050', 5_050_00, 'an account'],
    ['Totalt antal 300', 300_00, 'a quantity'],
    ['Summa timmar 12,50', 12_50, 'a quantity'],
    ['Taxi 300', 300_00, 'a word that only begins like one for a sum'],
    ['Moms 25', 25_00, 'a rate of VAT'],
    ['20260301', 20_260_301_00, 'a date'],
    ['Tel 0701 24 500', 24_500_00, 'a piece of a telephone number'],
  ])('"%s" has no %i (%s)', (text, value) => {
    expect(hits(lines(text), value)).toBe(0)
  })

  it('joins an amount that is drawn in pieces, in whatever order', () => {
    const pieces = [
      item('500,00', 72, 100, { width: 28 }),
      item('12', 50, 100, { width: 10 }),
      item('4', 60, 100, { width: 5 }),
    ]
    expect(hits(page([...pieces, item('Summa', 10, 100)]), 124_500_00)).toBe(1)
  })

  it('keeps two columns apart', () => {
    const row = page([item('12', 50, 100, { width: 10 }), item('450,00', 75, 100, { width: 30 })])
    expect(hits(row, 450_00)).toBe(1)
    expect(hits(row, 12_450_00)).toBe(0)
  })

  it('goes by what stands above in the same column', () => {
    const table = (heading: string, ...numbers: string[]) =>
      page([
        item('Text', 50, 700),
        item(heading, 300, 700),
        ...numbers.flatMap((number, i) => [
          item('Arbete i mars', 50, 680 - 20 * i),
          item(number, 300, 680 - 20 * i),
        ]),
      ])
    expect(hits(table('Belopp', '850', '1250'), 850_00)).toBe(1)
    expect(hits(table('Belopp', '850', '1250'), 1_250_00)).toBe(1)
    expect(hits(table('SEK', '850'), 850_00)).toBe(1)
    for (const heading of ['OCR', 'Kundnummer', 'Fakturanr', 'Art.nr', 'Er referens'])
      expect(hits(table(heading, '12345', '38290'), 38_290_00), heading).toBe(0)
    expect(hits(table('Antal', '850'), 850_00)).toBe(0)
    expect(hits(table('Timmar', '12,50'), 12_50)).toBe(0)
    expect(hits(table('Moms %', '25,00'), 25_00)).toBe(0)
    expect(hits(table('Moms', '25,00'), 25_00)).toBe(1)
  })

  it('reads öre that are drawn small and raised', () => {
    const raised = item('50', 90.5, 104, { height: 6, transform: [6, 0, 0, 6, 90.5, 104], width: 6 })
    expect(hits(page([item('1 234', 60, 100, { width: 30 }), raised]), 1_234_50)).toBe(1)
  })

  it('takes text that is drawn twice for bold once', () => {
    const twice = page([item('450,00', 50, 100), item('450,00', 50.3, 100)])
    expect(hits(twice, 450_00)).toBe(1)
  })

  it('follows the habit of the document where a point can mean two things', () => {
    expect(hits(lines('1.234', '10,50'), 1_234_00)).toBe(1)
    expect(hits(lines('1.234', '10.50'), 1_234_00)).toBe(0)
  })

  it('says when an amount stands in another currency', () => {
    const [amount] = find([lines('Total EUR 1 234,50')], wanted(1_234_50)).amounts
    expect(amount).toMatchObject({ otherCurrency: 'EUR' })
    const [own] = find([lines('Total EUR 1 234,50')], wanted(1_234_50, {}, 'EUR')).amounts
    expect(own).toMatchObject({ otherCurrency: null })
    const [bare] = find([lines('All amounts in USD', '1,234.50')], wanted(1_234_50)).amounts
    expect(bare).toMatchObject({ otherCurrency: 'USD' })
  })

  it('takes the currency from the line, the column, or what is said of all amounts', () => {
    const where = (...texts: PageText[]) => find(texts, wanted(12_450_00)).amounts[0]!.otherCurrency
    const row = (y: number, ...cells: string[]) => cells.map((cell, i) => item(cell, 50 + i * 150, y))
    const rate = row(600, '1 EUR = 11,25 SEK')
    expect(where(page([...row(700, 'Text', 'Amount EUR'), ...row(680, 'Work', '12 450,00'), ...rate]))).toBe(
      'EUR',
    )
    const both = [...row(700, 'Text', 'EUR', 'SEK'), ...row(680, 'Work', '1 106,67', '12 450,00')]
    expect(where(page(both))).toBeNull()
    expect(where(lines('Valuta: EUR', 'Total 12 450,00', 'Moms i SEK 2 000,00'))).toBe('EUR')
    expect(where(lines('Beløb i DKK', 'I alt kr 12.450,00'))).toBe('DKK')
    expect(where(lines('Total 12 450,00', 'EUR-konto, SEK-konto'))).toBeNull()
  })

  it('says which pages have no text to look in', () => {
    const found = find([lines('450,00'), page([], 2)], wanted(450_00))
    expect(found.pagesWithoutText).toEqual([2])
  })

  it('marks where the amount stands, not the line', () => {
    const [place] = find([page([item('Att betala 12 450,00', 100, 500)])], wanted(12_450_00)).amounts[0]!
      .places
    expect(place).toMatchObject({ page: 1 })
    expect(place!.x).toBeGreaterThan(140)
    expect(place!.x + place!.width).toBeCloseTo(200, 0)
    expect(place!.y).toBeGreaterThan(842 - 500 - 10)
    expect(place!.y + place!.height).toBeLessThan(842 - 500 + 5)
  })
})

describe('invoice number and date', () => {
  const look = (text: string, part: Partial<Wanted>) => {
    const { number, date } = find([lines(text)], wanted(1, part))
    return number.length + date.length
  }

  it.each([
    '2026-03-01',
    '20260301',
    '1 mars 2026',
    '01.03.2026',
    '1/3 2026',
    'March 1, 2026',
    '1. März 2026',
    '2 0 2 6 - 0 3 - 0 1',
    '2026 - 03 - 01',
    'Datum:2026-03-01',
    '260301',
    'den 1 mars 2026',
    '1/3-26',
    '1/3-2026',
    '01/03/26',
    '1 mars -26',
    '1. marts 2026',
    'Fakturadatum2026-03-01',
    '2026-03-01T10:00',
    '2026-03-01 - 2026-03-31',
    '20260301-20260331',
  ])('finds the date in "%s"', (text) => expect(look(text, { date: '2026-03-01' })).toBe(1))

  it.each([
    '2026-03-011',
    '12026-03-01',
    '2026-03-10',
    '1 mars 20261',
    '4520260301',
    '11 mars 2026',
    '1 2 0 2 6 - 0 3 - 0 1',
    '260301-1234',
    'Kundnr 260301',
    'OCR 20260301',
    'OCR 2026 0301 5',
    'Tel 260301',
  ])('does not take "%s" for the date', (text) => expect(look(text, { date: '2026-03-01' })).toBe(0))

  it.each([
    ['Fakturanummer 70001', '70001'],
    ['Invoice INV-2026/17.', 'INV-2026/17'],
    ['Fakturanr 000123', '123'],
    ['Fakturanr 7', '7'],
    ['F a k t u r a  7 0 0 0 1', '70001'],
    ['Faktura 7', '7'],
    ['Invoice # 1207', '1207'],
    ['Rechnungs-Nr. 118', '118'],
    ['Fakturanr 70001 2026-03-01', '70001'],
    ['OCR 1234 5678 90', '1234567890'],
  ])('finds the number in "%s"', (text, number) => expect(look(text, { number })).toBe(1))

  it.each([
    ['270001', '70001'],
    ['70001-5', '70001'],
    ['INV-2026/171', 'INV-2026/17'],
    ['7 st', '7'],
    ['1 207,00', '1207'],
    ['1207,00 kr', '1207'],
    ['1 207 kr', '1207'],
    ['Mars 2026', '2026'],
    ['111 22 Stockholm', '11122'],
    ['Tel 08-123 4567', '4567'],
    ['Kundnr 70001', '70001'],
    ['SE35 5000 0000 0549 1000 0003', '5000'],
    ['OCR 12 70001 5', '70001'],
    ['70001@example.se', '70001'],
    ['700 01', '70001'],
  ])('does not take "%s" for %s', (text, number) => expect(look(text, { number })).toBe(0))

  it('finds a short number under a heading that says so', () => {
    const under = (heading: string) =>
      find([page([item(heading, 50, 700), item('1207', 50, 680)])], wanted(1, { number: '1207' })).number
        .length
    expect([under('Fakturanummer'), under('Kundnummer'), under('Belopp')]).toEqual([1, 0, 0])
  })
})

describe('pages as pdf.js gives them', () => {
  it('finds amounts in a PDF, turned or not, whole or letter by letter', async () => {
    for (const turned of [0, 90, 180, 270]) {
      const pages = await drawn((sheet, font) => {
        sheet.drawText('Att betala', { x: 300, y: 200, size: 11, font })
        sheet.drawText('12 450,00', { x: 480, y: 200, size: 11, font })
        let x = 300
        for (const letter of '9 960,00') {
          sheet.drawText(letter, { x, y: 180, size: 11, font })
          x += font.widthOfTextAtSize(letter, 11)
        }
        sheet.drawText('12', { x: 300, y: 160, size: 11, font })
        sheet.drawText('450,00', { x: 340, y: 160, size: 11, font })
      }, turned)
      expect(hits(pages, 12_450_00), `turned ${turned}`).toBe(1)
      expect(hits(pages, 9_960_00), `turned ${turned}`).toBe(1)
      expect(hits(pages, 450_00), `turned ${turned}`).toBe(1)
      expect(hits(pages, 960_00), `turned ${turned}`).toBe(0)
    }
  })

  it('puts the mark on the ink', async () => {
    const pages = await drawn((sheet, font) =>
      sheet.drawText('12 450,00', { x: 480, y: 200, size: 10, font }),
    )
    const [place] = find(pages, wanted(12_450_00)).amounts[0]!.places
    expect(place!.x).toBeCloseTo(480, 0)
    expect(place!.y + place!.height).toBeGreaterThan(842 - 200)
    expect(place!.y).toBeLessThan(842 - 200 - 7)
  })
})

describe('any amount', () => {
  const amount = fc.integer({ min: 1_00, max: 99_999_999_99 })
  const group = (digits: string, sign: string) => digits.replace(/\B(?=(\d{3})+$)/g, sign)
  const styles: ((kronor: string, oere: string) => string)[] = [
    (k, o) => `${group(k, ' ')},${o}`,
    (k, o) => `${group(k, '\u00a0')},${o}`,
    (k, o) => `${group(k, '.')},${o}`,
    (k, o) => `${group(k, ',')}.${o}`,
    (k, o) => `${group(k, "'")}.${o}`,
    (k, o) => `${k},${o}`,
    (k, o) => `${k}.${o}`,
    (k, o) => `${group(k, ' ')}:${o} kr`,
  ]
  const style = fc.constantFrom(...styles)
  const write = (value: number, written: (typeof styles)[number]) =>
    written(String(Math.floor(value / 100)), String(value % 100).padStart(2, '0'))

  it('is found however it is written', () => {
    fc.assert(
      fc.property(amount, style, (value, written) => {
        expect(hits(lines('Faktura 17', `Att betala ${write(value, written)}`), value)).toBeGreaterThan(0)
      }),
    )
  })

  it('is not found where another stands: an öre off, figures exchanged, or a piece of a longer one', () => {
    const decoy = (value: number, kind: number): number => {
      const digits = String(value)
      if (kind === 0) return value + 1
      if (kind === 1) return Number(digits.slice(0, -4) + [...digits.slice(-4)].reverse().join(''))
      return Number(`${1 + (value % 9)}${digits}`)
    }
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 2 }), style, (value, kind, written) => {
        const other = decoy(value, kind)
        fc.pre(other !== value)
        expect(hits(lines(`Att betala ${write(other, written)}`), value)).toBe(0)
      }),
    )
  })

  it.each(['1 2 ', '9', '1,', 'nr ', '1 2  ', '12345, ', 'Belopp 12345; ', '12345\t'])(
    'takes endless %j in stride',
    { timeout: 60_000 },
    (piece) => {
      const started = performance.now()
      find([lines(piece.repeat(40_000))], wanted(1_00, { number: '17', date: '2026-03-01' }))
      expect(performance.now() - started).toBeLessThan(15_000)
    },
  )
})
