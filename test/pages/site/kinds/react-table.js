import { element } from '../books.js'
import { line, numbers, row, show } from './draw.js'

/** As react-table draws: roles, `colspan` on every header, a row of groups above them, and a filter's field below. */
const head = (text, span = 1) => element('div', { role: 'columnheader', colspan: span, class: 'cell' }, text)
const heads = ['Verifikatsnr', 'Transaktionsdatum', 'Text', 'Belopp'].map((text) => {
  const made = head(text)
  made.append(element('div', {}, element('input', { placeholder: 'Sök …', 'aria-label': `Sök ${text}` })))
  return made
})
const rows = numbers(1, 12).map((n) => {
  const { vernr, date, text, amount } = line(n)
  const all = [vernr, date, text, amount].map((value) =>
    element('div', { role: 'cell', class: 'cell' }, value),
  )
  return row('div', vernr, all, { role: 'row', class: 'grid-row' })
})
show(
  element(
    'div',
    { role: 'table' },
    element(
      'div',
      {},
      element('div', { role: 'row', class: 'two' }, head('Verifikat', 2), head('Övrigt', 2)),
      element('div', { role: 'row', class: 'grid-row' }, ...heads),
    ),
    element('div', { role: 'rowgroup' }, ...rows),
  ),
)
