import { element } from '../books.js'
import { cells, line, numbers, row, show } from './draw.js'

/** A CSS grid whose rows have no box of their own (`display: contents`). */
const rows = numbers(1, 12).map((n) => {
  const { vernr, date, text, amount } = line(n)
  return row('div', vernr, cells('div', [vernr, date, text, amount], { class: 'cell' }), {
    class: 'contents',
  })
})
const head = row('div', null, cells('div', ['Vernummer', 'Datum', 'Text', 'Summa'], { class: 'cell' }), {
  class: 'contents',
})
show(element('div', { class: 'grid-row' }, head, ...rows))
