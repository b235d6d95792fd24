/** From what the books say to what stands on the paper: same parties, dates, numbers and amounts. */

import type { Paper } from '../documents/paper.ts'
import type { CustomerInvoice, Party, SupplierInvoice } from '../model.ts'
import { bankgiroOf, hash } from '../numbers.ts'

/** Whose books they are, as far as a paper needs to know. */
export interface Owner {
  name: string
  organisationNumber: string
  town: string
}

const streets = ['Storgatan', 'Industrivägen', 'Kungsgatan', 'Hamngatan', 'Skolvägen', 'Verkstadsgatan']
const towns = [
  '702 11 Örebro',
  '113 46 Stockholm',
  '411 04 Göteborg',
  '211 20 Malmö',
  '903 27 Umeå',
  '352 46 Växjö',
]

function issuerOf(name: string, organisationNumber: string, town?: string): Paper['issuer'] {
  const value = hash(name)
  return {
    name,
    organisationNumber,
    bankgiro: bankgiroOf(name),
    street: `${streets[value % streets.length]} ${1 + (value % 89)}`,
    town: town ?? towns[(value >>> 4) % towns.length] ?? '',
  }
}

/** Splits the net amount over the lines so that it adds up to the öre. */
function linesOf(texts: readonly string[], net: number): Paper['lines'] {
  const first = texts.length > 1 ? Math.round(net * 0.6) : net
  return texts.slice(0, 2).map((text, index) => ({ text, amount: index === 0 ? first : net - first }))
}

/** The supplier's invoice, addressed to the company. */
export function supplierPaper(owner: Owner, invoice: SupplierInvoice, goods: readonly string[]): Paper {
  const net = invoice.total - invoice.vat
  return {
    type: invoice.credit ? 'credit-note' : 'invoice',
    issuer: issuerOf(invoice.supplier.name, invoice.supplier.organisationNumber),
    recipient: owner,
    date: invoice.date,
    due: invoice.due,
    number: invoice.invoiceNumber,
    ocr: invoice.ocr,
    lines: linesOf(goods.length === 0 ? ['Enligt beställning'] : goods, net),
    net,
    vat: invoice.vat,
    total: invoice.total,
  }
}

/** The company's own invoice to a customer. */
export function customerPaper(owner: Owner, invoice: CustomerInvoice): Paper {
  const net = invoice.total - invoice.vat
  return {
    type: invoice.creditReference === null ? 'customer-invoice' : 'credit-note',
    issuer: issuerOf(owner.name, owner.organisationNumber, owner.town),
    recipient: {
      name: invoice.customer.name,
      organisationNumber: invoice.customer.organisationNumber,
      town: towns[hash(invoice.customer.name) % towns.length] ?? '',
    },
    date: invoice.date,
    due: invoice.type === 'CASHINVOICE' ? null : invoice.due,
    number: String(invoice.documentNumber),
    ocr: invoice.ocr,
    lines: linesOf([invoice.lines], net),
    net,
    vat: invoice.vat,
    total: invoice.total,
  }
}

/** A receipt, or with `type` another paper of the same form. */
export function slipPaper(
  owner: Owner,
  shop: { name: string; organisationNumber: string; town?: string },
  slip: {
    type?: Paper['type']
    date: string
    number: string
    texts: readonly string[]
    total: number
    vat: number
  },
): Paper {
  const net = slip.total - slip.vat
  return {
    type: slip.type ?? 'receipt',
    issuer: issuerOf(shop.name, shop.organisationNumber, shop.town),
    recipient: owner,
    date: slip.date,
    due: null,
    number: slip.number,
    ocr: null,
    lines: linesOf(slip.texts.length === 0 ? ['Varor'] : slip.texts, net),
    net,
    vat: slip.vat,
    total: slip.total,
  }
}

/** Which party a name belongs to; the organisation number comes from the name. */
export function partyNumber(parties: Map<string, Party>, name: string): string {
  for (const party of parties.values()) if (party.name === name) return party.number
  return String(parties.size + 1)
}
