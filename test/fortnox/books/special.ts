/** The cases that a client gets wrong, each once and on purpose, in an accrual-method year of the built-in company. */

import type { FiscalYear, Row } from '../model.ts'
import { organisationNumberOf } from '../numbers.ts'
import type { BookBuilder } from './builder.ts'
import { slipPaper, supplierPaper } from './papers.ts'

function row(account: number, amount: number, text: string, mark: Partial<Row> = {}): Row {
  return { account, amount, text, costCenter: '', project: '', removed: false, added: false, ...mark }
}

function bookedSupplierInvoice(
  builder: BookBuilder,
  year: FiscalYear,
  invoice: Parameters<BookBuilder['supplierInvoice']>[0],
) {
  const made = builder.supplierInvoice(invoice)
  made.booked = true
  const voucher = builder.voucher(year, {
    series: 'D',
    date: invoice.date,
    text: `Lev${made.credit ? 'kredit' : 'fakt'} ${invoice.supplier} (${made.givenNumber})`,
    rows: [
      [2440, -invoice.total],
      [2641, invoice.vat],
      [invoice.costAccount, invoice.total - invoice.vat, invoice.supplier],
    ],
    type: 'SUPPLIERINVOICE',
    reference: made.givenNumber,
  })
  made.vouchers.push({ ...builder.ref(year, voucher), type: 'SUPPLIERINVOICE' })
  return { invoice: made, voucher }
}

function bookedCustomerInvoice(
  builder: BookBuilder,
  year: FiscalYear,
  invoice: Parameters<BookBuilder['customerInvoice']>[0],
) {
  const made = builder.customerInvoice(invoice)
  made.booked = true
  const voucher = builder.voucher(year, {
    series: 'B',
    date: invoice.date,
    text: `Kund${invoice.credit ? 'kredit' : 'faktura'} ${invoice.customer} (${made.documentNumber})`,
    rows: [
      [1510, invoice.total],
      [2611, -invoice.vat],
      [3041, invoice.vat - invoice.total, invoice.lines],
    ],
    type: 'INVOICE',
    reference: made.documentNumber,
  })
  made.voucher = builder.ref(year, voucher)
  return { invoice: made, voucher }
}

/** One voucher that pays three supplier invoices, and a supplier invoice paid in two parts. */
function payments(builder: BookBuilder, year: FiscalYear, month: string): void {
  const bought = ['Bergslagens Trävaru AB', 'Telekraft Sverige AB', 'Hyrmaskiner Småland AB'].map(
    (supplier, i) => {
      const made = bookedSupplierInvoice(builder, year, {
        supplier,
        date: `${month}-0${i + 1}`,
        total: 125_000 + i * 31_250,
        vat: 25_000 + i * 6_250,
        costAccount: 4010,
      })
      const paper = supplierPaper(builder.owner, made.invoice, ['Samlad leverans'])
      builder.onSupplierInvoice(
        made.invoice,
        builder.file(`${supplier} ${made.invoice.invoiceNumber}`, { kind: 'pdf', paper }, 'inbox_s'),
      )
      return made.invoice
    },
  )
  const total = bought.reduce((sum, invoice) => sum + invoice.total, 0)
  const together = builder.voucher(year, {
    series: 'E',
    date: `${month}-20`,
    text: 'Levbet bankgirofil 3 fakturor',
    rows: [
      [1930, -total, 'Bankgirofil'],
      ...bought.map((one) => [2440, one.total, one.supplier.name] as const),
    ],
    type: 'SUPPLIERPAYMENT',
  })
  builder.supplierPayments(bought, `${month}-20`, builder.ref(year, together))

  const { invoice } = bookedSupplierInvoice(builder, year, {
    supplier: 'Fastighets AB Kvarnholmen',
    date: `${month}-05`,
    total: 1_000_000,
    vat: 200_000,
    costAccount: 5010,
  })
  const paper = supplierPaper(builder.owner, invoice, ['Lokalhyra kvartal'])
  builder.onSupplierInvoice(invoice, builder.file('Hyresavi kvartal', { kind: 'pdf', paper }, 'inbox_s'))
  for (const [day, part] of [
    ['22', 400_000],
    ['28', 600_000],
  ] as const) {
    const voucher = builder.voucher(year, {
      series: 'E',
      date: `${month}-${day}`,
      text: `Levbet delbetalning Fastighets AB Kvarnholmen (${invoice.givenNumber})`,
      rows: [
        [1930, -part],
        [2440, part],
      ],
      type: 'SUPPLIERPAYMENT',
    })
    const [payment] = builder.supplierPayments([invoice], `${month}-${day}`, builder.ref(year, voucher))
    if (payment !== undefined) payment.amount = part
  }

  const sold = ['Brf Tallbacken', 'Region Västerdal'].map(
    (customer, i) =>
      bookedCustomerInvoice(builder, year, {
        customer,
        date: `${month}-0${i + 2}`,
        total: 62_500 * (i + 1),
        vat: 12_500 * (i + 1),
        lines: 'Serviceavtal kvartal',
      }).invoice,
  )
  const received = builder.voucher(year, {
    series: 'C',
    date: `${month}-25`,
    text: 'Kundbet bankgiro, 2 fakturor',
    rows: [[1930, 187_500, 'Bankgiro'], ...sold.map((one) => [1510, -one.total, one.customer.name] as const)],
    type: 'INVOICEPAYMENT',
  })
  builder.customerPayments(sold, `${month}-25`, builder.ref(year, received))
}

