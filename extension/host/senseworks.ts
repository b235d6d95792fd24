import type { Adapter, PageYear, YearPlace } from './adapter.ts'
import { parseDateRange } from './parse/date.ts'
import {
  distinctYears,
  headingWith,
  isUnder,
  onlyOrganisationNumber,
  rangesIn,
  sourceIn,
  textOutsideTables,
} from './words.ts'

/**
 * Senseworks. Its markup is not known here, so everything is found by the words that its help texts use: the pages "Läs
 * in data" and "Bokföring › Inläst data". Where the words are missing, so is everything else.
 */
export const senseworks: Adapter = {
  id: 'senseworks',
  matches: ({ hostname }) => /(^|\.)senseworks\.(io|se)$/.test(hostname),
  company(document) {
    const organisationNumber = onlyOrganisationNumber(textOutsideTables(document))
    return organisationNumber ? { organisationNumber, name: null } : null
  },
  years: (document) => distinctYears(rangesIn(document.body).map(({ year }) => year)),
  year(document) {
    const chosen = [
      ...document.querySelectorAll('select option:checked,[aria-selected="true"],[aria-current]'),
    ]
    const years = distinctYears(chosen.flatMap((one) => parseDateRange(one.textContent ?? '') ?? []))
    return years.length === 1 ? years[0]! : onlyRangeLabelled(document)
  },
  cardPlace: (document) => headingWith(document, 'läs in data'),
  yearPlaces(document) {
    const heading = headingWith(document, 'inläst data')
    if (!heading || !isUnder(document, 'bokföring')) return []
    const within = heading.closest('main,[role="main"],section,article') ?? document.body
    const seen = new Set<string>()
    return rangesIn(within).flatMap(({ element, year }): YearPlace[] => {
      const row = element.closest('tr,li,article,[role="row"]') ?? element.parentElement ?? element
      const id = `${year.from}_${year.to}`
      if (seen.has(id)) return []
      seen.add(id)
      // A row of a table takes no other children than cells.
      const place = row.localName === 'tr' ? (row.lastElementChild ?? element) : row
      return [{ ...year, place, source: sourceIn(row.textContent ?? '') }]
    })
  },
  sieTarget(document) {
    if (!headingWith(document, 'läs in data')) return null
    const inputs = [...document.querySelectorAll<HTMLInputElement>('input[type="file"]')]
    const [only] =
      inputs.length === 1 ? inputs : inputs.filter(({ accept }) => /\.s[ei]\b|\.sie\b/i.test(accept))
    return only ? { input: only, drop: only.closest('label,form,section') } : null
  },
  outcome: () => null,
}

/** A year that stands after the word "räkenskapsår", once on the page. */
function onlyRangeLabelled(document: Document): PageYear | null {
  const text = textOutsideTables(document)
  const ranges = [...text.matchAll(/räkenskapsår\W{0,3}([\d\s–—-]{20,30})/gi)].flatMap(
    ([, range]) => parseDateRange(range!) ?? [],
  )
  const years = distinctYears(ranges)
  return years.length === 1 ? years[0]! : null
}
