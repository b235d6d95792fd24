import { element } from '../books.js'
import { line, numbers, show, table, tr } from './draw.js'

/** A frame that comes later and is written into, without an address of its own; later on it is written anew. */
setTimeout(() => {
  const frame = element('iframe', { title: 'Verifikat' })
  show(frame)
  const draw = (from) =>
    frame.contentDocument.body.replaceChildren(
      table(
        ['Ver nr', 'Datum', 'Belopp'],
        numbers(from, from + 7).map((n) => {
          const { vernr, date, amount } = line(n)
          return tr(vernr, [vernr, date, amount])
        }),
      ),
    )
  setTimeout(() => draw(1), 200)
  const next = element('button', { type: 'button', 'data-step': '' }, 'Nästa')
  next.addEventListener('click', () => draw(21))
  show(next)
}, 400)
