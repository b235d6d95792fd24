/** Vouchers: lists, details, series, and the files linked to them. */

import type { Hono } from 'hono'
import { toDate } from '../dates.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { FiscalYear, Row, Voucher, VoucherRef } from '../model.ts'
import type { World } from '../world.ts'
import { contains, identifier, list } from './lists.ts'
import { findVoucher, referenceNumber } from './references.ts'
import { askedYear, currentYear } from './years.ts'

/** A number where Fortnox has an int; what a SIE file numbered otherwise stays text. */
function numberOf(text: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}

const part = encodeURIComponent

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

export function addVouchers(app: Hono<Env>, world: World): void {
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
