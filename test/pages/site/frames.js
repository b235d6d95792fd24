import { element, heading, kronor, voucher } from './books.js'

/** A table in a frame of the same origin, and one in an open shadow root. */
heading('Verifikat')
const host = element('ledger-view')
const root = host.attachShadow({ mode: 'open' })
const heads = ['Vernr', 'Datum', 'Belopp'].map((head) => element('th', {}, head))
const table = element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody'))
for (let n = 1; n <= 6; n++) {
  const { series, number, date, amount } = voucher(n)
  const cells = [`${series} ${number}/2025`, date, kronor(amount)]
  table.tBodies[0].append(element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))
}
root.append(table)
document.body.append(element('iframe', { src: 'plain.html?rows=30', title: 'Lista' }), host)
