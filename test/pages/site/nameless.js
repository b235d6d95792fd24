import { element, kronor, voucher } from './books.js'

/** A page that names no company. What stands under "Ver.nr" is another program's running number; "Kod" is the voucher's. */
const rows = [1, 2, 3, 4, 5, 6, 8].map((n) => {
  const { series, number, date, text, amount } = voucher(n)
  const texts = [number + 500, date, text, kronor(amount), `${series} ${number}`, '2025-02-03', kronor(100)]
  return element('tr', {}, ...texts.map((value) => element('td', {}, value)))
})
const heads = ['Ver.nr', 'Bokförd', 'Text', 'Omsättning', 'Kod', 'Inläst', 'Avgift']
document.body.append(
  element('h1', {}, 'Import'),
  element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', {}, head)))),
    element('tbody', {}, ...rows),
  ),
)
