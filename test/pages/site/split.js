import { element, heading, kronor, voucher } from './books.js'

/** Series and number in columns of their own, rows of plain elements, groups of rows under one number. */
heading('Huvudbok')
const heads = ['Serie', 'Vernr', 'Datum', 'Text', 'Debet'].map((head) =>
  element('span', { class: 'cell' }, head),
)
const list = element('div', { class: 'scroller' })
for (let n = 1; n <= 30; n++) {
  const { series, number, date, text, amount } = voucher(n)
  const rows = n % 3 === 0 ? 3 : 1
  for (let at = 0; at < rows; at++) {
    const texts =
      at === 0
        ? [series, number, date, text, kronor(amount)]
        : ['', '', '', `${text} rad ${at + 1}`, kronor(100)]
    list.append(
      element(
        'div',
        { class: 'split-row' },
        ...texts.map((value) => element('span', { class: 'cell' }, value)),
      ),
    )
  }
}
document.body.append(element('div', {}, element('div', { class: 'split-row' }, ...heads), list))
