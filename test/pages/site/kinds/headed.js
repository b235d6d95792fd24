import { element, kronor } from '../books.js'
import { cells, line, numbers, row, show, table, tr } from './draw.js'

/** Lists of vouchers as they are printed: a heading over each voucher's rows, and no column for the number. */
const accounts = (n) => [
  ['1930', 'Företagskonto', line(n).amount, ''],
  ['3001', 'Försäljning', '', kronor(8000)],
]
const heads = ['Konto', 'Benämning', 'Debet', 'Kredit']
show(
  table(
    heads,
    numbers(1, 4).flatMap((n) => {
      const { vernr, date, text } = line(n)
      return [
        row('tr', vernr, [element('td', { colspan: 4 }, `${vernr}  ${date}  ${text}`)]),
        ...accounts(n).map((texts) => tr(null, texts)),
      ]
    }),
  ),
  table(
    heads,
    numbers(5, 8).flatMap((n) => {
      const { vernr, date, text } = line(n)
      return [
        row('tr', vernr, [...cells('td', [vernr, date]), element('td', { colspan: 2 }, text)]),
        ...accounts(n).map((texts) => tr(null, texts)),
      ]
    }),
  ),
  ...numbers(9, 12).flatMap((n) => {
    const { vernr, date, text } = line(n)
    return [
      row('h3', vernr, [`Verifikat ${vernr.replace(' ', '')}, ${date} – ${text}`]),
      table(
        heads,
        accounts(n).map((texts) => tr(null, texts)),
      ),
    ]
  }),
)
