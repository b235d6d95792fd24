import { element } from '../books.js'
import { cells, line, numbers, show, styled } from './draw.js'

/** A grid by style alone: headers and cells are children of one element, with nothing that stands for a row. */
const all = numbers(1, 14).flatMap((n) => {
  const { vernr, date, text, amount } = line(n)
  const made = cells('div', [date, vernr, text, amount])
  made[1].dataset.voucher = vernr
  return made
})
const heads = cells('div', ['Datum', 'Ver.nr', 'Text', 'Belopp'])
show(
  styled(element('div', {}, ...heads, ...all), {
    display: 'grid',
    gridTemplateColumns: '[first] 120px 120px 1fr 140px',
    rowGap: '6px',
  }),
)
