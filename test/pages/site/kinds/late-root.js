import { element } from '../books.js'
import { line, numbers, show, table, tr } from './draw.js'

/** A plain, empty element that gets its shadow root long after the page has come to rest: no mutation tells of that. */
const place = element('div')
show(place)
setTimeout(() => {
  place.attachShadow({ mode: 'open' }).append(
    table(
      ['Verifikat', 'Datum', 'Belopp'],
      numbers(1, 10).map((n) => {
        const { vernr, date, amount } = line(n)
        return tr(vernr, [vernr, date, amount])
      }),
    ),
  )
}, 1500)
