/** Which companies a sandbox has: the built-in ones, books from SIE files in their place, or a year of any size. */

import type { Company, User } from '../model.ts'
import { organisationNumberOf } from '../numbers.ts'
import { BookBuilder } from './builder.ts'
import { furnish, trade } from './business.ts'
import { builtInCompanies, company, mainTenant, users } from './companies.ts'
import { companyFromSie } from './from-sie.ts'
import { addSpecialCases } from './special.ts'

export interface CompanyPlan {
  /** SIE-4E files whose books become companies of their own; the first is the main one. The name is for messages. */
  books?: readonly { name: string; bytes: Uint8Array }[]
  /** Instead of the built-in main company: one whose year has this many vouchers. */
  vouchers?: number
}

const roomForSpecialCases = 60

/** A company whose later year has exactly `count` vouchers, four to five rows each (from 60 on with every special case), beside an earlier small one. */
function largeCompany(count: number): Company {
  const name = 'Storskogen Partihandel AB'
  const builder = new BookBuilder({ name, organisationNumber: organisationNumberOf(name), town: 'Västerås' })
  furnish(builder)
  const open = trade(builder, builder.year(7, '2025-01-01', '2025-12-31'), Math.min(count, 200))
  const year = builder.year(4, '2026-01-01', '2026-12-31')
  if (count >= roomForSpecialCases) addSpecialCases(builder, year, '2026-02')
  trade(builder, year, count - year.vouchers.length, open)
  builder.finish()
  return company(
    {
      tenant: mainTenant,
      name,
      organisationNumber: organisationNumberOf(name),
      city: 'Västerås',
      shows: `ett år med ${count} verifikat`,
    },
    () => builder.books,
  )
}

/**
 * @returns `companies` makes them anew on each call, `main` is the tenant of the first
 * @throws {BooksError} for a file that cannot be books
 */
export function planCompanies(plan: CompanyPlan): {
  companies: () => Company[]
  users: User[]
  main: number
} {
  const make = (): Company[] => {
    const builtIn = builtInCompanies()
    if (plan.books !== undefined && plan.books.length > 0) {
      const fromFiles = plan.books.map((file, index) =>
        companyFromSie(file.bytes, file.name, 1_019_001 + index),
      )
      return [...fromFiles, ...builtIn.filter((one) => !fromFiles.some((own) => own.tenant === one.tenant))]
    }
    if (plan.vouchers !== undefined) return [largeCompany(plan.vouchers), ...builtIn.slice(1)]
    return builtIn
  }
  // The first set is kept for the first call: making it is most of what starting costs.
  let first: Company[] | null = make()
  const tenants = first.map((one) => one.tenant)
  const main = tenants[0] ?? mainTenant
  return {
    companies: () => {
      const made = first ?? make()
      first = null
      return made
    },
    users: users(main, tenants),
    main,
  }
}
