import { element } from '../books.js'
import { line, row, show } from './draw.js'

/** One voucher's page, whose texts are written anew in place; its title and a hidden heading name it, too. */
const word = document.createTextNode('Verifikat')
const date = document.createTextNode('Datum')
const hidden = element('h2', { hidden: '' }, '')
const heading = row('h2', '', [word])
const draw = (n) => {
  const one = line(n)
  heading.dataset.voucher = one.vernr
  document.title = `Verifikat ${one.vernr}`
  hidden.textContent = `Verifikat ${one.vernr}`
  word.data = `Verifikat ${one.vernr}`
  date.data = `Datum: ${one.date}`
}
const next = element('button', { type: 'button', 'data-step': '' }, 'Nästa')
next.addEventListener('click', () => draw(4))
show(hidden, heading, element('p', {}, date), next)
setTimeout(() => draw(3), 600)
