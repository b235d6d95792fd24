/**
 * A company from any SIE-4E file: its vouchers as they are, and around them the invoices, payments and documents that
 * would have made them. Same file, same company.
 */

import { addDays } from '../dates.ts'
import type { Company, CustomerInvoice, FiscalYear, Row, SupplierInvoice, Voucher } from '../model.ts'
import { hash, organisationNumberOf, pick } from '../numbers.ts'
import { BookBuilder } from './builder.ts'
import { type EventKind, kindOf, type Sums, sumsOf } from './classify.ts'
import { company } from './companies.ts'
import { customers, shops, suppliers } from './names.ts'
import { slipPaper, supplierPaper } from './papers.ts'
import { readSieBooks, type SieRow, type SieVoucher } from './sie-reader.ts'

/** `#RTRANS` says that the next `#TRANS` was added later; `#BTRANS` is a removed row. */
function rowsOf(rows: readonly SieRow[]): Row[] {
  const made: Row[] = []
  let added = false
  for (const row of rows) {
    if (row.kind === 'RTRANS') {
      added = true
      continue
    }
    made.push({
      account: row.account,
      amount: row.amount,
      text: row.text,
      costCenter: row.objects.get('1') ?? '',
      project: row.objects.get('6') ?? '',
      removed: row.kind === 'BTRANS',
      added: row.kind === 'TRANS' && added,
    })
    added = false
  }
  return made
}

const journalWords =
  /^(lev\.?\s?(fakt\w*|kredit\w*)|levfakt\w*|leverant[öo]rsfaktura|kundfakt\w*|kundfaktura|faktura|bet\.?\s?lev\.?\s?fakt\w*|inbet\w*|betalning|utbetalning|kassa|inköp( av)?|kvitto)\b[\s:,-]*/i

const companyForm = /\b(AB|HB|KB|Aktiebolag|Handelsbolag|Ek\.? för|GmbH|Ltd|Oy|A\/S)\b/i

/** A party's name in the voucher's text, such as "Levfakt Telefonbolaget (10002)"; null when it only says what it is. */
function nameIn(text: string): string | null {
  const last = text.split('/').at(-1) ?? ''
  const name = last
    .replace(journalWords, '')
    .replace(/\([^)]*\)/g, '')
    .replace(/[\d.,:/\s-]+$/, '')
    .trim()
  const led = name.length < text.trim().length && (last !== text || journalWords.test(last))
  if (!(led || companyForm.test(name)) || /journal|faktura|avgift|omf[öo]r/i.test(name)) return null
  return name.length >= 4 && /^\p{Lu}/u.test(name) && /\p{Ll}/u.test(name) ? name.slice(0, 60) : null
}

class Story {
  private readonly builder: BookBuilder
  private readonly year: FiscalYear
  private readonly open: { supplier: SupplierInvoice[]; customer: CustomerInvoice[] } = {
    supplier: [],
    customer: [],
  }

  constructor(builder: BookBuilder, year: FiscalYear) {
    this.builder = builder
    this.year = year
  }

  /** Whether the voucher's number names it alone; else nothing can be linked to it. */
  tell(voucher: Voucher, source: SieVoucher, sums: Sums, kind: EventKind, unique: boolean): void {
    if (!unique) return
    switch (kind) {
      case 'supplier-invoice':
        this.supplierInvoice(voucher, source, sums)
        break
      case 'supplier-payment':
        this.supplierPayment(voucher, sums)
        break
      case 'customer-invoice':
        this.customerInvoice(voucher, sums)
        break
      case 'customer-payment':
        this.customerPayment(voucher, sums)
        break
      case 'cash-invoice':
        this.cashInvoice(voucher, sums)
        break
      case 'purchase':
        this.purchase(voucher, source, sums)
        break
      case 'payroll':
        voucher.referenceType = 'PAYROLLBOOKKEEP'
        break
      case 'other':
        this.other(voucher, sums)
        break
    }
  }

  private luck(voucher: Voucher, what: string): number {
    return (hash(`${what} ${voucher.series} ${voucher.number} ${voucher.date}`) % 1000) / 1000
  }

