import { element } from '../books.js'
import { cells, line, numbers, row, show } from './draw.js'

/** As Handsontable draws: a master table, and copies of its headers and first column laid over it. Numbered rows. */
const head = (texts) =>
  element(
    'thead',
    {},
    element(
      'tr',
      {},
      ...texts.map((text) =>
        element(
          'th',
          {},
          element('div', { class: 'relative' }, element('span', { class: 'colHeader' }, text)),
        ),
      ),
    ),
  )
const titles = [' ', 'Serie', 'Nr', 'Datum', 'Text', 'Belopp']
const body = (isMarked, most) =>
  element(
    'tbody',
    {},
    ...numbers(1, 30).map((n) => {
      const { series, number, vernr, date, text, amount } = line(n)
      const all = [
        element('th', {}, element('div', {}, n)),
        ...cells('td', [series, number, date, text, amount]),
      ]
      return row('tr', isMarked ? vernr : null, all.slice(0, most))
    }),
  )
const master = element(
  'div',
  { class: 'ht_master' },
  element('table', { class: 'htCore' }, head(titles), body(true, 6)),
)
const top = element(
  'div',
  { class: 'ht_clone_top over' },
  element('table', { class: 'htCore' }, head(titles), element('tbody')),
)
const left = element(
  'div',
  { class: 'ht_clone_left over' },
  element('table', { class: 'htCore' }, head(titles.slice(0, 1)), body(false, 1)),
)
show(element('div', { class: 'relative' }, master, top, left))
