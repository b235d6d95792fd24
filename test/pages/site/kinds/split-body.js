import { element } from '../books.js'
import { cells, line, numbers, row, show, styled, table, tr } from './draw.js'

/**
 * As Ant Design scrolls: headers in a table of their own with one more over the scroll bar; below it a table that begins
 * with a row which only measures, or, for long lists, rows of plain elements.
 */
const titles = ['Ver nr', 'Datum', 'Text', 'Belopp']
const head = (extra) => {
  const made = table([...titles, ...extra], [])
  made.tBodies[0].remove()
  return styled(made, { tableLayout: 'fixed', width: '720px' })
}
const texts = (n) => {
  const { vernr, date, text, amount } = line(n)
  return [vernr, date, text, amount]
}
const measure = element(
  'tr',
  { 'aria-hidden': 'true' },
  ...titles.map((text) => styled(element('th', {}, text), { height: '0', overflow: 'hidden', padding: '0' })),
)
for (const cell of measure.cells)
  cell.replaceChildren(styled(element('div', {}, cell.textContent), { height: '0', overflow: 'hidden' }))
const body = styled(
  element(
    'table',
    {},
    element('colgroup', {}, ...titles.map(() => element('col'))),
    element('tbody', {}, measure, ...numbers(1, 20).map((n) => tr(line(n).vernr, texts(n)))),
  ),
  { tableLayout: 'fixed', width: '720px' },
)
show(
  element(
    'div',
    {},
    styled(element('div', {}, head([''])), { overflow: 'hidden', width: '735px' }),
    styled(element('div', {}, body), { overflow: 'hidden scroll', width: '735px', height: '200px' }),
  ),
)
const lines = numbers(21, 40).map((n) =>
  styled(
    row(
      'div',
      line(n).vernr,
      cells('div', texts(n)).map((one) => styled(one, { flex: '0 0 180px' })),
    ),
    { display: 'flex', height: '32px' },
  ),
)
const inner = styled(element('div', {}, ...lines), { position: 'absolute', left: '0', right: '0', top: '0' })
const holder = styled(
  element('div', {}, styled(element('div', {}, inner), { position: 'relative', height: '640px' })),
  { overflow: 'auto', height: '200px' },
)
show(
  element(
    'div',
    {},
    styled(element('div', {}, head([])), { overflow: 'hidden' }),
    element('div', {}, holder),
  ),
)