  private supplierOf(voucher: Voucher, account: number): { name: string; goods: readonly string[] } {
    const named = nameIn(voucher.text)
    const fitting = suppliers.filter((one) => Math.floor(one.account / 1000) === Math.floor(account / 1000))
    const trade = pick(() => this.luck(voucher, 'supplier'), fitting.length > 1 ? fitting : suppliers)
    return {
      name: named ?? trade.name,
      goods: named === null ? trade.goods : [voucher.text || 'Enligt beställning'],
    }
  }

  private supplierInvoice(voucher: Voucher, source: SieVoucher, sums: Sums): void {
    const { builder, year } = this
    const total = -(sums.payables[0]?.amount ?? 0)
    const cost = source.rows.find((row) => row.kind === 'TRANS' && row.account >= 3000)?.account ?? 4010
    const { name, goods } = this.supplierOf(voucher, cost)
    const invoice = builder.supplierInvoice({
      supplier: name,
      date: voucher.date,
      total,
      vat: sums.vat,
      costAccount: cost,
    })
    invoice.booked = true
    voucher.referenceType = 'SUPPLIERINVOICE'
    voucher.referenceNumber = String(invoice.givenNumber)
    const ref = builder.ref(year, voucher)
    invoice.vouchers.push({ ...ref, type: 'SUPPLIERINVOICE' })
    this.open.supplier.push(invoice)
    const luck = this.luck(voucher, 'files')
    if (luck < 0.06) return
    const paper = supplierPaper(builder.owner, invoice, goods)
    const kind = luck > 0.93 ? 'jpeg' : 'pdf'
    const file = builder.file(
      `${name} ${invoice.invoiceNumber}`.replaceAll('.', ''),
      { kind, paper },
      'inbox_s',
    )
    if (luck < 0.22) builder.onVoucher(ref, file)
    if (luck >= 0.12) builder.onSupplierInvoice(invoice, file)
    if (luck > 0.5 && luck < 0.58) {
      const appendix = { kind: 'pdf', paper: { ...paper, type: 'appendix' } } as const
      builder.onSupplierInvoice(invoice, builder.file(`Bilaga ${invoice.invoiceNumber}`, appendix, 'inbox_s'))
    }
  }

  /** An open invoice of that amount; else one of the year before, which the payment must then be for. */
  private takeSupplier(voucher: Voucher, amount: number, text: string): SupplierInvoice {
    const found = this.open.supplier.findIndex((invoice) => invoice.balance === amount)
    const known = found < 0 ? undefined : this.open.supplier.splice(found, 1)[0]
    if (known !== undefined) return known
    const { name, goods } = this.supplierOf({ ...voucher, text }, 4010)
    const invoice = this.builder.supplierInvoice({
      supplier: name,
      date: addDays(voucher.date, -30),
      total: amount,
      vat: Math.round(amount / 5),
      costAccount: 4010,
    })
    invoice.booked = true
    if (this.luck(voucher, `old ${invoice.givenNumber}`) > 0.1) {
      const paper = supplierPaper(this.builder.owner, invoice, goods)
      this.builder.onSupplierInvoice(
        invoice,
        this.builder.file(
          `${name} ${invoice.invoiceNumber}`.replaceAll('.', ''),
          { kind: 'pdf', paper },
          'inbox_s',
        ),
      )
    }
    return invoice
  }

  private supplierPayment(voucher: Voucher, sums: Sums): void {
    const ref = this.builder.ref(this.year, voucher)
    const paid = sums.payables.map((row) => this.takeSupplier(voucher, row.amount, row.text))
    voucher.referenceType = 'SUPPLIERPAYMENT'
    this.builder.supplierPayments(paid, voucher.date, ref)
  }

  private customerOf(voucher: Voucher): string {
    return nameIn(voucher.text) ?? pick(() => this.luck(voucher, 'customer'), customers).name
  }

