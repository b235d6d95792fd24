import type { CompanyState, YearState } from '../../../shared/contract/types.ts'
import type { VoucherPlace } from '../document-window/link.ts'

/** What the page's address means among the companies that the member sees. */
export interface Resolved {
  company: CompanyState | null
  year: YearState | null
  /** The voucher that is looked at. */
  key: string | null
  /** The address names a company or a year that is not here: none of its vouchers is looked up in another. */
  isLost: boolean
}

/** The newest year that has a ledger, else the newest. */
export function firstYear({ years }: CompanyState): YearState | null {
  const newest = [...years].sort((a, b) => (a.id < b.id ? 1 : -1))
  return (
    newest.find(({ source, documentsAt }) => source !== null || documentsAt !== null) ?? newest[0] ?? null
  )
}

export function resolvePlace(companies: readonly CompanyState[], place: VoucherPlace | null): Resolved {
  const named = companies.find(({ organisationNumber }) => organisationNumber === place?.company)
  const namedYear = named?.years.find(({ id }) => id === place?.year)
  const company = named ?? companies[0] ?? null
  const isLost = place !== null && (!named || !(namedYear || named.years.length === 0))
  return {
    company,
    year: namedYear ?? (company && firstYear(company)),
    key: isLost ? null : (place?.key ?? null),
    isLost,
  }
}