/** Credit notes and cancelled invoices on both sides. */
function reversals(builder: BookBuilder, year: FiscalYear, month: string): void {
  const bought = bookedSupplierInvoice(builder, year, {
    supplier: 'Nordisk Kontorsmaterial AB',
    date: `${month}-03`,
    total: 87_500,
    vat: 17_500,
    costAccount: 6110,
  })
  builder.onSupplierInvoice(
    bought.invoice,
    builder.file(
      `Faktura ${bought.invoice.invoiceNumber}`,
      { kind: 'pdf', paper: supplierPaper(builder.owner, bought.invoice, ['Toner']) },
      'inbox_s',
    ),
  )
  const credit = bookedSupplierInvoice(builder, year, {
    supplier: 'Nordisk Kontorsmaterial AB',
    date: `${month}-11`,
    total: -87_500,
    vat: -17_500,
    costAccount: 6110,
    credit: bought.invoice,
  })
  builder.onSupplierInvoice(
    credit.invoice,
    builder.file(
      `Kreditfaktura ${credit.invoice.invoiceNumber}`,
      { kind: 'pdf', paper: supplierPaper(builder.owner, credit.invoice, ['Retur toner']) },
      'inbox_s',
    ),
  )
  const sold = bookedCustomerInvoice(builder, year, {
    customer: 'Éclair Patisserie AB',
    date: `${month}-04`,
    total: 250_000,
    vat: 50_000,
    lines: 'Montering',
  })
  bookedCustomerInvoice(builder, year, {
    customer: 'Éclair Patisserie AB',
    date: `${month}-14`,
    total: -250_000,
    vat: -50_000,
    lines: 'Montering, krediterad',
    credit: sold.invoice,
  })
  const cancelled = builder.supplierInvoice({
    supplier: 'Tryckeri Åsikten AB',
    date: `${month}-06`,
    total: 53_000,
    vat: 3_000,
    costAccount: 5910,
    cancelled: true,
  })
  builder.onSupplierInvoice(
    cancelled,
    builder.file(
      'Makulerad faktura Tryckeri Åsikten',
      { kind: 'pdf', paper: supplierPaper(builder.owner, cancelled, ['Broschyr']) },
      'inbox_s',
    ),
  )
  builder.customerInvoice({
    customer: 'Ljungby Plåt & Smide AB',
    date: `${month}-07`,
    total: 12_500,
    vat: 2_500,
    lines: 'Projektering',
    cancelled: true,
  })
}

/** Accruals that refer to their invoice, one on each side. */
function accruals(builder: BookBuilder, year: FiscalYear, month: string): void {
  const bought = bookedSupplierInvoice(builder, year, {
    supplier: 'Säkra Försäkringar i Norden AB',
    date: `${month}-08`,
    total: 1_200_000,
    vat: 0,
    costAccount: 6310,
  })
  builder.onSupplierInvoice(
    bought.invoice,
    builder.file(
      'Försäkringsbrev helår',
      { kind: 'pdf', paper: supplierPaper(builder.owner, bought.invoice, ['Företagsförsäkring helår']) },
      'inbox_s',
    ),
  )
  const sold = bookedCustomerInvoice(builder, year, {
    customer: 'Skolfastigheter i Mora AB',
    date: `${month}-09`,
    total: 300_000,
    vat: 60_000,
    lines: 'Serviceavtal kvartal',
  })
  for (const [side, invoice, text, rows] of [
    ['supplier', bought.invoice.givenNumber, 'leverantörsfaktura Säkra Försäkringar', [1730, 6310, 800_000]],
    ['customer', sold.invoice.documentNumber, 'kundfaktura Skolfastigheter i Mora', [3041, 2971, 160_000]],
  ] as const) {
    const voucher = builder.voucher(year, {
      series: 'H',
      date: `${month}-28`,
      text: `Periodisering ${text} (${invoice})`,
      rows: [
        [rows[0], rows[2]],
        [rows[1], -rows[2]],
      ],
      type: 'ACCRUAL',
      reference: invoice,
    })
    const ref = builder.ref(year, voucher)
    if (side === 'supplier') bought.invoice.vouchers.push({ ...ref, type: 'ACCRUAL' })
    builder.books.accruals.push({
      invoice,
      side,
      account: side === 'supplier' ? 1730 : 2971,
      total: rows[2],
      start: `${month}-28`,
      end: year.to,
      vouchers: [ref],
    })
  }
}

