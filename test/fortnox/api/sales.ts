/** Fakturering: customer invoices with their PDF, payments and accruals; and the GETs that act. */

import type { Hono } from 'hono'
import { customerPaper } from '../books/papers.ts'
import { toDate } from '../dates.ts'
import { bytesOf } from '../documents/bytes.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { CustomerInvoice, Payment } from '../model.ts'
import { plainKronor } from '../numbers.ts'
import type { World } from '../world.ts'
import { shapeInvoice, shapeInvoiceDetail } from './invoice-shapes.ts'
import { contains, identifier, list } from './lists.ts'
import { shapeAccrual } from './purchases.ts'

const statuses: Record<string, (invoice: CustomerInvoice, today: string) => boolean> = {
  cancelled: (invoice) => invoice.cancelled,
  fullypaid: (invoice) => !invoice.cancelled && invoice.balance === 0,
  unpaid: (invoice) => !invoice.cancelled && invoice.balance !== 0,
  unpaidoverdue: (invoice, today) => !invoice.cancelled && invoice.balance !== 0 && invoice.due < today,
  unbooked: (invoice) => !invoice.cancelled && !invoice.booked,
}

/** The GETs of an invoice that send it or mark it; none of them may a reader call. */
const actingGets = ['email', 'einvoice', 'eprint', 'print', 'printreminder']

