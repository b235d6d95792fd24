/** Bokföring: fiscal years, accounts, vouchers, series, dimensions and the files on vouchers. */

import type { Hono } from 'hono'
import { toDate } from '../dates.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { Account, FiscalYear, Row, Voucher, VoucherRef } from '../model.ts'
import type { World } from '../world.ts'
import { contains, identifier, list } from './lists.ts'
import { findVoucher, referenceNumber } from './references.ts'
import { askedYear, currentYear } from './years.ts'

/** A number where Fortnox has an int; what a SIE file numbered otherwise stays text. */
function numberOf(text: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}

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

function voucherUrl(exchange: Exchange, year: number, voucher: { series: string; number: string }): string {
  return `${exchange.world.apiOrigin}/3/vouchers/${part(voucher.series)}/${part(voucher.number)}?financialyear=${year}`
}

function shapeVoucher(exchange: Exchange, year: FiscalYear, voucher: Voucher): object {
  const { settings } = exchange.world
  const reference = referenceNumber(exchange.company.books, year, voucher, settings)
  if (settings.voucherFields === 'recorded') {
    return {
      '@url': voucherUrl(exchange, year.id, voucher),
      ReferenceNumber: reference,
      ReferenceType: voucher.referenceType,
      VoucherNumber: numberOf(voucher.number),
      VoucherSeries: voucher.series,
      Year: year.id,
    }
  }
  return {
    '@url': voucherUrl(exchange, year.id, voucher),
    ApprovalState: 0,
    Comments: voucher.comments === '' ? null : voucher.comments,
    Description: voucher.text,
    ReferenceNumber: reference,
    ReferenceType: voucher.referenceType,
    TransactionDate: voucher.date,
    VoucherNumber: numberOf(voucher.number),
    VoucherSeries: voucher.series,
    Year: year.id,
  }
}

function shapeRow(exchange: Exchange, row: Row): object {
  const { accounts } = exchange.company.books
  const { settings } = exchange.world
  return {
    Account: row.account,
    CostCenter: row.costCenter,
    Credit: row.amount < 0 ? -row.amount / 100 : 0,
    Description: accounts.get(row.account)?.name ?? '',
    Debit: row.amount > 0 ? row.amount / 100 : 0,
    Project: row.project === '' ? settings.voucherProject : row.project,
    ...(settings.voucherFields === 'full' ? { Quantity: 0 } : {}),
    Removed: row.removed,
    TransactionInformation: row.text,
  }
}

function vouchers(exchange: Exchange, series: string | null): Promise<Response> {
  const year = askedYear(exchange)
  if (year instanceof Promise) return year
  const { settings } = exchange.world
  const of = year ?? {
    id: 0,
    from: '',
    to: '',
    method: 'ACCRUAL',
    vouchers: [],
    opening: new Map(),
    file: null,
  }
  return list<Voucher>(exchange, {
    key: 'Vouchers',
    items: series === null ? of.vouchers : of.vouchers.filter((one) => one.series === series),
    shape: (voucher) => shapeVoucher(exchange, of, voucher),
    filters: {
      fromdate: (voucher, value) => voucher.date >= (toDate(value) ?? ''),
      todate: (voucher, value) => voucher.date <= (toDate(value) ?? ''),
      voucherseries: (voucher, value) => voucher.series === value,
      vouchernumber: identifier(exchange, (voucher) => voucher.number),
      costcenter: (voucher, value) => voucher.rows.some((row) => row.costCenter === value),
    },
    known: ['financialyear', 'financialyeardate'],
    sort: {
      vouchernumber: (voucher) => Number(voucher.number) || 0,
      voucherseries: (voucher) => voucher.series,
      referencenumber: (voucher) => referenceNumber(exchange.company.books, of, voucher, settings),
      referencetype: (voucher) => voucher.referenceType,
      transactiondate: (voucher) => voucher.date,
    },
    modified: (voucher) => voucher.modified,
  })
}