  private customerInvoice(voucher: Voucher, sums: Sums, type: CustomerInvoice['type'] = 'INVOICE'): void {
    const { builder, year } = this
    const total = sums.receivables[0]?.amount ?? sums.liquid
    const invoice = builder.customerInvoice({
      customer: this.customerOf(voucher),
      date: voucher.date,
      total,
      vat: -sums.vat,
      lines: voucher.text || 'Enligt avtal',
      type,
    })
    invoice.booked = true
    invoice.voucher = builder.ref(year, voucher)
    voucher.referenceType = type === 'CASHINVOICE' ? 'CASHINVOICE' : 'INVOICE'
    voucher.referenceNumber = String(invoice.documentNumber)
    if (type === 'INVOICE') this.open.customer.push(invoice)
    if (this.luck(voucher, 'attachment') < 0.15) {
      const paper = slipPaper(builder.owner, builder.owner, {
        type: 'appendix',
        date: voucher.date,
        number: `B-${invoice.documentNumber}`,
        texts: ['Specifikation'],
        total: total + sums.vat,
        vat: 0,
      })
      const name = `Specifikation faktura ${invoice.documentNumber}`
      builder.onCustomerInvoice(invoice, builder.file(name, { kind: 'pdf', paper }, 'inbox_kf', 'archive'))
    }
  }

  private customerPayment(voucher: Voucher, sums: Sums): void {
    const { builder, year } = this
    const paid = sums.receivables.map((row) => {
      const found = this.open.customer.findIndex((invoice) => invoice.balance === -row.amount)
      const known = found < 0 ? undefined : this.open.customer.splice(found, 1)[0]
      if (known !== undefined) return known
      const invoice = builder.customerInvoice({
        customer: this.customerOf({ ...voucher, text: row.text }),
        date: addDays(voucher.date, -30),
        total: -row.amount,
        vat: Math.round(-row.amount / 5),
        lines: 'Enligt avtal',
      })
      invoice.booked = true
      return invoice
    })
    voucher.referenceType = 'INVOICEPAYMENT'
    builder.customerPayments(paid, voucher.date, builder.ref(year, voucher))
  }

  private cashInvoice(voucher: Voucher, sums: Sums): void {
    // Day's takings are no invoices; a sale with a name in its text, or now and then one, is.
    const takings = /dagskassa|kassa|z-?rapport/i.test(voucher.text)
    if (takings || this.luck(voucher, 'cash') > 0.4) {
      this.other(voucher, sums)
      return
    }
    this.customerInvoice(voucher, sums, 'CASHINVOICE')
    const invoice = this.builder.books.customerInvoices.at(-1)
    if (invoice === undefined) return
    invoice.balance = 0
    invoice.finalPayDate = voucher.date
  }

  private purchase(voucher: Voucher, source: SieVoucher, sums: Sums): void {
    const { builder, year } = this
    const luck = this.luck(voucher, 'receipt')
    const paidInCash = sums.cash < 0
    if (paidInCash) {
      voucher.referenceType = 'RECEIPT'
      voucher.referenceNumber = String(1 + (hash(voucher.date + voucher.number) % 900))
    }
    const files = luck < 0.12 ? 0 : luck < 0.86 ? 1 : luck < 0.96 ? 2 : 3
    const cost = source.rows.find((row) => row.kind === 'TRANS' && row.account >= 4000)?.account ?? 5410
    const shop = paidInCash
      ? pick(() => this.luck(voucher, 'shop'), shops).name
      : this.supplierOf(voucher, cost).name
    const name = nameIn(voucher.text) ?? shop
    for (let i = 0; i < files; i++) {
      const paper = slipPaper(
        builder.owner,
        { name, organisationNumber: organisationNumberOf(name) },
        {
          type: i > 0 ? 'appendix' : paidInCash ? 'receipt' : 'invoice',
          date: voucher.date,
          number: `${1000 + (hash(voucher.text + voucher.number) % 9000)}-${i + 1}`,
          texts: [voucher.text || 'Inköp'],
          total: -sums.liquid,
          vat: sums.vat,
        },
      )
      const kind = paidInCash && i === 0 ? 'jpeg' : 'pdf'
      const title = `${i > 0 ? 'Bilaga' : paidInCash ? 'Kvitto' : 'Faktura'} ${name} ${voucher.date}`
      const file = builder.file(
        title.replaceAll('.', ''),
        { kind, paper },
        paidInCash ? 'inbox_ku' : 'inbox_v',
      )
      builder.onVoucher(builder.ref(year, voucher), file)
    }
  }

