/** The companies and users that one can choose among at the login page, each there to show one outcome. */

import type { Books, Company, Licence, User } from '../model.ts'
import { organisationNumberOf } from '../numbers.ts'
import { BookBuilder } from './builder.ts'
import { furnish, trade } from './business.ts'
import { addSpecialCases } from './special.ts'

const allLicences: readonly Licence[] = [
  'integration',
  'bokforing',
  'leverantor',
  'fakturering',
  'arkivplats',
  'order',
  'lon',
]

/** The tenant of the built-in company. */
export const mainTenant = 1018318

interface Plan {
  tenant: number
  name: string
  city: string
  shows: string
  without?: readonly Licence[]
  lapsing?: readonly Licence[]
  locked?: boolean
  books: 'main' | 'accrual' | 'cash' | 'small'
}

const plans: readonly Plan[] = [
  {
    tenant: mainTenant,
    name: 'Björkbacken Bygg AB',
    city: 'Falun',
    shows: 'allt; kontantmetod 18 månader, sedan faktureringsmetod',
    books: 'main',
  },
  {
    tenant: 1018401,
    name: 'Nordfjäll Handel AB',
    city: 'Östersund',
    shows: 'två år med faktureringsmetod; betalningar över årsskiftet',
    books: 'accrual',
  },
  {
    tenant: 1018402,
    name: 'Ateljé Sjöstrand',
    city: 'Ystad',
    shows: 'kontantmetod: betalningen är det enda verifikatet',
    books: 'cash',
  },
  {
    tenant: 1018403,
    name: 'Kustens Café AB',
    city: 'Varberg',
    shows: 'ingen integrationslicens: error_missing_app_license',
    without: ['integration'],
    books: 'small',
  },
  {
    tenant: 1018404,
    name: 'Granlunda Fastigheter AB',
    city: 'Gävle',
    shows: 'ingen Bokföring: error_missing_license',
    without: ['bokforing'],
    books: 'small',
  },
  {
    tenant: 1018405,
    name: 'Solsidans El AB',
    city: 'Nacka',
    shows: 'ingen Leverantörsfaktura: error_missing_license om behörigheten begärs',
    without: ['leverantor'],
    books: 'small',
  },
  {
    tenant: 1018406,
    name: 'Västra Konsult AB',
    city: 'Borås',
    shows: 'ingen Fakturering: error_missing_license om behörigheten begärs',
    without: ['fakturering'],
    books: 'small',
  },
  {
    tenant: 1018407,
    name: 'Lilla Arkivet AB',
    city: 'Visby',
    shows: 'ingen Arkivplats: error_missing_license om behörigheten begärs',
    without: ['arkivplats'],
    books: 'small',
  },
  {
    tenant: 1018408,
    name: 'Hamnplans Bil AB',
    city: 'Luleå',
    shows: 'ingen är systemadministratör där: error_missing_system_admin_right',
    books: 'small',
  },
  {
    tenant: 1018409,
    name: 'Norrviks Åkeri AB',
    city: 'Sundsvall',
    shows: 'Leverantörsfaktura, Fakturering och Arkivplats upphör så snart samtycket är givet',
    lapsing: ['leverantor', 'fakturering', 'arkivplats'],
    books: 'small',
  },
  {
    tenant: 1018410,
    name: 'Låsta Bolaget AB',
    city: 'Kiruna',
    shows: 'låst konto: tillbaka med varken kod eller state',
    locked: true,
    books: 'small',
  },
  {
    tenant: 1018411,
    name: 'Slutlicensen i Umeå AB',
    city: 'Umeå',
    shows: 'integrationslicensen upphör så snart samtycket är givet',
    lapsing: ['integration'],
    books: 'small',
  },
]

function booksOf(plan: Plan): Books {
  const builder = new BookBuilder({
    name: plan.name,
    organisationNumber: organisationNumberOf(plan.name),
    town: plan.city,
  })
  furnish(builder)
  switch (plan.books) {
    case 'main': {
      const first = builder.year(5, '2024-07-01', '2025-12-31', 'CASH')
      first.opening.set(1930, 25_000_000).set(2081, -5_000_000).set(2091, -20_000_000)
      const open = trade(builder, first, 120)
      const second = builder.year(2, '2026-01-01', '2026-12-31')
      addSpecialCases(builder, second, '2026-02')
      trade(builder, second, 240, open, '2026-11-15')
      break
    }
    case 'accrual': {
      const first = builder.year(1, '2025-01-01', '2025-12-31')
      const open = trade(builder, first, 90)
      const second = builder.year(3, '2026-01-01', '2026-12-31')
      trade(builder, second, 90, open, '2026-11-15')
      builder.year(2, '2024-01-01', '2024-12-31')
      break
    }
    case 'cash': {
      const open = trade(builder, builder.year(2, '2025-01-01', '2025-12-31', 'CASH'), 60)
      trade(builder, builder.year(1, '2026-01-01', '2026-12-31', 'CASH'), 60, open, '2026-11-15')
      break
    }
    case 'small':
      trade(builder, builder.year(1, '2026-01-01', '2026-12-31'), 30, undefined, '2026-11-15')
  }
  return builder.finish()
}

/** A company around its books, which are made when they are first looked at. */
export function company(
  about: Pick<Company, 'tenant' | 'name' | 'organisationNumber' | 'city' | 'shows'>,
  makeBooks: () => Books,
  licences: { without?: readonly Licence[]; lapsing?: readonly Licence[]; locked?: boolean } = {},
): Company {
  let books: Books | null = null
  return {
    tenant: about.tenant,
    name: about.name,
    organisationNumber: about.organisationNumber,
    city: about.city,
    shows: about.shows,
    address: 'Storgatan 1',
    zip: '791 70',
    licences: new Set(allLicences.filter((licence) => !licences.without?.includes(licence))),
    lapsing: [...(licences.lapsing ?? [])],
    locked: licences.locked ?? false,
    lockedUntil: null,
    get books() {
      books ??= makeBooks()
      return books
    },
  }
}

/** The built-in companies. */
export function builtInCompanies(): Company[] {
  return plans.map((plan) =>
    company({ ...plan, organisationNumber: organisationNumberOf(plan.name) }, () => booksOf(plan), plan),
  )
}

/** The users; `own` is the company whose own people log in directly, `all` what the firm's consultant chooses among. */
export function users(own: number, all: readonly number[]): User[] {
  const user = (
    id: number,
    login: string,
    name: string,
    companies: User['companies'],
    shows: string,
    more: Partial<User> = {},
  ): User => ({
    id,
    login,
    password: 'fortnox',
    name,
    email: `${login}@example.com`,
    firm: null,
    companies,
    locked: false,
    shows,
    ...more,
  })
  return [
    user(1, 'admin', 'Anna Ek', [{ tenant: own, admin: true }], 'systemadministratör i eget bolag'),
    user(
      2,
      'konsult',
      'Karin Holm',
      all.map((tenant) => ({ tenant, admin: tenant !== 1018408 })),
      'konsult på en byrå: väljer bland kunderna',
      { firm: 'Siffran Redovisning AB' },
    ),
    user(3, 'ekonomi', 'Erik Lund', [{ tenant: own, admin: false }], 'inte systemadministratör'),
    user(4, 'last', 'Lars Åberg', [{ tenant: own, admin: true }], 'låst konto: varken kod eller state', {
      locked: true,
    }),
  ]
}
