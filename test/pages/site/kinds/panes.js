import { element } from '../books.js'
import { line, numbers, row, show, styled } from './draw.js'

/**
 * As grids freeze rows and columns by panes: each has its own pieces of the rows, one moves the others by script, and
 * cells ask for a place in the stack.
 */
const cell = (role, text, left, width, column) =>
  styled(element('div', { role, 'aria-colindex': column }, text), {
    position: 'absolute',
    zIndex: '1',
    left: `${left}px`,
    width: `${width}px`,
    height: '28px',
  })
const piece = (label, index, top, cells) =>
  styled(row('div', label, cells, { role: 'row', 'aria-rowindex': index }), {
    position: 'absolute',
    left: '0',
    right: '0',
    top: `${top}px`,
    height: '28px',
  })
const pane = (left, top, width, height, overflow, rows) =>
  styled(
    element(
      'div',
      {},
      styled(element('div', {}, ...rows), { position: 'relative', height: `${rows.length * 28}px` }),
    ),
    {
      position: 'absolute',
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
      overflow,
    },
  )
const lefts = (list, top, role = 'gridcell') =>
  list.map(([label, index, vernr, date], at) =>
    piece(label, index, top + at * 28, [cell(role, vernr, 0, 110, 1), cell(role, date, 110, 110, 2)]),
  )
const rights = (list, top, role = 'gridcell') =>
  list.map(([, index, , , text, amount], at) =>
    piece(null, index, top + at * 28, [cell(role, text, 0, 300, 3), cell(role, amount, 300, 140, 4)]),
  )
const list = (from, to) =>
  numbers(from, to).map((n) => {
    const { vernr, date, text, amount } = line(n)
    return [vernr, n + 1, vernr, date, text, amount]
  })
const heads = [[null, 1, 'Ver.nr', 'Datum', 'Text', 'Belopp']]
const still = pane(0, 84, 220, 280, 'hidden', lefts(list(3, 60), 0))
const moving = pane(220, 84, 340, 280, 'auto', rights(list(3, 60), 0))
moving.addEventListener('scroll', () => {
  still.scrollTop = moving.scrollTop
})
const grid = element(
  'div',
  { role: 'grid' },
  pane(0, 0, 220, 28, 'hidden', lefts(heads, 0, 'columnheader')),
  pane(220, 0, 340, 28, 'hidden', rights(heads, 0, 'columnheader')),
  pane(0, 28, 220, 56, 'hidden', lefts(list(1, 2), 0)),
  pane(220, 28, 340, 56, 'hidden', rights(list(1, 2), 0)),
  still,
  moving,
)
show(styled(grid, { position: 'relative', height: '380px' }))
const scroll = element('button', { type: 'button', 'data-step': '' }, 'Rulla')
scroll.addEventListener('click', () => {
  moving.scrollTop += 285
})
show(scroll)
