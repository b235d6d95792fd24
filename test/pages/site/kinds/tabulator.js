import { element } from '../books.js'
import { line, numbers, row, show } from './draw.js'

/** As Tabulator draws: a field's name on headers and cells, cells side by side as inline blocks, group rows between. */
const fields = [
  ['nr', 'Ver nr'],
  ['date', 'Datum'],
  ['text', 'Text'],
  ['amount', 'Belopp'],
]
const head = element(
  'div',
  { class: 'tabulator-headers', role: 'row' },
  ...fields.map(([field, title]) =>
    element(
      'div',
      { role: 'columnheader', 'aria-sort': 'none', 'tabulator-field': field, class: 'inline' },
      element(
        'div',
        { class: 'tabulator-col-content' },
        element(
          'div',
          { class: 'tabulator-col-title-holder' },
          element('div', { class: 'tabulator-col-title' }, title),
          element('div', { class: 'tabulator-col-sorter' }, element('div', { class: 'tabulator-arrow' })),
        ),
      ),
    ),
  ),
)
const rows = numbers(1, 14).flatMap((n) => {
  const { vernr, date, text, amount } = line(n)
  const values = { nr: vernr, date, text, amount }
  const made = row(
    'div',
    vernr,
    fields.map(([field]) =>
      element(
        'div',
        { role: 'gridcell', 'tabulator-field': field, class: 'inline' },
        values[field],
        element('span', { class: 'handle' }),
      ),
    ),
    { role: 'row', class: 'tabulator-row' },
  )
  return n % 5 === 1
    ? [
        element(
          'div',
          { class: 'tabulator-row tabulator-group', role: 'rowgroup' },
          element('span', {}),
          `Grupp ${n} (5 rader)`,
        ),
        made,
      ]
    : [made]
})
show(
  element(
    'div',
    { class: 'tabulator', role: 'grid' },
    element('div', { class: 'tabulator-header', role: 'rowgroup' }, element('div', {}, head)),
    element(
      'div',
      { class: 'tabulator-tableholder', tabindex: 0 },
      element('div', { class: 'tabulator-table', role: 'rowgroup' }, ...rows),
    ),
  ),
)
