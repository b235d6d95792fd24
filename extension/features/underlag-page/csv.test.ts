import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

const voucher = { series: 'A', number: '1', occurrence: 1, date: '2026-03-01', rowCount: 3, documents: 1 }

it('is a file that Swedish Excel opens', () => {
  const csv = csvOf(['Serie', 'Belopp'], [{ ...voucher, text: 'Hyra; "mars"', amount: 12_450_05 }])
  expect(csv).toBe('\ufeffSerie;Belopp\r\nA;1;2026-03-01;"Hyra; ""mars""";12450,05;3;1\r\n')
})

it.each([
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['+46 8 123', "'+46 8 123"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1+1', "' =1+1"],
  ['＝1+1', "'＝1+1"],
  ['två\nrader', 'två rader'],
])('gives %j no chance to be a formula or a line', (text, cell) => {
  expect(csvOf([], [{ ...voucher, text, amount: -5 }]).split('\r\n')[1]).toBe(
    `A;1;2026-03-01;${cell};-0,05;3;1`,
  )
})
