/** A year of ordinary business: as many vouchers as asked for, of every kind, with documents in a realistic share. */

import { addDays, daysBetween } from '../dates.ts'
import type { CustomerInvoice, FiscalYear, SupplierInvoice, Voucher } from '../model.ts'
import { between, organisationNumberOf, pick } from '../numbers.ts'
import type { BookBuilder, Entry } from './builder.ts'
import { chart, customers, seriesNames, shops, suppliers, type Trade, works } from './names.ts'
import { slipPaper, supplierPaper } from './papers.ts'

/** Accounts, series and dimensions that every made-up company has. */
export function furnish(builder: BookBuilder): void {
  const { books } = builder
  for (const [number, name, sru] of chart) books.accounts.set(number, { number, name, sru })
  for (const [code, name] of seriesNames) books.series.set(code, name)
  books.costCenters.push({ code: 'BUTIK', name: 'Butik' }, { code: 'VERKSTAD', name: 'Verkstad' })
  books.projects.push({ number: '1', name: 'Ombyggnad Tallbacken' }, { number: '2', name: 'Takbyte Mora' })
}

/** A price in whole kronor, as öre. */
function priceOf(builder: BookBuilder, trade: Trade): number {
  return between(builder.random, trade.price[0], trade.price[1]) * 100
}

/** Cost over two to four rows. */
function costRows(builder: BookBuilder, account: number, net: number, texts: readonly string[]): Entry[] {
  const parts = between(builder.random, 2, 4)
  const share = Math.round(net / parts)
  return Array.from({ length: parts }, (_, i) => [
    account,
    i === parts - 1 ? net - share * (parts - 1) : share,
    texts[i % texts.length] ?? '',
  ])
}

/** What the bank takes for a payment, on most of them. */
function feeRows(builder: BookBuilder): Entry[] {
  if (builder.random() < 0.35) return []
  const fee = between(builder.random, 2, 9) * 100
  return [
    [6570, fee, 'Avgift'],
    [1930, -fee, 'Avgift'],
  ]
}

interface Open {
  supplier: { invoice: SupplierInvoice; trade: Trade }[]
  customer: CustomerInvoice[]
}

function takeSupplierFile(
  builder: BookBuilder,
  invoice: SupplierInvoice,
  trade: Trade,
  voucher: Voucher | null,
  year: FiscalYear,
): void {
  const luck = builder.random()
  if (luck < 0.07) return
  const kind = luck > 0.95 ? 'jpeg' : 'pdf'
  const name = `${invoice.supplier.name} ${invoice.invoiceNumber}`
  const paper = supplierPaper(builder.owner, invoice, trade.goods)
  const file = builder.file(name, { kind, paper }, 'inbox_s', luck > 0.9 ? 'inbox' : 'both')
  const direct = voucher !== null && luck < 0.2
  if (direct) builder.onVoucher(builder.ref(year, voucher), file)
  if (!direct || luck < 0.12) builder.onSupplierInvoice(invoice, file)
  if (luck > 0.4 && luck < 0.46) {
    const appendix = builder.file(
      `Bilaga ${name}`,
      { kind: 'pdf', paper: { ...paper, type: 'appendix' } },
      'inbox_s',
    )
    builder.onSupplierInvoice(invoice, appendix)
  }
}

function buy(builder: BookBuilder, year: FiscalYear, date: string, open: Open): void {
  const trade = pick(builder.random, suppliers)
  const net = priceOf(builder, trade)
  const vat = Math.round((net * trade.vat) / 100)
  const invoice = builder.supplierInvoice({
    supplier: trade.name,
    date,
    total: net + vat,
    vat,
    costAccount: trade.account,
  })
  invoice.booked = true
  let voucher: Voucher | null = null
  if (year.method === 'ACCRUAL') {
    voucher = builder.voucher(year, {
      series: 'D',
      date,
      text: `Levfakt ${trade.name} (${invoice.givenNumber})`,
      rows: [
        [2440, -invoice.total],
        ...(vat === 0 ? [] : [[2641, vat] as const]),
        ...costRows(builder, trade.account, net, trade.goods),
      ],
      type: 'SUPPLIERINVOICE',
      reference: invoice.givenNumber,
    })
    invoice.vouchers.push({ ...builder.ref(year, voucher), type: 'SUPPLIERINVOICE' })
  }
  takeSupplierFile(builder, invoice, trade, voucher, year)
  open.supplier.push({ invoice, trade })
}

