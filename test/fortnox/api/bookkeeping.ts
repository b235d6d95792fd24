/** Bokföring apart from its vouchers: fiscal years, accounts, cost centres and projects. */

import type { Hono } from 'hono'
import { toDate } from '../dates.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { Account, FiscalYear } from '../model.ts'
import type { World } from '../world.ts'
import { contains, list } from './lists.ts'
import { askedYear } from './years.ts'

const part = encodeURIComponent

function shapeYear(exchange: Exchange, year: FiscalYear): object {
  const { settings, apiOrigin } = exchange.world
  return {
    '@url': `${apiOrigin}/3/financialyears/${year.id}`,
    Id: year.id,
    FromDate: year.from,
    ToDate: year.to,
    ...(settings.yearFields === 'full' ? { AccountChartType: 'BAS 2026' } : {}),
    ...(settings.yearFields === 'bare' ? {} : { AccountingMethod: year.method }),
  }
}

/** The codes of the accounts that a VAT return is made from. */
const vatCodes: Record<number, string> = {
  2611: 'U1',
  2614: 'UTFU1',
  2621: 'U2',
  2631: 'U3',
  2641: 'I',
  2650: 'R2',
}

function shapeAccount(exchange: Exchange, year: FiscalYear, account: Account, detail: boolean): object {
  const { settings, apiOrigin } = exchange.world
  const balance = (year.opening.get(account.number) ?? 0) / 100
  const brief = {
    '@url': `${apiOrigin}/3/accounts/${account.number}?financialyear=${year.id}`,
    Active: true,
    Description: account.name,
    Number: account.number,
    SRU: account.sru ?? 0,
    Year: year.id,
  }
  if (!detail && settings.accountFields === 'recorded') return brief
  const full = {
    '@url': brief['@url'],
    Active: true,
    BalanceBroughtForward: balance,
    CostCenter: '',
    CostCenterSettings: 'ALLOWED',
    Description: account.name,
    Number: account.number,
    Project: settings.voucherProject,
    ProjectSettings: 'ALLOWED',
    SRU: account.sru ?? 0,
    VATCode: vatCodes[account.number] ?? null,
    Year: year.id,
  }
  if (!detail) return full
  let carried = year.opening.get(account.number) ?? 0
  for (const voucher of year.vouchers) {
    for (const row of voucher.rows) if (row.account === account.number && !row.removed) carried += row.amount
  }
  const { '@url': url, VATCode, Year, BalanceBroughtForward, Active, ...rest } = full
  const recorded = {
    '@url': url,
    Active,
    BalanceBroughtForward,
    BalanceCarriedForward: carried / 100,
    ...rest,
    TransactionInformation: '',
    TransactionInformationSettings: 'ALLOWED',
    VATCode,
    Year,
  }
  if (settings.accountFields === 'recorded') return recorded
  return {
    ...recorded,
    OpeningQuantities: null,
    QuantitySettings: 'NOTALLOWED',
    QuantityUnit: '',
  }
}

export function addBookkeeping(app: Hono<Env>, world: World): void {
  app.get('/3/financialyears', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'FinancialYears',
      items: exchange.company.books.years.toSorted((a, b) => a.id - b.id),
      shape: (year) => shapeYear(exchange, year),
      filters: {
        date: (year, value) => year.from <= (toDate(value) ?? '') && (toDate(value) ?? '') <= year.to,
      },
    })
  })
  app.get('/3/financialyears/:id', (c) => {
    const exchange = exchangeOf(c)
    const year = exchange.company.books.years.find((one) => String(one.id) === c.req.param('id'))
    if (year === undefined) return exchange.missing(2000588, 'Kan inte hitta räkenskapsåret.')
    return exchange.json({ FinancialYear: shapeYear(exchange, year) })
  })

  app.get('/3/accounts', (c) => {
    const exchange = exchangeOf(c)
    const year = askedYear(exchange)
    if (year instanceof Promise) return year
    return list(exchange, {
      key: 'Accounts',
      items:
        year === null
          ? []
          : [...exchange.company.books.accounts.values()].sort((a, b) => a.number - b.number),
      shape: (account) => (year === null ? {} : shapeAccount(exchange, year, account, false)),
      filters: { sru: (account, value) => String(account.sru) === value },
      known: ['financialyear', 'financialyeardate'],
      sort: { number: (account) => account.number },
    })
  })
  app.get('/3/accounts/:number', (c) => {
    const exchange = exchangeOf(c)
    const year = askedYear(exchange)
    if (year instanceof Promise) return year
    const account = exchange.company.books.accounts.get(Number(c.req.param('number')))
    if (account === undefined || year === null) return exchange.missing(2000423)
    return exchange.json({ Account: shapeAccount(exchange, year, account, true) })
  })

  const shapeCostCenter = ({ code, name }: { code: string; name: string }) => ({
    '@url': `${world.apiOrigin}/3/costcenters/${part(code)}`,
    Active: true,
    Code: code,
    Description: name,
    Note: '',
  })
  app.get('/3/costcenters', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'CostCenters',
      items: exchange.company.books.costCenters,
      shape: shapeCostCenter,
      pageless: world.settings.dimensionPaging === 'repeats',
    })
  })
  app.get('/3/costcenters/:code', (c) => {
    const exchange = exchangeOf(c)
    const found = exchange.company.books.costCenters.find((one) => one.code === c.req.param('code'))
    if (found === undefined) return exchange.missing(2000729, 'Kan inte hitta kostnadsstället.')
    return exchange.json({ CostCenter: shapeCostCenter(found) })
  })
  app.get('/3/projects', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'Projects',
      items: exchange.company.books.projects,
      shape: ({ number, name }) => ({
        '@url': `${world.apiOrigin}/3/projects/${part(number)}`,
        Description: name,
        EndDate: null,
        ProjectLeader: null,
        ProjectNumber: number,
        Status: 'ONGOING',
        StartDate: null,
      }),
      filters: { description: (project, value) => contains(project.name, value) },
      pageless: world.settings.dimensionPaging === 'repeats',
    })
  })
  app.get('/3/projects/:number', (c) => {
    const exchange = exchangeOf(c)
    const project = exchange.company.books.projects.find((one) => one.number === c.req.param('number'))
    if (project === undefined) return exchange.missing(2001161)
    return exchange.json({
      Project: {
        '@url': `${world.apiOrigin}/3/projects/${part(project.number)}`,
        Comments: null,
        ContactPerson: null,
        Description: project.name,
        EndDate: null,
        ProjectLeader: null,
        ProjectNumber: project.number,
        Status: 'ONGOING',
        StartDate: null,
      },
    })
  })
}
