/** The company itself, its settings, and who is asking. */

import type { Hono } from 'hono'
import { type Env, exchangeOf } from '../exchange.ts'
import type { World } from '../world.ts'

export function addCompany(app: Hono<Env>, world: World): void {
  app.get('/3/companyinformation', (c) => {
    const exchange = exchangeOf(c)
    const { company } = exchange
    return exchange.json({
      CompanyInformation: {
        Address: company.address,
        City: company.city,
        CountryCode: 'SE',
        CompanyName: company.name,
        DatabaseNumber: company.tenant,
        OrganizationNumber: company.organisationNumber,
        VisitAddress: '',
        VisitCity: '',
        VisitCountryCode: 'SE',
        VisitZipCode: '',
        ZipCode: company.zip,
      },
    })
  })
  app.get('/3/settings/company', (c) => {
    const exchange = exchangeOf(c)
    const { company } = exchange
    return exchange.json({
      CompanySettings: {
        Address: company.address,
        BG: '',
        BIC: '',
        BranchCode: '',
        City: company.city,
        ContactFirstName: '',
        ContactLastName: '',
        Country: 'Sverige',
        CountryCode: 'SE',
        DatabaseNumber: String(company.tenant),
        Domicile: company.city,
        Email: '',
        Fax: '',
        IBAN: '',
        Name: company.name,
        OrganizationNumber: company.organisationNumber,
        PG: '',
        Phone1: '',
        Phone2: '',
        TaxEnabled: true,
        VATNumber: `SE${company.organisationNumber.replace('-', '')}01`,
        VisitAddress: '',
        VisitCity: '',
        VisitCountry: '',
        VisitCountryCode: '',
        VisitName: '',
        VisitZipCode: '',
        WWW: '',
        ZipCode: company.zip,
      },
    })
  })
  app.get('/3/settings/lockedperiod', (c) => {
    const exchange = exchangeOf(c)
    const { lockedUntil } = exchange.company
    return exchange.json({ LockedPeriod: lockedUntil === null ? {} : { EndDate: lockedUntil } })
  })
  app.get('/3/me', (c) => {
    const exchange = exchangeOf(c)
    const user = world.users.find((one) => one.id === exchange.caller?.userId)
    return exchange.json({
      [world.settings.meKey]: {
        Email: user?.email ?? '',
        Id: String(exchange.caller?.userId ?? 0),
        Locale: 'sv_SE',
        Name: user?.name ?? '',
        SysAdmin: user?.companies.some((one) => one.tenant === exchange.company.tenant && one.admin) ?? false,
      },
    })
  })
}