/** Files where clients do not look: shared, several, in one place only, on voucher and invoice both. */
function files(builder: BookBuilder, year: FiscalYear, month: string): void {
  const purchase = (text: string, day: string, total: number) =>
    builder.voucher(year, {
      series: 'A',
      date: `${month}-${day}`,
      text,
      rows: [
        [1930, -total],
        [2641, total / 5],
        [5410, total - total / 5, text],
      ],
    })
  const slip = (name: string, day: string, total: number) =>
    slipPaper(
      builder.owner,
      { name, organisationNumber: organisationNumberOf(name) },
      { date: `${month}-${day}`, number: `S-${day}${total}`, texts: ['Verktyg'], total, vat: total / 5 },
    )
  const tools = 'Verktygsboden AB'
  const shared = builder.file(
    'Samlingskvitto verktyg',
    { kind: 'pdf', paper: slip(tools, '10', 60_000) },
    'inbox_v',
  )
  for (const day of ['10', '11', '12']) {
    builder.onVoucher(builder.ref(year, purchase(`Verktyg, del ${day}`, day, 20_000)), shared)
  }
  const many = builder.ref(year, purchase('Verktyg med fyra underlag', '13', 45_000))
  for (const [i, kind] of (['jpeg', 'pdf', 'jpeg', 'pdf'] as const).entries()) {
    builder.onVoucher(
      many,
      builder.file(
        `Kvitto del ${i + 1} av 4`,
        { kind, paper: slip(tools, '13', 11_000 + i * 500) },
        'inbox_v',
      ),
    )
  }
  const places = [
    ['Bara i inkorgen', '14', 'inbox'],
    ['Bara genom fileid', '15', 'fileid'],
    ['Bara i arkivet', '16', 'archive'],
  ] as const
  for (const [text, day, place] of places) {
    const file = builder.file(
      text,
      { kind: 'pdf', paper: slip(tools, day, 30_000) },
      place === 'inbox' ? 'inbox_ku' : 'archive',
      place,
    )
    builder.onVoucher(builder.ref(year, purchase(text, day, 30_000)), file)
  }
  const both = bookedSupplierInvoice(builder, year, {
    supplier: 'Vättern Energi AB',
    date: `${month}-17`,
    total: 62_500,
    vat: 12_500,
    costAccount: 5020,
  })
  const twice = builder.file(
    'Elfaktura',
    { kind: 'pdf', paper: supplierPaper(builder.owner, both.invoice, ['Elförbrukning']) },
    'inbox_s',
  )
  builder.onSupplierInvoice(both.invoice, twice)
  builder.onVoucher(builder.ref(year, both.voucher), twice)

  const attached = bookedCustomerInvoice(builder, year, {
    customer: 'Österlens Musteri AB',
    date: `${month}-18`,
    total: 500_000,
    vat: 100_000,
    lines: 'Konsulttimmar',
  })
  for (const name of ['Tidrapport vecka 1-2', 'Avtal ramorder']) {
    const paper = slip('Björkbacken tidrapport', '18', 400_000)
    builder.onCustomerInvoice(
      attached.invoice,
      builder.file(name, { kind: 'pdf', paper: { ...paper, type: 'appendix' } }, 'inbox_kf', 'archive'),
      name.startsWith('Tid'),
    )
  }
  // Nobody has booked these yet: they lie in the inbox and belong to no voucher.
  builder.file('Obokfört kvitto', { kind: 'jpeg', paper: slip(tools, '19', 8_000) }, 'inbox_v', 'inbox')
}

/** Vouchers that somebody changed after saving them. */
function changed(builder: BookBuilder, year: FiscalYear, month: string): void {
  builder.voucher(year, {
    series: 'A',
    date: `${month}-21`,
    text: 'Programvara, moms rättad',
    comments: 'Rad med omvänd moms borttagen',
    rows: [
      row(5420, 37_078, 'Programvaror'),
      row(2641, 9_270, ''),
      row(1930, -46_348, ''),
      row(2614, -9_270, '', { removed: true }),
      row(2645, 9_270, '', { removed: true }),
    ],
  })
  builder.voucher(year, {
    series: 'A',
    date: `${month}-22`,
    text: 'Kontorsmaterial, konto "ändrat" \\ rättat',
    rows: [
      row(1930, -25_000, ''),
      row(2641, 5_000, ''),
      row(5410, 20_000, '', { removed: true }),
      row(6110, 20_000, 'Pärmar', { added: true, costCenter: 'BUTIK', project: '1' }),
    ],
  })
  builder.voucher(year, {
    series: 'A',
    date: `${month}-23`,
    text: 'Borttagen i sin helhet',
    rows: [row(1930, -10_000, '', { removed: true }), row(6570, 10_000, '', { removed: true })],
  })
}

/** Adds every special case, dated in `month` (`YYYY-MM`) of the year. */
export function addSpecialCases(builder: BookBuilder, year: FiscalYear, month: string): void {
  payments(builder, year, month)
  reversals(builder, year, month)
  accruals(builder, year, month)
  files(builder, year, month)
  changed(builder, year, month)
}