function shapeVoucherFile(exchange: Exchange, link: VoucherRef & { fileId: string }): object {
  const { settings, apiOrigin } = exchange.world
  const { books } = exchange.company
  const year = books.years.find((one) => one.id === link.year)
  const voucher = findVoucher(year, link.series, link.number)
  return {
    '@url': `${apiOrigin}/3/voucherfileconnections/${link.fileId}`,
    FileId: link.fileId,
    ...(settings.voucherFileName ? { Name: books.files.get(link.fileId)?.name ?? '' } : {}),
    VoucherDescription: voucher?.text ?? '',
    VoucherNumber: settings.fileNumberType === 'string' ? link.number : numberOf(link.number),
    VoucherSeries: link.series,
    VoucherYear: link.year,
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

  app.get('/3/vouchers', (c) => vouchers(exchangeOf(c), null))
  app.get('/3/vouchers/sublist', (c) => vouchers(exchangeOf(c), null))
  app.get('/3/vouchers/sublist/:series', (c) => vouchers(exchangeOf(c), c.req.param('series')))
  app.get('/3/vouchers/:series/:number', (c) => {
    const exchange = exchangeOf(c)
    const year = askedYear(exchange)
    if (year instanceof Promise) return year
    const { series, number } = c.req.param()
    const voucher = findVoucher(year ?? undefined, series, number)
    if (year === null || voucher === undefined)
      return exchange.missing(2000729, 'Kan inte hitta verifikationen.')
    return exchange.json({
      Voucher: {
        '@url': voucherUrl(exchange, year.id, voucher),
        ...(world.settings.voucherFields === 'full' ? { ApprovalState: 0 } : {}),
        Comments: voucher.comments === '' ? null : voucher.comments,
        CostCenter: '',
        Description: voucher.text,
        Project: world.settings.voucherProject,
        ReferenceNumber: referenceNumber(exchange.company.books, year, voucher, world.settings),
        ReferenceType: voucher.referenceType,
        TransactionDate: voucher.date,
        VoucherNumber: numberOf(voucher.number),
        VoucherRows: voucher.rows.map((row) => shapeRow(exchange, row)),
        VoucherSeries: voucher.series,
        Year: year.id,
      },
    })
  })

  const shapeSeries = (exchange: Exchange, code: string, name: string) => ({
    '@url': `${world.apiOrigin}/3/voucherseries/${part(code)}`,
    Approver: null,
    Code: code,
    Description: name,
    Manual: code === 'A',
    Year: currentYear(exchange)?.id ?? 0,
  })
  app.get('/3/voucherseries', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'VoucherSeriesCollection',
      items: [...exchange.company.books.series],
      shape: ([code, name]) => shapeSeries(exchange, code, name),
      known: ['financialyear', 'financialyeardate'],
    })
  })
  app.get('/3/voucherseries/:code', (c) => {
    const exchange = exchangeOf(c)
    const code = c.req.param('code')
    const name = exchange.company.books.series.get(code)
    if (name === undefined) return exchange.missing(2000729, 'Kan inte hitta verifikationsserien.')
    const used = currentYear(exchange)?.vouchers.filter((one) => one.series === code) ?? []
    const last = used.reduce((most, one) => Math.max(most, Number(one.number) || 0), 0)
    return exchange.json({
      VoucherSeries: { ...shapeSeries(exchange, code, name), NextVoucherNumber: last + 1 },
    })
  })

  const predefined = [
    ['INVOICE', 'B'],
    ['INVOICEPAYMENT', 'C'],
    ['SUPPLIERINVOICE', 'D'],
    ['SUPPLIERPAYMENT', 'E'],
    ['CASHINVOICE', 'F'],
    ['ACCRUAL', 'H'],
    ['SALARY', 'K'],
  ] as const
  const shapePredefined = ([name, series]: readonly [string, string]) => ({
    '@url': `${world.apiOrigin}/3/predefinedvoucherseries/${name}`,
    Name: name,
    VoucherSeries: series,
  })
  app.get('/3/predefinedvoucherseries', (c) =>
    list(exchangeOf(c), {
      key: 'PreDefinedVoucherSeriesCollection',
      items: predefined,
      shape: shapePredefined,
    }),
  )
  app.get('/3/predefinedvoucherseries/:name', (c) => {
    const found = predefined.find(([name]) => name === c.req.param('name').toUpperCase())
    if (found === undefined) return exchangeOf(c).missing(2000729, 'Kan inte hitta verifikationsserien.')
    return exchangeOf(c).json({ PreDefinedVoucherSeries: shapePredefined(found) })
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

  app.get('/3/voucherfileconnections', (c) => {
    const exchange = exchangeOf(c)
    const { books } = exchange.company
    const year = askedYear(exchange)
    if (year instanceof Promise) return year
    const named = exchange.param('financialyear') ?? exchange.param('financialyeardate')
    const filtered = named !== null && world.settings.voucherFileYearFilter === 'filters'
    return list(exchange, {
      key: 'VoucherFileConnections',
      items: filtered ? books.voucherFiles.filter((link) => link.year === year?.id) : books.voucherFiles,
      shape: (link) => shapeVoucherFile(exchange, link),
      filters: {
        voucheryear: (link, value) => String(link.year) === value,
        voucherseries: (link, value) => link.series === value,
        vouchernumber: identifier(exchange, (link) => link.number),
        voucherdescription: (link, value) => {
          const of = books.years.find((one) => one.id === link.year)
          const voucher = findVoucher(of, link.series, link.number)
          return contains(voucher?.text ?? '', value)
        },
      },
      known: ['financialyear', 'financialyeardate'],
    })
  })
  app.get('/3/voucherfileconnections/:id', (c) => {
    const exchange = exchangeOf(c)
    const link = exchange.company.books.voucherFiles.find((one) => one.fileId === c.req.param('id'))
    if (link === undefined) return exchange.missing(2000729, 'Kan inte hitta filkopplingen.')
    return exchange.json({ VoucherFileConnection: shapeVoucherFile(exchange, link) })
  })
}
