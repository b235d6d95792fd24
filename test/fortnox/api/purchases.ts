/** Leverantörsfakturor: suppliers, their invoices, the files on them, payments and accruals. */

import type { Hono } from 'hono'
import { toDate } from '../dates.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { Accrual, Payment, SupplierInvoice } from '../model.ts'
import { plainKronor } from '../numbers.ts'
import type { World } from '../world.ts'
import { contains, identifier, list } from './lists.ts'

type Status = (invoice: SupplierInvoice, today: string) => boolean

const statuses: Record<string, Status> = {
  cancelled: (invoice) => invoice.cancelled,
  fullypaid: (invoice) => !invoice.cancelled && invoice.balance === 0,
  unpaid: (invoice) => !invoice.cancelled && invoice.balance !== 0,
  unpaidoverdue: (invoice, today) => !invoice.cancelled && invoice.balance !== 0 && invoice.due < today,
  unbooked: (invoice) => !invoice.cancelled && !invoice.booked,
  pendingpayment: () => false,
  authorizepending: () => false,
}

function voucherList(exchange: Exchange, invoice: SupplierInvoice): object[] {
  const own = exchange.world.settings.supplierInvoiceVouchers === 'own'
  return invoice.vouchers
    .filter((one) => !own || one.type === 'SUPPLIERINVOICE')
    .map((one) => ({
      Number: Number(one.number),
      ReferenceType: one.type,
      Series: one.series,
      Year: one.year,
    }))
}

function shapeInvoice(exchange: Exchange, invoice: SupplierInvoice): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/supplierinvoices/${invoice.givenNumber}`,
    AuthorizerName: '',
    Balance: plainKronor(invoice.balance),
    Booked: invoice.booked,
    Cancel: invoice.cancelled,
    CostCenter: '',
    Credit: invoice.credit,
    Currency: 'SEK',
    CurrencyRate: '1',
    CurrencyUnit: 1,
    DueDate: invoice.due,
    ExternalInvoiceNumber: null,
    ExternalInvoiceSeries: null,
    FinalPayDate: invoice.finalPayDate,
    GivenNumber: String(invoice.givenNumber),
    InvoiceDate: invoice.date,
    InvoiceNumber: invoice.invoiceNumber,
    Project: '',
    SupplierName: invoice.supplier.name,
    SupplierNumber: invoice.supplier.number,
    Total: plainKronor(invoice.total),
    Vouchers: voucherList(exchange, invoice),
  }
}

function shapeInvoiceDetail(exchange: Exchange, invoice: SupplierInvoice): object {
  const { accounts } = exchange.company.books
  const booked = invoice.vouchers.find((one) => one.type === 'SUPPLIERINVOICE')
  const row = (account: number, code: string, amount: number) => ({
    Account: account,
    AccountDescription: accounts.get(account)?.name ?? '',
    ArticleNumber: '',
    Code: code,
    CostCenter: '',
    Credit: amount < 0 ? -amount / 100 : 0,
    CreditCurrency: 0,
    Debit: amount > 0 ? amount / 100 : 0,
    DebitCurrency: 0,
    ItemDescription: '',
    Price: 0,
    Project: '',
    Quantity: 0,
    StockLocationCode: null,
    StockPointCode: null,
    Total: Math.abs(amount) / 100,
    TransactionInformation: '',
    Unit: '',
  })
  return {
    '@url': `${exchange.world.apiOrigin}/3/supplierinvoices/${invoice.givenNumber}`,
    AccountingMethod: booked === undefined ? 'CASH' : 'ACCRUAL',
    AdministrationFee: '0',
    Balance: plainKronor(invoice.balance),
    Booked: invoice.booked,
    Cancelled: invoice.cancelled,
    Comments: '',
    CostCenter: '',
    Credit: invoice.credit,
    CreditReference: invoice.creditReference ?? 0,
    Currency: 'SEK',
    CurrencyRate: '1',
    CurrencyUnit: 1,
    DisablePaymentFile: false,
    DueDate: invoice.due,
    ExternalInvoiceNumber: null,
    ExternalInvoiceSeries: null,
    FinalPayDate: invoice.finalPayDate,
    Freight: '0',
    GivenNumber: String(invoice.givenNumber),
    InvoiceDate: invoice.date,
    InvoiceNumber: invoice.invoiceNumber,
    OCR: invoice.ocr,
    OurReference: '',
    PaymentPending: false,
    Project: '',
    RoundOffValue: '0',
    SalesType: 'STOCK',
    SupplierInvoiceRows: [
      row(2440, 'TOT', -invoice.total),
      row(2641, 'VAT', invoice.vat),
      row(invoice.costAccount, '', invoice.total - invoice.vat),
    ],
    SupplierName: invoice.supplier.name,
    SupplierNumber: invoice.supplier.number,
    Total: plainKronor(invoice.total),
    VAT: plainKronor(invoice.vat),
    VATType: 'NORMAL',
    VoucherNumber: booked === undefined ? null : Number(booked.number),
    VoucherSeries: booked?.series ?? null,
    VoucherYear: booked?.year ?? null,
    Vouchers: voucherList(exchange, invoice),
    YourReference: '',
  }
}

function shapeFile(exchange: Exchange, link: { fileId: string; givenNumber: number }): object {
  const { books } = exchange.company
  return {
    '@url': `${exchange.world.apiOrigin}/3/supplierinvoicefileconnections/${link.fileId}`,
    FileId: link.fileId,
    Name: books.files.get(link.fileId)?.name ?? '',
    SupplierInvoiceNumber: String(link.givenNumber),
    SupplierName: books.supplierInvoices[link.givenNumber - 1]?.supplier.name ?? '',
  }
}

function shapePayment(exchange: Exchange, payment: Payment): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/supplierinvoicepayments/${payment.number}`,
    Amount: payment.amount / 100,
    Booked: payment.booked,
    Currency: 'SEK',
    CurrencyRate: 1,
    CurrencyUnit: 1,
    InvoiceNumber: String(payment.invoice),
    Number: payment.number,
    PaymentDate: payment.date,
    Source: 'direct',
    WriteOffExist: false,
  }
}

