import { element } from '../books.js'
import { cells, line, numbers, row, show, styled } from './draw.js'

/**
 * As Handsontable freezes: copies of the first rows and columns lie over the grid's own, higher in the stack, and a row
 * and its copies share an index. The copies are what is seen, and carry the marks.
 */
const titles = ['Verifikat', 'Datum', 'Text', 'Belopp']
const part = (from, list, most) =>
  styled(
    element(
      'table',
      { role: 'presentation' },
      element(
        'thead',
        {},
        styled(
          row(
            'tr',
            null,
            titles
              .slice(0, most)
              .map((text, at) => element('th', { role: 'columnheader', 'aria-colindex': at + 1 }, text)),
            { role: 'row', 'aria-rowindex': 1 },
          ),
          { height: '30px' },
        ),
      ),
      element(
        'tbody',
        {},
        ...list.map((n) => {
          const { vernr, date, text, amount } = line(n)
          const all = cells('td', [vernr, date, text, amount]).slice(0, most)
          for (const [at, one] of all.entries()) {
            one.setAttribute('role', 'gridcell')
            one.setAttribute('aria-colindex', at + 1)
          }
          return styled(row('tr', n >= from ? vernr : null, all, { role: 'row', 'aria-rowindex': n + 1 }), {
            height: '30px',
          })
        }),
      ),
    ),
    { tableLayout: 'fixed', width: `${most * 150}px`, background: '#fff' },
  )
const layer = (zIndex, width, height, overflow, child) =>
  styled(element('div', {}, child), {
    position: 'absolute',
    left: '0',
    top: '0',
    width: `${width}px`,
    height: `${height}px`,
    zIndex,
    overflow,
  })
const master = layer('0', 460, 345, 'auto', part(99, numbers(1, 40), 4))
const top = layer('160', 445, 91, 'hidden', part(99, numbers(1, 2), 4))
const left = layer('140', 150, 330, 'hidden', part(3, numbers(1, 40), 1))
const corner = layer('180', 150, 91, 'hidden', part(1, numbers(1, 2), 1))
master.addEventListener('scroll', () => {
  left.scrollTop = master.scrollTop
  top.scrollLeft = master.scrollLeft
})
show(
  styled(element('div', { role: 'treegrid' }, master, top, left, corner), {
    position: 'relative',
    height: '340px',
  }),
)
