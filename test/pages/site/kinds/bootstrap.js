import { element } from '../books.js'
import { line, numbers, row, show } from './draw.js'

/** Rows and columns by class names, each cell wrapped; an empty first column for a tick, one for a menu. */
const wrap = (text) => element('div', { class: 'cell' }, element('span', {}, element('b', {}, text)))
const tick = () =>
  element('div', { class: 'cell' }, element('input', { type: 'checkbox', 'aria-label': 'Välj' }))
const menu = () => element('div', { class: 'cell' }, element('button', { type: 'button' }, '⋮'))
const head = row('div', null, [tick(), ...['Datum', 'Ver.', 'Beskrivning', 'Belopp'].map(wrap), menu()], {
  class: 'six',
})
const rows = numbers(1, 15).map((n) => {
  const { vernr, date, text, amount } = line(n)
  return row('div', vernr, [tick(), ...[date, vernr, text, amount].map(wrap), menu()], { class: 'six' })
})
show(element('div', { class: 'container' }, head, ...rows))