function shapePayment(exchange: Exchange, payment: Payment): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/invoicepayments/${payment.number}`,
    Amount: payment.amount / 100,
    Booked: payment.booked,
    Currency: 'SEK',
    CurrencyRate: 1,
    CurrencyUnit: 1,
    InvoiceNumber: payment.invoice,
    Number: String(payment.number),
    PaymentDate: payment.date,
    Source: 'direct',
    WriteOffExist: false,
  }
}

/** The invoice's PDF, as Fortnox renders it when asked. */
async function pdf(exchange: Exchange, invoice: CustomerInvoice): Promise<Response> {
  const { settings } = exchange.world
  const types = exchange.accept.toLowerCase()
  if (!types.includes('json') && !types.includes('*/*') && !types.includes('application/*'))
    return exchange.error(1000030)
  const { name, organisationNumber, zip, city } = exchange.company
  const paper = customerPaper({ name, organisationNumber, town: `${zip} ${city}` }, invoice)
  return exchange.bytes(await bytesOf({ kind: 'pdf', paper }), settings.pdfContentType, {
    kind: settings.pdfDisposition,
    name: `Faktura ${invoice.documentNumber}.pdf`,
  })
}

export function addSales(app: Hono<Env>, world: World): void {
  const find = (exchange: Exchange, number: string) =>
    exchange.company.books.customerInvoices.find((one) => String(one.documentNumber) === number)

  app.get('/3/invoices', (c) => {
    const exchange = exchangeOf(c)
    const status = exchange.param('filter')
    const today = new Date(world.clock.now()).toISOString().slice(0, 10)
    if (status !== null && !Object.hasOwn(statuses, status)) return exchange.error(2000587)
    const flag = (of: (invoice: CustomerInvoice) => boolean) => (invoice: CustomerInvoice, value: string) =>
      of(invoice) === (value.toLowerCase() === 'true')
    const never = () => false
    return list(exchange, {
      key: 'Invoices',
      items: exchange.company.books.customerInvoices,
      shape: (invoice) => shapeInvoice(exchange, invoice),
      filters: {
        filter: (invoice, value) => statuses[value]?.(invoice, today) ?? true,
        customername: (invoice, value) => contains(invoice.customer.name, value),
        customernumber: (invoice, value) => contains(invoice.customer.number, value),
        documentnumber: identifier(exchange, (invoice) => invoice.documentNumber),
        ocr: (invoice, value) => contains(invoice.ocr, value),
        invoicetype: (invoice, value) => invoice.type === value.toUpperCase(),
        currency: (_, value) => value.toUpperCase() === 'SEK',
        fromdate: (invoice, value) => invoice.date >= (toDate(value) ?? ''),
        todate: (invoice, value) => invoice.date <= (toDate(value) ?? ''),
        fromfinalpaydate: (invoice, value) => (invoice.finalPayDate ?? '') >= (toDate(value) ?? ''),
        tofinalpaydate: (invoice, value) =>
          invoice.finalPayDate !== null && invoice.finalPayDate <= (toDate(value) ?? ''),
        sent: flag((invoice) => invoice.sent),
        credit: flag((invoice) => invoice.creditReference !== null),
        notcompleted: flag(() => false),
        accountnumberfrom: (_, value) => 3041 >= Number(value),
        accountnumberto: (_, value) => 3041 <= Number(value),
        articledescription: (invoice, value) => contains(invoice.lines, value),
        costcenter: never,
        project: never,
        label: never,
        ourreference: never,
        yourreference: never,
        yourordernumber: never,
        articlenumber: never,
        externalinvoicereference1: never,
        externalinvoicereference2: never,
      },
      known: ['financialyear', 'financialyeardate'],
      sort: {
        customername: (invoice) => invoice.customer.name,
        customernumber: (invoice) => Number(invoice.customer.number),
        documentnumber: (invoice) => invoice.documentNumber,
        invoicedate: (invoice) => invoice.date,
        ocr: (invoice) => invoice.ocr,
        total: (invoice) => invoice.total,
      },
      modified: (invoice) => invoice.modified,
    })
  })
  app.get('/3/invoices/:number', (c) => {
    const exchange = exchangeOf(c)
    const invoice = find(exchange, c.req.param('number'))
    if (invoice === undefined) return exchange.missing(2000434)
    return exchange.json({ Invoice: shapeInvoiceDetail(exchange, invoice) })
  })
  app.get('/3/invoices/:number/preview', (c) => {
    const exchange = exchangeOf(c)
    const invoice = find(exchange, c.req.param('number'))
    return invoice === undefined ? exchange.missing(2000434) : pdf(exchange, invoice)
  })
  for (const document of ['invoices', 'orders', 'offers']) {
    app.get(`/3/${document}/:number/:action`, (c) => {
      const exchange = exchangeOf(c)
      const { number, action } = c.req.param()
      if (!actingGets.includes(action)) return exchange.missing(2000434)
      exchange.record.acting = true
      world.actions.set(action, (world.actions.get(action) ?? 0) + 1)
      const invoice = document === 'invoices' ? find(exchange, number) : undefined
      if (invoice === undefined) return exchange.missing(2000434)
      invoice.sent = true
      return action.startsWith('print')
        ? pdf(exchange, invoice)
        : exchange.json({ Invoice: shapeInvoiceDetail(exchange, invoice) })
    })
  }

  app.get('/3/invoicepayments', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'InvoicePayments',
      items: exchange.company.books.customerPayments,
      shape: (payment) => shapePayment(exchange, payment),
      filters: { invoicenumber: identifier(exchange, (payment) => payment.invoice) },
      known: ['financialyear', 'financialyeardate'],
      sort: { paymentdate: (payment) => payment.date },
      modified: (payment) => payment.modified,
    })
  })
  app.get('/3/invoicepayments/:number', (c) => {
    const exchange = exchangeOf(c)
    const payment = exchange.company.books.customerPayments.find(
      (one) => String(one.number) === c.req.param('number'),
    )
    const invoice = payment === undefined ? undefined : find(exchange, String(payment.invoice))
    if (payment === undefined || invoice === undefined)
      return exchange.missing(2000434, 'Kan inte hitta betalningen.')
    return exchange.json({
      InvoicePayment: {
        ...shapePayment(exchange, payment),
        AmountCurrency: payment.amount / 100,
        ExternalInvoiceReference1: '',
        ExternalInvoiceReference2: '',
        InvoiceCustomerName: invoice.customer.name,
        InvoiceCustomerNumber: invoice.customer.number,
        InvoiceDueDate: invoice.due,
        InvoiceOCR: invoice.ocr,
        InvoiceTotal: plainKronor(invoice.total),
        ModeOfPayment: 'BG',
        ModeOfPaymentAccount: 1930,
        VoucherNumber: payment.voucher === null ? null : Number(payment.voucher.number),
        VoucherSeries: payment.voucher?.series ?? null,
        VoucherYear: payment.voucher?.year ?? null,
        WriteOffs: [],
      },
    })
  })

  app.get('/3/invoiceaccruals', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'InvoiceAccruals',
      items: exchange.company.books.accruals.filter((one) => one.side === 'customer'),
      shape: (accrual) => shapeAccrual(exchange, 'invoiceaccruals', accrual),
    })
  })
}
