import { element, kronor, voucher } from '../books.js'

/** One voucher's texts as a careful program writes them. */
export function line(n) {
  const { series, number, date, text, amount } = voucher(n)
  return { n, series, number, vernr: `${series} ${number}`, date, text, amount: kronor(amount) }
}

export const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** An element per text; elements are taken as they are. */
export function cells(tag, texts, attributes = {}) {
  return texts.map((text) => (text instanceof Node ? text : element(tag, attributes, text)))
}

/** A row that must carry the button of this voucher; `null` for one that must carry none. */
export function row(tag, label, children, attributes = {}) {
  return element(tag, label === null ? attributes : { ...attributes, 'data-voucher': label }, ...children)
}

export function tr(label, texts) {
  return row('tr', label, cells('td', texts))
}

export function table(heads, rows) {
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...cells('th', heads))),
    element('tbody', {}, ...rows),
  )
}

export function show(...nodes) {
  document.body.append(...nodes)
}

/** Sets styles by script, as component libraries do: the pages' policy takes no style from markup. */
export function styled(node, style) {
  Object.assign(node.style, style)
  return node
}
