import { element, kronor } from '../books.js'
import { cells, line, numbers, row, show } from './draw.js'

/** The same in plain elements, some hundred of them in an element that scrolls. */
const accounts = (n) =>
  [
    ['1930', 'Företagskonto', line(n).amount],
    ['3001', 'Försäljning', kronor(8000)],
  ].map((texts) => element('div', {}, ...cells('span', texts, { class: 'inline' })))
const list = numbers(1, 120).map((n) => {
  const { vernr, date, text } = line(n)
  const head = row('div', vernr, cells('span', [vernr, ' ', date, ' ', text]))
  return element('section', {}, element('header', {}, head), element('div', {}, ...accounts(n)))
})
show(element('div', { class: 'scroller' }, ...list))