function pay(builder: BookBuilder, year: FiscalYear, date: string, open: Open): void {
  const count = builder.random() < 0.12 ? between(builder.random, 2, 4) : 1
  const due = open.supplier.splice(0, count)
  const total = due.reduce((sum, { invoice }) => sum + invoice.total, 0)
  const rows: Entry[] = [[1930, -total, 'Bankgiro']]
  for (const { invoice, trade } of due) {
    if (year.method === 'ACCRUAL') {
      rows.push([2440, invoice.total, `${invoice.supplier.name} ${invoice.invoiceNumber}`])
    } else {
      if (invoice.vat !== 0) rows.push([2641, invoice.vat])
      rows.push(...costRows(builder, trade.account, invoice.total - invoice.vat, trade.goods))
    }
  }
  rows.push(...feeRows(builder))
  const names = due.map(({ invoice }) => `${invoice.supplier.name} (${invoice.givenNumber})`)
  const voucher = builder.voucher(year, {
    series: 'E',
    date,
    text: `Levbet ${names.join(', ')}`.slice(0, 200),
    rows,
    type: 'SUPPLIERPAYMENT',
  })
  builder.supplierPayments(
    due.map(({ invoice }) => invoice),
    date,
    builder.ref(year, voucher),
  )
}

function sell(builder: BookBuilder, year: FiscalYear, date: string, open: Open): void {
  const customer = pick(builder.random, customers)
  const net = between(builder.random, 800, 60_000) * 100
  const vat = Math.round(net * 0.25)
  const lines = pick(builder.random, works)
  const cash = builder.random() < 0.15
  const invoice = builder.customerInvoice({
    customer: customer.name,
    date,
    total: net + vat,
    vat,
    lines,
    type: cash ? 'CASHINVOICE' : 'INVOICE',
  })
  invoice.booked = true
  if (cash || year.method === 'ACCRUAL') {
    const material = Math.round(net * 0.3)
    const voucher = builder.voucher(year, {
      series: cash ? 'F' : 'B',
      date,
      text: `${cash ? 'Kontantfaktura' : 'Kundfaktura'} ${customer.name} (${invoice.documentNumber})`,
      rows: [
        [cash ? 1910 : 1510, net + vat],
        [2611, -vat],
        [3041, material - net, lines],
        [3001, -material, 'Material'],
      ],
      type: cash ? 'CASHINVOICE' : 'INVOICE',
      reference: invoice.documentNumber,
    })
    invoice.voucher = builder.ref(year, voucher)
  }
  if (builder.random() < 0.12) {
    const paper = slipPaper(
      builder.owner,
      { ...builder.owner },
      {
        type: 'appendix',
        date,
        number: `T-${invoice.documentNumber}`,
        texts: ['Tidrapport', lines],
        total: net,
        vat: 0,
      },
    )
    builder.onCustomerInvoice(
      invoice,
      builder.file(
        `Tidrapport faktura ${invoice.documentNumber}`,
        { kind: 'pdf', paper },
        'inbox_kf',
        'archive',
      ),
    )
  }
  if (cash) {
    invoice.balance = 0
    invoice.finalPayDate = date
  } else {
    open.customer.push(invoice)
  }
}

function receive(builder: BookBuilder, year: FiscalYear, date: string, open: Open): void {
  const paid = open.customer.splice(0, builder.random() < 0.1 ? 2 : 1)
  const rows: Entry[] = [[1930, paid.reduce((sum, invoice) => sum + invoice.total, 0), 'Bankgiro']]
  for (const invoice of paid) {
    if (year.method === 'ACCRUAL') {
      rows.push([1510, -invoice.total, `${invoice.customer.name} ${invoice.documentNumber}`])
    } else {
      rows.push([2611, -invoice.vat], [3041, invoice.vat - invoice.total, invoice.lines])
    }
  }
  rows.push(...feeRows(builder))
  const voucher = builder.voucher(year, {
    series: 'C',
    date,
    text: `Kundbet ${paid.map((invoice) => `${invoice.customer.name} (${invoice.documentNumber})`).join(', ')}`,
    rows,
    type: 'INVOICEPAYMENT',
  })
  builder.customerPayments(paid, date, builder.ref(year, voucher))
}

function spend(builder: BookBuilder, year: FiscalYear, date: string, index: number): void {
  const shop = pick(builder.random, shops)
  const net = priceOf(builder, shop)
  const vat = Math.round((net * shop.vat) / 100)
  const goods = pick(builder.random, shop.goods)
  const receipt = builder.random() < 0.5
  const voucher = builder.voucher(year, {
    series: receipt ? 'R' : 'A',
    date,
    text: `${shop.name}, ${goods.toLowerCase()}`,
    rows: [[1930, -(net + vat), 'Kortköp'], [2641, vat], ...costRows(builder, shop.account, net, [goods])],
    type: receipt ? 'RECEIPT' : 'MANUAL',
    ...(receipt ? { reference: index } : {}),
  })
  const luck = builder.random()
  const files = luck < 0.12 ? 0 : luck < 0.88 ? 1 : luck < 0.97 ? 2 : 3
  for (let i = 0; i < files; i++) {
    const paper = slipPaper(
      builder.owner,
      { name: shop.name, organisationNumber: organisationNumberOf(shop.name), town: shop.town },
      {
        type: i === 0 ? 'receipt' : 'appendix',
        date,
        number: `${1000 + index}-${i + 1}`,
        texts: [goods],
        total: net + vat,
        vat,
      },
    )
    const kind = i === 0 && builder.random() < 0.6 ? 'jpeg' : 'pdf'
    const name = `${i === 0 ? 'Kvitto' : 'Bilaga'} ${shop.name} ${date}`
    builder.onVoucher(builder.ref(year, voucher), builder.file(name, { kind, paper }, 'inbox_v'))
  }
}

