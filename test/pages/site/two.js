import { element, heading, kronor, voucher } from './books.js'

/** Two tables with vouchers and one without: supplier invoices have numbers and dates of their own. */
heading('Periodens verifikat')
function table(heads, rows) {
  return element(
    'table',
    {},
    element('tr', {}, ...heads.map((head) => element('th', {}, head))),
    ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
  )
}
const line = (n) => {
  const { series, number, date, text, amount } = voucher(n)
  return [`${series}${number}`, date, text, kronor(amount)]
}
document.body.append(
  table(['Voucher no.', 'Date', 'Description', 'Amount'], [1, 2, 3, 4, 5].map(line)),
  element('h2', {}, 'Leverantörsfakturor'),
  table(
    ['Fakturanr', 'Fakturadatum', 'Leverantör', 'Belopp'],
    [1, 2, 3].map((n) => [String(n), '2025-01-02', 'El AB', '10,00']),
  ),
  element('h2', {}, 'Rättelser'),
  table(['Verifikat', 'Datum', 'Text', 'Belopp'], [6, 7, 8].map(line)),
)
