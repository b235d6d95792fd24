import { element } from '../books.js'
import { line, numbers, show, tr } from './draw.js'

/** As DataTables scrolls: the headers in a table of their own, and once more, unseen, in the body's. Buttons and icons in them. */
const heads = () =>
  ['Ver.nr', 'Bokf.datum', 'Text', 'Belopp'].map((text) =>
    element(
      'th',
      { 'aria-sort': text === 'Ver.nr' ? 'ascending' : 'none', 'aria-label': `${text}: activate to sort` },
      element('button', { type: 'button' }, element('span', { class: 'title' }, text)),
      element('i', { class: 'material-icons', 'aria-hidden': 'true' }, 'arrow_upward'),
      element('span', { class: 'badge' }, '▲'),
    ),
  )
const head = () => element('thead', {}, element('tr', {}, ...heads()))
const unseen = head()
unseen.style.visibility = 'collapse'
const body = element(
  'table',
  {},
  unseen,
  element(
    'tbody',
    {},
    ...numbers(1, 40).map((n) => {
      const { vernr, date, text, amount } = line(n)
      return tr(vernr, [vernr.replace(' ', ''), date, text, amount])
    }),
  ),
)
const scroller = element('div', { class: 'scroller' }, body)
show(element('div', {}, element('div', { class: 'head' }, element('table', {}, head())), scroller))
