import { element, kronor } from '../books.js'
import { cells, line, numbers, row, show, table } from './draw.js'

/** A voucher's cells reach over its rows; a sum closes each, over several columns. */
const rows = numbers(1, 14).flatMap((n) => {
  const { vernr, date, text, amount } = line(n)
  const first = [vernr, date].map((value) => element('td', { rowspan: 3 }, value))
  return [
    row('tr', vernr, [...first, ...cells('td', ['1930', text, amount, ''])]),
    row('tr', null, cells('td', ['3001', 'Försäljning', '', kronor(8000)])),
    row('tr', null, [element('td', { colspan: 2 }, 'Summa'), ...cells('td', [amount, amount])]),
  ]
})
show(table(['Verifikationsnr', 'Ver.datum', 'Konto', 'Text', 'Debet', 'Kredit'], rows))
