import type { Adapter, PageYear } from '../adapter.ts'
import { parseDateRange } from '../parse/date.ts'
import { distinctYears, onlyOrganisationNumber, textOutsideTables } from '../words.ts'

/**
 * Any site that the member has turned on: voucher tables only. Its company is what the member has said, unless the page
 * names one itself; its year is what the page names as the fiscal year, once.
 */
export const generic: Adapter = {
  id: 'generic',
  matches: () => true,
  company(document) {
    const organisationNumber = onlyOrganisationNumber(textOutsideTables(document))
    return organisationNumber ? { organisationNumber, name: null } : null
  },
  years: () => [],
  year: labelledYear,
  cardPlace: () => null,
  yearPlaces: () => [],
  sieTarget: () => null,
  outcome: () => null,
}

const word = /räkenskapsår|fiscal year|financial year/i

/** The range that stands beside the words "räkenskapsår" or "fiscal year"; null when several do. */
function labelledYear(document: Document): PageYear | null {
  const found: PageYear[] = []
  for (const select of document.querySelectorAll('select')) {
    const label = `${select.labels?.[0]?.textContent ?? ''} ${select.ariaLabel ?? ''} ${select.name} ${select.title}`
    const range = word.test(label) ? parseDateRange(select.selectedOptions[0]?.textContent ?? '') : null
    if (range) found.push(range)
  }
  if (found.length === 0) {
    const text = textOutsideTables(document)
    const pattern = new RegExp(`(?:${word.source})\\W{0,3}([\\d\\s–—-]{17,30})`, 'gi')
    for (const [, range] of text.matchAll(pattern)) found.push(...[parseDateRange(range!) ?? []].flat())
  }
  const years = distinctYears(found)
  return years.length === 1 ? years[0]! : null
}
