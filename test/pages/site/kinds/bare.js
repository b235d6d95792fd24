import { element, kronor } from '../books.js'
import { line, numbers, show, tr } from './draw.js'

/** No `<thead>`, no `<th>`: the first row's cells are headers to the eye alone. A voucher's rows follow its number. */
const rows = numbers(1, 12).flatMap((n) => {
  const { series, number, date, text, amount } = line(n)
  return [
    tr(`${series} ${number}`, [`${series}-${number}`, date, '1930', text, amount, '']),
    tr(null, ['', '', '3001', text, '', kronor(8000)]),
    tr(null, ['', '', '2611', 'Moms', '', kronor(2000)]),
  ]
})
show(element('table', {}, tr(null, ['Verifnr', 'Datum', 'Konto', 'Benämning', 'Debet', 'Kredit']), ...rows))
