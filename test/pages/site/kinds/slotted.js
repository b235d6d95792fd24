import { element } from '../books.js'
import { line, numbers, row, show, styled } from './draw.js'

/**
 * As Vaadin's grid draws: the table stands in a component's shadow tree, what its cells show stands outside and comes in
 * by slots. Scrolled, the same cells show other rows.
 */
const host = element('ledger-grid')
const shadow = host.attachShadow({ mode: 'open' })
let slots = 0
const cell = (tag, role, text) => {
  const name = `cell-${slots++}`
  host.append(element('ledger-cell', { slot: name }, text))
  return styled(element(tag, { role }, element('slot', { name })), { padding: '4px 12px' })
}
const heads = ['Verifikat', 'Datum', 'Text', 'Belopp'].map((text) => cell('th', 'columnheader', text))
const rows = numbers(1, 10).map((n) => {
  const { vernr, date, text, amount } = line(n)
  return row(
    'tr',
    vernr,
    [vernr, date, text, amount].map((value) => cell('td', 'gridcell', value)),
    { role: 'row' },
  )
})
shadow.append(
  element(
    'table',
    { role: 'grid' },
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heads)),
    element('tbody', { role: 'rowgroup' }, ...rows),
  ),
)
show(host)
const next = element('button', { type: 'button', 'data-step': '' }, 'Nästa')
next.addEventListener('click', () => {
  rows.forEach((one, at) => {
    const { vernr, date, text, amount } = line(at + 31)
    one.dataset.voucher = vernr
    ;[vernr, date, text, amount].forEach((value, column) => {
      one.children[column].firstChild.assignedElements()[0].textContent = value
    })
  })
})
show(next)
