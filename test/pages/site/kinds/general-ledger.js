import { element, kronor } from '../books.js'
import { cells, line, numbers, row, show, table } from './draw.js'

/** The general ledger: headings of accounts over all columns, opening and closing balances, a running one. */
const rows = ['1930 Företagskonto', '2440 Leverantörsskulder'].flatMap((account, at) => [
  element('tr', {}, element('td', { colspan: 6 }, account)),
  row('tr', null, [element('td', { colspan: 5 }, 'Ingående balans'), ...cells('td', ['120 000,00'])]),
  ...numbers(1 + at * 10, 8 + at * 10).map((n) => {
    const { vernr, date, text } = line(n)
    return row('tr', vernr, cells('td', [date, vernr, text, kronor(10000), '', kronor(12_000_000 + n)]))
  }),
  row('tr', null, [element('td', { colspan: 3 }, `Summa ${account}`), ...cells('td', ['1', '', '2'])]),
  row('tr', null, cells('td', ['2025-12-31', '', 'Utgående balans', '', '', '120 000,00'])),
])
show(table(['Datum', 'Ver', 'Text', 'Debet', 'Kredit', 'Saldo'], rows))
