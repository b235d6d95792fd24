import type { IsoDate, LedgerSource } from '../../shared/ledger/types.ts'

export interface PageCompany {
  /** Ten digits, the check digit right. */
  organisationNumber: string
  name: string | null
}

export interface PageYear {
  from: IsoDate
  to: IsoDate
}

/** A fiscal year's place on "Inläst data". */
export interface YearPlace extends PageYear {
  /** The year's controls go last in it. */
  place: Element
  /** The ledger's source as the page shows it; null where it shows none or it cannot be read. */
  source: LedgerSource | null
}

/** Where the page takes SIE files. */
export interface SieTarget {
  input: HTMLInputElement | null
  /** Where files can be dropped. */
  drop: Element | null
}

/**
 * What is known of one analysis program's pages. Everything is read anew from the page each time, and is null or empty
 * where the page does not show it: an adapter never guesses. Voucher tables are found the same way everywhere (generic/).
 */
export interface Adapter {
  readonly id: string
  /** True for an address of this program. */
  matches(location: Pick<Location, 'hostname' | 'protocol'>): boolean
  company(document: Document): PageCompany | null
  /** Every fiscal year that the program has for the company, as far as this page tells. */
  years(document: Document): PageYear[]
  /** The fiscal year that this page's lists are of. */
  year(document: Document): PageYear | null
  /** On "Läs in data": the element after which the Fortnox card goes. */
  cardPlace(document: Document): Element | null
  /** On "Inläst data". */
  yearPlaces(document: Document): YearPlace[]
  sieTarget(document: Document): SieTarget | null
  /** What the page says it did with a file, if it says so. */
  outcome(document: Document): string | null
}

/** How many elements a selector finds on a saved page; the tests hold it to that. */
export type Expected = readonly (readonly [count: number, page: string])[]
