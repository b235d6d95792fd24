import { element } from '../books.js'
import { line, numbers, show, styled, table, tr } from './draw.js'

/** A long table in a card with round corners, which cuts what sticks out of it and does not scroll. */
const rows = numbers(1, 60).map((n) => {
  const { vernr, date, text, amount } = line(n)
  return tr(vernr, [vernr, date, text, amount])
})
const card = element('div', {}, table(['Ver.nr', 'Datum', 'Text', 'Belopp'], rows))
show(styled(card, { overflow: 'hidden', borderRadius: '8px', border: '1px solid #ccc' }))
