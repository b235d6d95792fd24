import { element, heading, kronor, voucher } from './books.js'

/** A grid as MUI's DataGrid makes it: columns by data-field and aria-colindex, a first column of boxes, rows by transform. */
heading('Transaktioner')
const fields = [
  ['check', ''],
  ['date', 'Ver.datum'],
  ['vernr', 'Verifikationsnummer'],
  ['supplierDate', 'Fakturadatum'],
  ['amount', 'Summa'],
]
const head = element('div', { role: 'row', 'aria-rowindex': 1, class: 'split-row' })
fields.forEach(([field, title], at) => {
  head.append(
    element(
      'div',
      { role: 'columnheader', 'data-field': field, 'aria-colindex': at + 1 },
      element('div', {}, element('div', {}, title)),
    ),
  )
})
const body = element('div', { role: 'rowgroup', class: 'scroller' })
for (let n = 1; n <= 40; n++) {
  const { series, number, date, amount } = voucher(n)
  const row = element('div', {
    role: 'row',
    'data-rowindex': n - 1,
    'aria-rowindex': n + 1,
    class: 'split-row',
  })
  // The cells stand in another order than the headers.
  const texts = {
    amount: kronor(amount),
    check: '',
    vernr: `${series}${number}`,
    date,
    supplierDate: '2024-12-31',
  }
  for (const [field, text] of Object.entries(texts)) {
    const at = fields.findIndex(([name]) => name === field)
    row.append(
      element(
        'div',
        { role: 'gridcell', 'data-field': field, 'aria-colindex': at + 1, class: 'cell' },
        element('div', {}, text),
      ),
    )
  }
  body.append(row)
}
document.body.append(element('div', { role: 'grid', 'aria-rowcount': 41 }, head, body))