/** An accrual of either side, as both accrual lists have it. */
export function shapeAccrual(exchange: Exchange, path: string, accrual: Accrual): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/${path}/${accrual.invoice}`,
    AccrualAccount: accrual.account,
    Description: `Periodisering faktura ${accrual.invoice}`,
    EndDate: accrual.end,
    Period: 'MONTHLY',
    StartDate: accrual.start,
    Times: 3,
    Total: accrual.total / 100,
    ...(accrual.side === 'supplier'
      ? { SupplierInvoiceNumber: accrual.invoice }
      : { InvoiceNumber: accrual.invoice }),
  }
}

export function addPurchases(app: Hono<Env>, world: World): void {
  app.get('/3/supplierinvoices', (c) => {
    const exchange = exchangeOf(c)
    const status = exchange.param('filter')
    const today = new Date(world.clock.now()).toISOString().slice(0, 10)
    if (status !== null && !Object.hasOwn(statuses, status)) return exchange.error(2000587)
    return list(exchange, {
      key: 'SupplierInvoices',
      items: exchange.company.books.supplierInvoices,
      shape: (invoice) => shapeInvoice(exchange, invoice),
      filters: {
        filter: (invoice, value) => statuses[value]?.(invoice, today) ?? true,
        suppliernumber: (invoice, value) => invoice.supplier.number === value,
        suppliername: (invoice, value) => contains(invoice.supplier.name, value),
        invoicenumber: (invoice, value) => contains(invoice.invoiceNumber, value),
        ocr: (invoice, value) => contains(invoice.ocr, value),
        fromdate: (invoice, value) => invoice.date >= (toDate(value) ?? ''),
        todate: (invoice, value) => invoice.date <= (toDate(value) ?? ''),
        costcenter: () => false,
        project: () => false,
      },
      known: ['financialyear', 'financialyeardate'],
      modified: (invoice) => invoice.modified,
    })
  })
  app.get('/3/supplierinvoices/:number', (c) => {
    const exchange = exchangeOf(c)
    const number = c.req.param('number')
    const invoice = exchange.company.books.supplierInvoices.find((one) => String(one.givenNumber) === number)
    if (invoice === undefined) return exchange.missing(2000434)
    return exchange.json({ SupplierInvoice: shapeInvoiceDetail(exchange, invoice) })
  })

  app.get('/3/supplierinvoicefileconnections', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'SupplierInvoiceFileConnections',
      items: exchange.company.books.supplierInvoiceFiles,
      shape: (link) => shapeFile(exchange, link),
      filters: { supplierinvoicenumber: identifier(exchange, (link) => link.givenNumber) },
      known: ['financialyear', 'financialyeardate'],
    })
  })
  app.get('/3/supplierinvoicefileconnections/:id', (c) => {
    const exchange = exchangeOf(c)
    const link = exchange.company.books.supplierInvoiceFiles.find((one) => one.fileId === c.req.param('id'))
    if (link === undefined) return exchange.missing(2000729, 'Kan inte hitta filkopplingen.')
    return exchange.json({ SupplierInvoiceFileConnection: shapeFile(exchange, link) })
  })

  app.get('/3/supplierinvoicepayments', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'SupplierInvoicePayments',
      items: exchange.company.books.supplierPayments,
      shape: (payment) => shapePayment(exchange, payment),
      filters: { invoicenumber: identifier(exchange, (payment) => payment.invoice) },
      known: ['financialyear', 'financialyeardate'],
      modified: (payment) => payment.modified,
    })
  })
  app.get('/3/supplierinvoicepayments/:number', (c) => {
    const exchange = exchangeOf(c)
    const { supplierPayments, supplierInvoices } = exchange.company.books
    const payment = supplierPayments.find((one) => String(one.number) === c.req.param('number'))
    const invoice = supplierInvoices.find((one) => one.givenNumber === payment?.invoice)
    if (payment === undefined || invoice === undefined)
      return exchange.missing(2000434, 'Kan inte hitta betalningen.')
    return exchange.json({
      SupplierInvoicePayment: {
        ...shapePayment(exchange, payment),
        AmountCurrency: payment.amount / 100,
        Information: '',
        InvoiceDueDate: invoice.due,
        InvoiceOCR: invoice.ocr,
        InvoiceSupplierName: invoice.supplier.name,
        InvoiceSupplierNumber: invoice.supplier.number,
        InvoiceTotal: plainKronor(invoice.total),
        ModeOfPayment: 'BG',
        VoucherNumber: payment.voucher === null ? null : Number(payment.voucher.number),
        VoucherSeries: payment.voucher?.series ?? null,
        VoucherYear: payment.voucher?.year ?? null,
        WriteOffs: [],
      },
    })
  })

  app.get('/3/supplierinvoiceaccruals', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'SupplierInvoiceAccruals',
      items: exchange.company.books.accruals.filter((one) => one.side === 'supplier'),
      shape: (accrual) => shapeAccrual(exchange, 'supplierinvoiceaccruals', accrual),
    })
  })

  const shapeSupplier = (
    exchange: Exchange,
    supplier: { number: string; name: string; organisationNumber: string },
  ) => ({
    '@url': `${exchange.world.apiOrigin}/3/suppliers/${supplier.number}`,
    Active: true,
    City: '',
    Email: '',
    Name: supplier.name,
    OrganisationNumber: supplier.organisationNumber,
    Phone: '',
    SupplierNumber: supplier.number,
    ZipCode: '',
  })
  app.get('/3/suppliers', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'Suppliers',
      items: [...exchange.company.books.suppliers.values()],
      shape: (supplier) => shapeSupplier(exchange, supplier),
      filters: {
        name: (supplier, value) => contains(supplier.name, value),
        suppliernumber: (supplier, value) => contains(supplier.number, value),
        organisationnumber: (supplier, value) => contains(supplier.organisationNumber, value),
      },
      known: ['filter'],
      sort: { name: (supplier) => supplier.name, suppliernumber: (supplier) => Number(supplier.number) },
    })
  })
  app.get('/3/suppliers/:number', (c) => {
    const exchange = exchangeOf(c)
    const supplier = exchange.company.books.suppliers.get(c.req.param('number'))
    if (supplier === undefined) return exchange.missing(2000729, 'Kan inte hitta leverantören.')
    return exchange.json({ Supplier: shapeSupplier(exchange, supplier) })
  })
}
