import { element } from '../books.js'
import { line, numbers, row, show } from './draw.js'

/** As SlickGrid draws: headers that float, rows and cells placed by pixels, rows in any order in the document. */
const lefts = [0, 60, 150, 270, 620]
const widths = [60, 90, 120, 350, 140]
const place = (node, left, width, top = 0) => {
  Object.assign(node.style, {
    position: 'absolute',
    left: `${left}px`,
    width: `${width}px`,
    top: `${top}px`,
    height: '28px',
    overflow: 'hidden',
  })
  return node
}
const heads = ['Ser', 'Ver nr', 'Datum', 'Vertext', 'Belopp'].map((text, at) =>
  place(
    element(
      'div',
      { class: 'slick-header-column' },
      element('span', { class: 'slick-column-name' }, text),
      element('div', { class: 'slick-resizable-handle' }),
    ),
    lefts[at],
    widths[at],
  ),
)
const header = element(
  'div',
  { class: 'slick-header' },
  element('div', { class: 'slick-header-columns' }, ...heads),
)
Object.assign(header.firstChild.style, { position: 'relative', height: '28px' })
const rows = numbers(1, 14).map((n) => {
  const { series, number, vernr, date, text, amount } = line(n)
  const all = [series, number, date, text, amount].map((value, at) =>
    place(element('div', { class: `slick-cell l${at} r${at}` }, value), lefts[at], widths[at]),
  )
  return place(row('div', vernr, all, { class: 'slick-row' }), 0, 760, (n - 1) * 28)
})
rows.sort((a, b) => (a.textContent.length % 3) - (b.textContent.length % 3))
const canvas = element('div', { class: 'grid-canvas' }, ...rows)
Object.assign(canvas.style, { position: 'relative', height: '420px' })
const viewport = element('div', { class: 'slick-viewport scroller' }, canvas)
show(element('div', { class: 'relative' }, header, element('div', { class: 'slick-top-panel' }), viewport))
