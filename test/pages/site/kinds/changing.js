import { element } from '../books.js'
import { line, numbers, show, table, tr } from './draw.js'

/** One table, drawn anew in the ways that pages do it, a button for each. */
const rows = (list) =>
  list.map((n) => {
    const { vernr, date, text, amount } = line(n)
    return tr(vernr, [vernr, date, text, amount])
  })
const place = element('div')
const heads = ['Verifikat', 'Datum', 'Text', 'Belopp']
place.append(table(heads, rows(numbers(1, 12))))
const body = () => place.querySelector('tbody')
const steps = {
  Sortera: () => body().append(...[...body().rows].reverse()),
  Filtrera: () => {
    for (const one of [...body().rows]) one.hidden = Number(one.dataset.voucher.slice(2)) % 2 === 0
  },
  'Rita om': () => {
    body().innerHTML = element('tbody', {}, ...rows(numbers(31, 42))).innerHTML
  },
  'Nästa sida': () => body().replaceWith(element('tbody', {}, ...rows(numbers(51, 62)))),
  'Annan text': () =>
    numbers(101, 112).forEach((n, at) => {
      const { vernr, date, text, amount } = line(n)
      const one = body().rows[at]
      one.dataset.voucher = vernr
      ;[vernr, date, text, amount].forEach((value, column) => {
        one.cells[column].firstChild.data = value
      })
    }),
  'Byt kolumner': () => {
    for (const one of place.querySelectorAll('tr')) one.prepend(one.cells[3])
  },
  'Annan tabell': () =>
    place.replaceChildren(
      table(
        ['Fakturanr', 'Datum', 'Kund', 'Belopp'],
        numbers(1, 9).map((n) => tr(null, [n, line(n).date, 'Ada AB', line(n).amount])),
      ),
    ),
  Tillbaka: () => place.replaceChildren(table(heads, rows(numbers(1, 8)))),
}
for (const [name, act] of Object.entries(steps)) {
  const button = element('button', { type: 'button', 'data-step': '' }, name)
  button.addEventListener('click', act)
  show(button)
}
show(place)
