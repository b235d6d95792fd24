import { element, heading, kronor, voucher } from './books.js'

/** Neither rows nor page say which year; one row's amount and number do not go together, one number does not exist. */
heading('Urval')
const rows = [1, 2, 3, 4, 5].map((n) => {
  const { series, number, amount } = voucher(n)
  return [`${series} ${number}`, kronor(n === 3 ? amount + 100 : amount)]
})
rows.push(['A 99999', '1,00'], ['Summa', '999,00'])
document.body.append(
  element(
    'table',
    {},
    element('thead', {}, element('tr', {}, element('th', {}, 'Verifikat'), element('th', {}, 'Belopp'))),
    element(
      'tbody',
      {},
      ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
    ),
  ),
)