  private other(voucher: Voucher, sums: Sums): void {
    if (this.luck(voucher, 'other') > 0.2) return
    const { builder, year } = this
    const name = 'Handelsbanken Mitt'
    const total = Math.abs(sums.liquid) || Math.abs(voucher.rows.find((row) => row.amount > 0)?.amount ?? 0)
    const paper = slipPaper(
      builder.owner,
      { name, organisationNumber: organisationNumberOf(name) },
      {
        type: 'statement',
        date: voucher.date,
        number: `${voucher.series}${voucher.number}`,
        texts: [voucher.text || 'Underlag'],
        total,
        vat: 0,
      },
    )
    const file = builder.file(
      `Underlag ${voucher.text || voucher.number}`.replaceAll('.', ''),
      { kind: 'pdf', paper },
      'inbox_v',
    )
    builder.onVoucher(builder.ref(year, voucher), file)
  }
}

/**
 * The company of a SIE-4E file.
 * @param tenant used unless the file is Fortnox' own and says its DatabaseNumber (`#FNR`)
 * @throws {BooksError} for a file that cannot be books
 */
export function companyFromSie(bytes: Uint8Array, fileName: string, tenant: number): Company {
  const sie = readSieBooks(bytes, fileName)
  const name = sie.companyName || 'Namnlösa Bolaget AB'
  const organisationNumber =
    sie.organisationNumber.replace(/^(\d{6})(\d{4})$/, '$1-$2') ||
    organisationNumberOf(`${name} ${sie.companyId}`)
  const builder = new BookBuilder({ name, organisationNumber, town: sie.address[2]?.trim() || 'Sverige' })
  const { books } = builder
  for (const [number, account] of sie.accounts) books.accounts.set(number, { number, ...account })
  for (const [code, title] of sie.costCenters) books.costCenters.push({ code, name: title })
  for (const [number, title] of sie.projects) books.projects.push({ number, name: title })

  // Ids in no order, as Fortnox gives them: this year 2, the one before 3, earlier ones after.
  let year: FiscalYear | null = null
  for (const [index, { from, to }] of [...sie.years].sort(([a], [b]) => b - a)) {
    if (index > 0) continue
    const made = builder.year(index === 0 ? 2 : index === -1 ? 3 : 3 - index, from, to)
    if (index === 0) year = made
  }
  if (year === null) throw new Error('a SIE-4E file has a year 0')
  year.opening = sie.opening

  const uses = new Map<string, number>()
  for (const { series, number } of sie.vouchers) {
    const key = `${series}\0${number}`
    uses.set(key, (uses.get(key) ?? 0) + 1)
  }
  const vouchers = sie.vouchers.map((source) => ({
    source,
    voucher: builder.voucher(year, { ...source, rows: rowsOf(source.rows) }),
  }))
  // Told by date, so that an invoice comes before its payment whatever the file's order.
  const story = new Story(builder, year)
  for (const { source, voucher } of vouchers.toSorted((a, b) => (a.source.date < b.source.date ? -1 : 1))) {
    const { series, number } = source
    const unique = uses.get(`${series}\0${number}`) === 1 && series !== '' && /^[1-9]\d*$/.test(number)
    const sums = sumsOf(source, sie.accounts)
    story.tell(voucher, source, sums, kindOf(sums), unique)
  }
  for (const voucher of year.vouchers) books.series.set(voucher.series, `Serie ${voucher.series}`)
  builder.finish()
  year.file = bytes

  const own = /fortnox/i.test(sie.program) && /^[1-9]\d{2,9}$/.test(sie.companyId)
  return company(
    {
      tenant: own ? Number(sie.companyId) : tenant,
      name,
      organisationNumber,
      city: builder.owner.town,
      shows: `böckerna i ${fileName}`,
    },
    () => books,
  )
}
