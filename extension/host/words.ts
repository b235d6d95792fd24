import { normaliseOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import type { LedgerSource } from '../../shared/ledger/types.ts'
import { isOurs } from '../lib/ui/host-element.ts'
import type { PageYear } from './adapter.ts'
import { parseDateRange } from './parse/date.ts'

/** Finding things by the words that a person sees, where a page's markup is not known. */

const headings = 'h1,h2,h3,h4,[role="heading"]'

function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** The first shown heading that says just `words`. */
export function headingWith(document: Document, words: string): Element | null {
  for (const heading of document.querySelectorAll(headings)) {
    if (plain(heading.textContent) === words && isShown(heading)) return heading
  }
  return null
}

/** True when the page is under `words`: a heading, a breadcrumb or the chosen item of a menu says so. */
export function isUnder(document: Document, words: string): boolean {
  const places = `${headings},[aria-current],[aria-selected="true"],nav[aria-label] *,ol li,.breadcrumb,[class*="crumb"] *`
  for (const place of document.querySelectorAll(places)) {
    if (plain(place.textContent) === words) return true
  }
  return false
}

function isShown(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true
}

/** The one organisation number in `text`; null when there is none or several. */
export function onlyOrganisationNumber(text: string): string | null {
  const found = new Set<string>()
  for (const [match] of text.matchAll(/(?<![\d-])(?:16)?\d{6}-?\d{4}(?![\d-])/g)) {
    // The third digit pair of an organisation number is at least 20; a person's is a month.
    const digits = normaliseOrganisationNumber(match)
    if (digits && Number(digits.slice(2, 4)) >= 20) found.add(digits)
  }
  return found.size === 1 ? [...found][0]! : null
}

/** A page's text outside tables and lists of rows, where numbers of suppliers and customers stand. */
export function textOutsideTables(document: Document, most = 4000): string {
  const pieces: string[] = []
  const walker = document.createTreeWalker(
    document.body,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT
      const element = node as Element
      const role = element.getAttribute('role')
      const isTable =
        element.localName === 'table' || role === 'grid' || role === 'treegrid' || role === 'table'
      return isTable || isOurs(element) || /^(script|style|template|noscript)$/.test(element.localName)
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_SKIP
    },
  )
  while (pieces.length < most && walker.nextNode()) pieces.push(walker.currentNode.nodeValue ?? '')
  return pieces.join(' ')
}

/** Elements that each show one fiscal year as a range of dates; the innermost ones. */
export function rangesIn(within: Element): { element: Element; year: PageYear }[] {
  const found: { element: Element; year: PageYear }[] = []
  for (const element of within.querySelectorAll('*')) {
    if (isOurs(element) || element.childElementCount > 4) continue
    const text = element.textContent ?? ''
    if (text.length > 120) continue
    const year = parseDateRange(text)
    if (!year || !isYearLong(year)) continue
    const inner = [...element.children].some((child) => parseDateRange(child.textContent ?? '') !== null)
    if (!inner) found.push({ element, year })
  }
  return found
}

/** A fiscal year is at most 18 months (BFL 3 kap. 3 §); a shorter range than a month is some other period. */
function isYearLong({ from, to }: PageYear): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  return days >= 27 && days <= 560
}

/** The ledger's source by the words beside a year. */
export function sourceIn(text: string): LedgerSource | null {
  // A row's texts are joined without spaces between its cells.
  if (/(?<!\p{L})sie(?!\p{L})/iu.test(text)) return 'sie'
  return /(?<!\p{L})fortnox(?!\p{L})/iu.test(text) ? 'fortnox' : null
}

/** Distinct years, latest first. */
export function distinctYears(years: readonly PageYear[]): PageYear[] {
  const byStart = new Map(years.map(({ from, to }) => [`${from}_${to}`, { from, to }]))
  return [...byStart.values()].sort((a, b) => (a.from < b.from ? 1 : -1))
}
