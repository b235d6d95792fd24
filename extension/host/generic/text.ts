import { parseVoucher } from '../parse/voucher.ts'

/** What a cell shows as text: its own, a field's value, a `<time>`'s date, or what an open shadow root in it holds. */
export function cellText(cell: Element | null): string {
  if (!cell) return ''
  const text = cell.textContent?.trim() ?? ''
  if (text !== '' && text.length < 200 && cell.childElementCount === 0) return text
  const time = cell.querySelector('time[datetime]')?.getAttribute('datetime')
  if (time) return time
  if (text !== '') return text
  const field = cell.querySelector('input, select, textarea')
  if (field) return (field as HTMLInputElement).value?.trim() ?? ''
  const root = cell.shadowRoot ?? cell.firstElementChild?.shadowRoot
  return root ? shadowText(root) : ''
}

/** Parts of a header that are no words of it: what sorts and filters it, icons drawn by a font, notes for screen readers. */
const besideTheWord =
  '[aria-hidden="true"],[hidden],svg,style,script,select,textarea,mat-icon,[class*="icon"],[class*="Icon"],[class*="sr-only"],[class*="visually-hidden"],[class*="screen-reader"]'

/** A header's words alone; all of its text where nothing else is left. */
export function headerText(header: Element | null): string {
  if (!header || header.childElementCount === 0) return cellText(header)
  let text = ''
  const walker = header.ownerDocument.createTreeWalker(header, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement?.closest(besideTheWord)
    if (!around || !header.contains(around) || around === header) text += walker.currentNode.nodeValue ?? ''
  }
  return text.trim() || cellText(header)
}

function shadowText(root: ShadowRoot): string {
  let text = ''
  for (const child of root.children) {
    if (child.localName !== 'style') text += child.textContent ?? ''
  }
  return text.trim()
}

/**
 * As {@link cellText}, for a cell that should hold a voucher number: when there is a badge or an icon's text beside the
 * number, the number alone. Two numbers in one cell are none.
 */
export function voucherText(cell: Element | null): string {
  const text = cellText(cell)
  if (!cell || cell.childElementCount === 0 || text.length > 200 || parseVoucher(text)) return text
  const pieces: string[] = []
  const walker = cell.ownerDocument.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const piece = walker.currentNode.nodeValue?.trim()
    if (piece) pieces.push(piece)
  }
  const [first = '', ...rest] = pieces
  const isAlone = rest.every((piece) => piece.length <= 6 && !/\p{L}\s?\d/u.test(piece))
  return parseVoucher(first) && isAlone ? first : text
}
