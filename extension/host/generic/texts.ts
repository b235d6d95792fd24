import { parseDate } from '../parse/date.ts'
import { parseVoucher, parseVoucherHeading, type VoucherHeading } from '../parse/voucher.ts'
import { isDateWord, type RowReading } from './columns.ts'
import type { Grid } from './grid.ts'

/**
 * Vouchers outside tables and in tables that have no column for them: headings over a voucher's rows, cards, terms and
 * what they say. Only where words or the rows below tell: a number and a date alone may be anything's.
 */

/** Longest text that is taken for a heading, characters. */
const longest = 160
/** How far up a heading's text may be put together from elements. */
const levels = 3
/** Lines of one card or terms of one list among which its date is looked for. */
const mostLines = 40
const begins = /^\s*(?:ver|voucher|[\p{Lu}#§*&]{1,3}[\s-]{0,2}\d)/iu
const account = /^\s*(?:konto\b|account\b|\d{4}(?!\d|[-/.]\d))/iu

/** No texts of the page to a person's eye, or ones that a person types and chooses. */
const notShown = /^(?:title|script|style|noscript|textarea|option)$/

/** True for a text that may begin with a voucher: the page is worth looking at anew. */
export function mayBegin(text: string | null): boolean {
  return begins.test(text ?? '')
}

/** The element that shows a voucher, if its text begins in `leaf`; null where it does not. */
export function voucherTextAt(leaf: Element): Element | null {
  const first = leaf.firstChild
  if (first?.nodeType !== Node.TEXT_NODE || !mayBegin(first.nodeValue) || notShown.test(leaf.localName))
    return null
  let block: Element | null = leaf
  for (let level = 0; block && level < levels; level++) {
    if (headingOf(block) !== null) return block
    if (block.localName === 'dt' || block.parentElement?.firstElementChild !== block) return null
    block = block.parentElement
  }
  return null
}

/** All of them in one tree, as a grid without columns. */
export function textsGrid(root: Element, blocks: readonly Element[]): Grid {
  const rows = withoutRepeats(blocks)
  return {
    kind: 'texts',
    root,
    headers: () => [],
    rows: () => rows,
    cell: numberIn,
    read: readBlock,
  }
}

/** What the number stands in: a term's description, a table's cell, else the whole text. */
function numberIn(block: Element): Element | null {
  if (block.localName === 'dt') return block.nextElementSibling
  const cells = block.localName === 'tr' ? [...block.children] : []
  return cells.find((cell) => parseVoucher(textOf(cell))) ?? block
}

function readBlock(block: Element): RowReading | null {
  const heading = headingOf(block)
  if (!heading) return null
  const { series, number, year } = heading
  const date = heading.date === null ? dateBeside(block) : parseDate(heading.date)
  return { series, number, year, date, amount: null, amountIs: 'voucher' }
}

function headingOf(block: Element): VoucherHeading | null {
  const said = block.localName === 'dt' ? block.nextElementSibling : null
  if (block.localName === 'dt' && said?.localName !== 'dd') return null
  const text = said ? `${textOf(block)}: ${textOf(said)}` : textOf(block)
  if (text.length > longest) return null
  const heading = parseVoucherHeading(text)
  return heading && (heading.isLabelled || hasAccountsBelow(block)) ? heading : null
}

/** The texts of an element's parts, apart from each other: markup may have no space between them. */
function textOf(element: Element): string {
  if (element.childElementCount === 0) return element.textContent ?? ''
  if (element.childElementCount > 8) return ' '.repeat(longest + 1)
  return [...element.childNodes]
    .map((node) => (node.nodeType === Node.ELEMENT_NODE ? textOf(node as Element) : (node.nodeValue ?? '')))
    .join(' ')
    .trim()
}

/** Whether what comes after a heading are rows of accounts. */
function hasAccountsBelow(block: Element): boolean {
  let next = block.nextElementSibling
  for (let around = block.parentElement, level = 0; !next && around && level < 2; level++) {
    next = around.nextElementSibling
    around = around.parentElement
  }
  const walker = next?.ownerDocument.createTreeWalker(next, NodeFilter.SHOW_TEXT)
  for (let tried = 0; walker?.nextNode() && tried < 6; tried++) {
    const text = walker.currentNode.nodeValue ?? ''
    if (text.trim() !== '') return account.test(text)
  }
  return false
}

/**
 * The date that stands under its own word beside the number: in the same list of terms, or in lines of the same card. None
 * where several vouchers share them.
 */
function dateBeside(block: Element): string | null {
  const found = new Set<string>()
  const own = nameOf(block)
  let around = block.parentElement
  while (around?.childElementCount === 1) around = around.parentElement
  if (!around || around.childElementCount > mostLines) return null
  for (const other of around.children) {
    if ((nameOf(other) ?? own) !== own) return null
    const said = other.localName === 'dt' ? other.nextElementSibling : null
    const line = said ? `${textOf(other)} ${textOf(said)}` : textOf(other)
    const [, word = '', value = ''] = /^\s*([^:\d]{1,40}):?\s+(\d.*)$/.exec(line) ?? []
    const date = isDateWord(word) ? parseDate(value) : null
    if (date) found.add(date)
  }
  return found.size === 1 ? [...found][0]! : null
}

function nameOf(block: Element): string | null {
  const heading = headingOf(block)
  return heading && `${heading.series} ${heading.number} ${heading.year ?? heading.date}`
}

/** A page may name one voucher in its heading and again below: the first that is shown carries the button. */
function withoutRepeats(blocks: readonly Element[]): Element[] {
  const names = new Set<string>()
  return blocks.filter((block) => {
    const name = nameOf(block)
    if (name === null || names.has(name)) return false
    if (block.getClientRects().length > 0) names.add(name)
    return true
  })
}
