import { element } from '../books.js'
import { line, numbers, show, table, tr } from './draw.js'

/** An open shadow root in another, made after the page has come to rest. */
const outer = element('app-shell')
show(outer)
setTimeout(() => {
  const middle = element('ledger-page')
  outer.attachShadow({ mode: 'open' }).append(element('div', {}, middle))
  setTimeout(() => {
    middle.attachShadow({ mode: 'open' }).append(
      table(
        ['Verifikat', 'Datum', 'Belopp'],
        numbers(1, 10).map((n) => {
          const { vernr, date, amount } = line(n)
          return tr(vernr, [vernr, date, amount])
        }),
      ),
    )
  }, 300)
}, 300)
