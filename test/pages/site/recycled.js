import { element, heading, kronor, voucher } from './books.js'

/** 2,700 vouchers shown by 30 rows that are used again and again, as virtualised lists do. */
const count = 2700
const height = 30
const used = 30
heading('Verifikat')
const heads = ['Verifikat', 'Datum', 'Text', 'Belopp'].map((head) =>
  element('div', { role: 'columnheader' }, head),
)
const sizer = element('div', { class: 'sizer', role: 'rowgroup' })
const scroller = element('div', { class: 'scroller' }, sizer)
sizer.style.height = `${count * height}px`
const rows = Array.from({ length: used }, () => {
  const cells = Array.from({ length: 4 }, () => element('div', { role: 'gridcell', class: 'cell' }))
  const row = element('div', { role: 'row', class: 'grid-row absolute' }, ...cells)
  row.style.height = `${height}px`
  sizer.append(row)
  return row
})
function draw() {
  const first = Math.max(0, Math.min(count - used, Math.floor(scroller.scrollTop / height) - 6))
  for (let at = first; at < first + used; at++) {
    const row = rows[at % used]
    const { series, number, date, text, amount } = voucher(at + 1)
    row.style.transform = `translateY(${at * height}px)`
    const texts = [`${series} ${number}`, date, text, kronor(amount)]
    texts.forEach((value, column) => {
      // As a framework does: the text node stays, its data changes.
      const cell = row.children[column]
      if (cell.firstChild) cell.firstChild.data = value
      else cell.append(value)
    })
  }
}
scroller.addEventListener('scroll', draw)
document.body.append(
  element('div', { role: 'grid' }, element('div', { role: 'row', class: 'grid-row' }, ...heads), scroller),
)
draw()
