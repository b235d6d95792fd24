import { element, heading, kronor, voucher } from './books.js'

/** A plain table in automatic layout; `?rows=` says how long. */
const rows = Number(new URL(location.href).searchParams.get('rows') ?? 60)
heading('Verifikationslista')
const body = element('tbody')
for (let n = 1; n <= rows; n++) {
  const { series, number, date, text, amount } = voucher(n)
  body.append(
    element(
      'tr',
      {},
      element('td', {}, `${series} ${number}`),
      element('td', {}, date),
      element('td', {}, text),
      element('td', {}, kronor(amount)),
    ),
  )
}
const heads = ['Ver.nr', 'Bokföringsdatum', 'Text', 'Belopp'].map((head) => element('th', {}, head))
document.body.append(
  element('table', {}, element('thead', { class: 'sticky' }, element('tr', {}, ...heads)), body),
)
