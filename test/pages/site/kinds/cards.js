import { element } from '../books.js'
import { cells, line, numbers, row, show, tr } from './draw.js'

/** Vouchers outside tables: lists of terms, cards, a table with a word in front of each line. */
for (const n of numbers(1, 1)) {
  const { vernr, date, text, amount } = line(n)
  show(
    element(
      'dl',
      {},
      ...[
        ['Verifikat', vernr],
        ['Datum', date],
        ['Text', text],
        ['Belopp', amount],
      ].flatMap(([term, said], at) => [element('dt', {}, term), row('dd', at === 0 ? vernr : null, [said])]),
    ),
  )
}
for (const n of numbers(4, 5)) {
  const { series, number, vernr, date, text } = line(n)
  show(
    element(
      'article',
      { class: 'cell' },
      row('p', vernr, [element('b', {}, `Verifikat: ${series}${number}`)]),
      element('p', {}, `Bokföringsdatum: ${date}`),
      element('p', {}, text),
    ),
  )
}
for (const n of numbers(7, 8)) {
  const { vernr, date } = line(n)
  show(
    element(
      'div',
      {},
      row('div', vernr, cells('span', ['Ver.nr', ' ', vernr])),
      row('div', null, cells('span', ['Datum', ' ', date])),
      row('div', null, cells('span', ['Fakturadatum', ' ', '2024-05-05'])),
    ),
  )
}
for (const n of numbers(9, 10)) {
  const { vernr, date, amount } = line(n)
  show(
    element(
      'table',
      {},
      row('tr', vernr, [element('th', {}, 'Verifikationsnummer'), element('td', {}, vernr)]),
      tr(null, ['Datum', date]),
      tr(null, ['Belopp', amount]),
    ),
  )
}
