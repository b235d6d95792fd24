import { normaliseOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import type { Adapter, Expected, PageYear } from './adapter.ts'
import { parseDateRange } from './parse/date.ts'
import { distinctYears, sourceIn } from './words.ts'

/** The stand-in analysis program, Revisionsrummet. Each selector's expected counts are tested on saved pages. */
export const client = '.top select.client'
export const client_: Expected = [
  [1, 'stand-in-las-in-data.html'],
  [1, 'stand-in-inlast-data.html'],
  [1, 'stand-in-verifikat.html'],
]
export const yearOption = '.top select.year option'
export const yearOption_: Expected = [
  [2, 'stand-in-las-in-data.html'],
  [2, 'stand-in-inlast-data.html'],
]
export const yearCard = '.year-card'
export const yearCard_: Expected = [
  [0, 'stand-in-las-in-data.html'],
  [2, 'stand-in-inlast-data.html'],
]
export const sieInput = '.drop input[type="file"]'
export const sieInput_: Expected = [
  [1, 'stand-in-las-in-data.html'],
  [0, 'stand-in-inlast-data.html'],
]

export const standIn: Adapter = {
  id: 'stand-in',
  matches: ({ hostname }) => hostname === '127.0.0.4',
  company(document) {
    const text = selected(document, client)
    const [, name, number] = /^(.*)\(([\d -]+)\)$/.exec(text) ?? []
    const organisationNumber = normaliseOrganisationNumber(number ?? '')
    return organisationNumber ? { organisationNumber, name: name!.trim() || null } : null
  },
  years: (document) =>
    distinctYears(
      [...document.querySelectorAll(yearOption)].flatMap((option) => rangeOf(option.textContent) ?? []),
    ),
  year: (document) => rangeOf(selected(document, '.top select.year')),
  cardPlace: (document) =>
    document.querySelector('main h1')?.textContent === 'Läs in data'
      ? document.querySelector('main .lead')
      : null,
  yearPlaces: (document) =>
    [...document.querySelectorAll(yearCard)].flatMap((place) => {
      const year = rangeOf(place.querySelector('h2')?.textContent)
      return year ? [{ ...year, place, source: sourceIn(place.querySelector('dl')?.textContent ?? '') }] : []
    }),
  sieTarget(document) {
    const input = document.querySelector<HTMLInputElement>(sieInput)
    return input ? { input, drop: input.closest('.drop') } : null
  },
  outcome: (document) => document.querySelector('main .status')?.textContent?.trim() || null,
}

function selected(document: Document, selector: string): string {
  const select = document.querySelector<HTMLSelectElement>(selector)
  return select?.selectedOptions[0]?.textContent?.trim() ?? ''
}

function rangeOf(text: string | null | undefined): PageYear | null {
  return parseDateRange(text ?? '')
}
