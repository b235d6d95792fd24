/** Registers that documents refer to: customers, articles, units, terms of payment; and the orders nobody has made. */

import type { Hono } from 'hono'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { Party } from '../model.ts'
import type { World } from '../world.ts'
import { contains, list } from './lists.ts'

const terms = [
  ['0', '0 dagar'],
  ['10', '10 dagar'],
  ['15', '15 dagar'],
  ['20', '20 dagar'],
  ['30', '30 dagar'],
  ['AG', 'Autogiro'],
] as const

const units = [
  ['förp', 'förpackning', 'pack'],
  ['h', 'timmar', 'h'],
  ['km', 'Kilometer', 'km'],
  ['st', 'styck', 'pcs'],
] as const

const articles = [
  ['1', 'Arbete timmar', 'SERVICE'],
  ['2', 'Material enligt spec', 'STOCK'],
  ['3', 'Serviceavtal kvartal', 'SERVICE'],
] as const

/** Fields with the same empty value. */
function all<T>(value: T, names: string): Record<string, T> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]))
}

function shapeCustomer(exchange: Exchange, customer: Party): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/customers/${customer.number}`,
    Address1: '',
    Address2: '',
    City: '',
    CustomerNumber: customer.number,
    Email: '',
    Name: customer.name,
    OrganisationNumber: customer.organisationNumber,
    Phone: '',
    ZipCode: '',
  }
}

function shapeCustomerDetail(exchange: Exchange, customer: Party): object {
  return {
    '@url': `${exchange.world.apiOrigin}/3/customers/${customer.number}`,
    ...all(null, 'Address1 Address2'),
    City: '',
    ...all(null, 'Country Comments'),
    Currency: 'SEK',
    ...all(null, 'CostCenter CountryCode'),
    Active: true,
    CustomerNumber: customer.number,
    DefaultDeliveryTypes: all('PRINT', 'Invoice Order Offer'),
    DefaultTemplates: all('DEFAULTTEMPLATE', 'Order Offer Invoice CashInvoice'),
    ...all(
      null,
      'DeliveryAddress1 DeliveryAddress2 DeliveryCity DeliveryCountry DeliveryCountryCode DeliveryFax',
    ),
    ...all(null, 'DeliveryName DeliveryPhone1 DeliveryPhone2 DeliveryZipCode'),
    ...all('', 'Email EmailInvoice EmailInvoiceBCC EmailInvoiceCC EmailOffer EmailOfferBCC EmailOfferCC'),
    ...all('', 'EmailOrder EmailOrderBCC EmailOrderCC'),
    ...all(
      null,
      'ExternalReference Fax GLN GLNDelivery InvoiceAdministrationFee InvoiceDiscount InvoiceFreight',
    ),
    InvoiceRemark: '',
    Name: customer.name,
    OrganisationNumber: customer.organisationNumber,
    OurReference: '',
    ...all(null, 'Phone1 Phone2'),
    PriceList: 'A',
    Project: '',
    SalesAccount: null,
    ShowPriceVATIncluded: false,
    ...all('', 'TermsOfDelivery TermsOfPayment'),
    Type: 'COMPANY',
    VATNumber: '',
    VATType: 'SEVAT',
    ...all(null, 'VisitingAddress VisitingCity VisitingCountry VisitingCountryCode VisitingZipCode'),
    ...all('', 'WayOfDelivery WWW YourReference ZipCode'),
  }
}

export function addRegisters(app: Hono<Env>, world: World): void {
  const url = (path: string, key: string) => `${world.apiOrigin}/3/${path}/${encodeURIComponent(key)}`

  app.get('/3/customers', (c) => {
    const exchange = exchangeOf(c)
    return list(exchange, {
      key: 'Customers',
      items: [...exchange.company.books.customers.values()],
      shape: (customer) => shapeCustomer(exchange, customer),
      filters: {
        name: (customer, value) => contains(customer.name, value),
        customernumber: (customer, value) => contains(customer.number, value),
        organisationnumber: (customer, value) => contains(customer.organisationNumber, value),
        city: () => false,
        zipcode: () => false,
      },
      known: ['filter'],
      sort: { name: (customer) => customer.name, customernumber: (customer) => Number(customer.number) },
    })
  })
  app.get('/3/customers/:number', (c) => {
    const exchange = exchangeOf(c)
    const customer = exchange.company.books.customers.get(c.req.param('number'))
    if (customer === undefined) return exchange.missing(2000433)
    return exchange.json({ Customer: shapeCustomerDetail(exchange, customer) })
  })

  const shapeTerms = ([code, text]: readonly [string, string]) => ({
    '@url': url('termsofpayments', code),
    Code: code,
    Description: text,
  })
  app.get('/3/termsofpayments', (c) =>
    list(exchangeOf(c), { key: 'TermsOfPayments', items: terms, shape: shapeTerms }),
  )
  app.get('/3/termsofpayments/:code', (c) => {
    const found = terms.find(([code]) => code === c.req.param('code'))
    return found === undefined
      ? exchangeOf(c).missing(2000429)
      : exchangeOf(c).json({ TermsOfPayment: shapeTerms(found) })
  })

  const shapeUnit = ([code, text, english]: readonly [string, string, string]) => ({
    '@url': url('units', code),
    Code: code,
    CodeEnglish: english,
    Description: text,
  })
  app.get('/3/units', (c) => list(exchangeOf(c), { key: 'Units', items: units, shape: shapeUnit }))
  app.get('/3/units/:code', (c) => {
    const found = units.find(([code]) => code === c.req.param('code'))
    return found === undefined
      ? exchangeOf(c).missing(2000432)
      : exchangeOf(c).json({ Unit: shapeUnit(found) })
  })

  app.get('/3/articles', (c) =>
    list<(typeof articles)[number]>(exchangeOf(c), {
      key: 'Articles',
      items: articles,
      shape: ([number, text]) => ({
        '@url': url('articles', number),
        ArticleNumber: number,
        Description: text,
        DisposableQuantity: '0',
        EAN: '',
        Housework: false,
        PurchasePrice: '0',
        SalesPrice: null,
        QuantityInStock: '0',
        ReservedQuantity: '0',
        StockPlace: null,
        StockValue: '0',
        Unit: null,
        VAT: null,
        WebshopArticle: false,
      }),
      filters: {
        articlenumber: ([number], value) => contains(number, value),
        description: ([, text], value) => contains(text, value),
      },
    }),
  )
  app.get('/3/articles/:number', (c) => {
    const found = articles.find(([number]) => number === c.req.param('number'))
    if (found === undefined) return exchangeOf(c).missing(2000428)
    const [number, text, type] = found
    return exchangeOf(c).json({
      Article: {
        '@url': url('articles', number),
        ArticleNumber: number,
        Bulky: false,
        ...all(0, 'ConstructionAccount Depth'),
        Description: text,
        DisposableQuantity: 0,
        EAN: '',
        ...{ EUAccount: 3108, EUVATAccount: 3106, ExportAccount: 3105 },
        Height: 0,
        Housework: false,
        HouseworkType: null,
        Active: true,
        Manufacturer: null,
        ...all('', 'ManufacturerArticleNumber Note'),
        PurchaseAccount: 4010,
        ...all(0, 'PurchasePrice QuantityInStock ReservedQuantity'),
        SalesAccount: 3001,
        StockGoods: false,
        StockPlace: null,
        ...all(0, 'StockValue StockWarning'),
        ...all(null, 'SupplierName SupplierNumber'),
        Type: type,
        Unit: null,
        VAT: 0,
        WebshopArticle: false,
        ...all(0, 'Weight Width'),
        Expired: false,
        ...all(
          null,
          'SalesPrice CostCalculationMethod StockAccount StockChangeAccount DirectCost FreightCost OtherCost',
        ),
        ...all(null, 'DefaultStockPoint DefaultStockLocation'),
      },
    })
  })

  for (const [path, key, code] of [
    ['orders', 'Orders', 2000439],
    ['offers', 'Offers', 2000729],
  ] as const) {
    app.get(`/3/${path}`, (c) => {
      const exchange = exchangeOf(c)
      const filter = exchange.param('filter')
      if (
        filter !== null &&
        !['cancelled', 'expired', 'invoicecreated', 'invoicenotcreated'].includes(filter)
      ) {
        return exchange.error(2000587)
      }
      return list<object>(exchange, { key, items: [], shape: (item) => item })
    })
    app.get(`/3/${path}/:number`, (c) => exchangeOf(c).missing(code))
  }
}