function manual(builder: BookBuilder, year: FiscalYear, date: string, index: number): void {
  const sum = between(builder.random, 50, 900) * 100
  const kinds: { series: string; text: string; rows: Entry[]; type?: 'PAYROLLBOOKKEEP' }[] = [
    {
      series: 'A',
      text: 'Bankavgifter',
      rows: [
        [1930, -sum],
        [6570, sum, 'Månadsavgift'],
      ],
    },
    {
      series: 'A',
      text: 'Inbetalning skattekonto',
      rows: [
        [1930, -sum * 10],
        [1630, sum * 10],
      ],
    },
    {
      series: 'A',
      text: 'Avskrivning inventarier',
      rows: [
        [7832, sum],
        [1229, -sum],
      ],
    },
    {
      series: 'K',
      text: `Löneutbetalning ${date.slice(0, 7)}`,
      rows: [
        [7010, sum * 40],
        [2710, -sum * 12],
        [1930, -sum * 28],
        [7510, sum * 12],
        [2731, -sum * 12],
      ],
      type: 'PAYROLLBOOKKEEP',
    },
  ]
  const kind = kinds[index % kinds.length] ?? kinds[0]
  if (kind === undefined) return
  const voucher = builder.voucher(year, { ...kind, date })
  if (builder.random() < 0.15) {
    const paper = slipPaper(
      builder.owner,
      { name: 'Handelsbanken Mitt', organisationNumber: organisationNumberOf('Handelsbanken Mitt') },
      { type: 'statement', date, number: `K${index}`, texts: [kind.text], total: sum, vat: 0 },
    )
    builder.onVoucher(
      builder.ref(year, voucher),
      builder.file(`Underlag ${kind.text} ${date}`, { kind: 'pdf', paper }, 'inbox_v'),
    )
  }
}

/** An earlier supplier invoice's cost moved to later months, in one voucher. */
function accrue(builder: BookBuilder, year: FiscalYear, date: string): boolean {
  const invoice = builder.books.supplierInvoices.findLast(
    (one) => !one.cancelled && !one.credit && one.booked,
  )
  if (invoice === undefined) return false
  const part = Math.round((invoice.total - invoice.vat) / 3)
  const voucher = builder.voucher(year, {
    series: 'H',
    date,
    text: `Periodisering leverantörsfaktura ${invoice.supplier.name} (${invoice.givenNumber})`,
    rows: [
      [1710, part],
      [invoice.costAccount, -part],
    ],
    type: 'ACCRUAL',
    reference: invoice.givenNumber,
  })
  const ref = builder.ref(year, voucher)
  invoice.vouchers.push({ ...ref, type: 'ACCRUAL' })
  builder.books.accruals.push({
    invoice: invoice.givenNumber,
    side: 'supplier',
    account: 1710,
    total: part,
    start: date,
    end: addDays(date, 60),
    vouchers: [ref],
  })
  return true
}

/**
 * Adds `count` vouchers to the year, evenly spread from its first to its last day (or to `until`). What is unpaid at
 * the end is returned, to be paid in the next year.
 */
export function trade(
  builder: BookBuilder,
  year: FiscalYear,
  count: number,
  carried?: Open,
  until = year.to,
): Open {
  const open: Open = carried ?? { supplier: [], customer: [] }
  const days = daysBetween(year.from, until)
  const goal = year.vouchers.length + count
  let index = 0
  while (year.vouchers.length < goal) {
    const date = addDays(
      year.from,
      Math.min(days, Math.floor(((count - goal + year.vouchers.length) / count) * days)),
    )
    const luck = builder.random()
    index++
    // Both debts are kept within bounds, so that some are always open and none forever.
    if (open.supplier.length > 12 || (luck < 0.24 && open.supplier.length > 4)) pay(builder, year, date, open)
    else if (open.customer.length > 9 || (luck < 0.36 && luck >= 0.24 && open.customer.length > 2))
      receive(builder, year, date, open)
    else if (luck < 0.62) buy(builder, year, date, open)
    else if (luck < 0.78) sell(builder, year, date, open)
    else if (luck < 0.9) spend(builder, year, date, index)
    else if (luck < 0.93 && accrue(builder, year, date)) continue
    else manual(builder, year, date, index)
  }
  return open
}
