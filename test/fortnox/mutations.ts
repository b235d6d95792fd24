/** What people do in Fortnox while somebody else reads: delete, add, link and unlink. */

import { sortVouchers } from './books/builder.ts'
import { slipPaper } from './books/papers.ts'
import type {
  Company,
  FileContent,
  FilePlace,
  FiscalYear,
  Row,
  StoredFile,
  Voucher,
  VoucherRef,
} from './model.ts'
import { hash, organisationNumberOf, pick, uuid } from './numbers.ts'
import type { World } from './world.ts'

export class NotThere extends Error {
  override name = 'NotThere'
}

function same(a: VoucherRef, b: VoucherRef): boolean {
  return a.year === b.year && a.series === b.series && a.number === b.number
}

function yearOf(company: Company, id: number): FiscalYear {
  const year = company.books.years.find((one) => one.id === id)
  if (year === undefined) throw new NotThere(`${company.name} has no fiscal year with id ${id}`)
  return year
}

/** Deletes a voucher with its file links; the files stay. The year's own SIE file is true no longer. */
export function deleteVoucher(company: Company, ref: VoucherRef): void {
  const year = yearOf(company, ref.year)
  const index = year.vouchers.findIndex((one) => one.series === ref.series && one.number === ref.number)
  if (index < 0) throw new NotThere(`no voucher ${ref.series} ${ref.number} in year ${ref.year}`)
  year.vouchers = year.vouchers.toSpliced(index, 1)
  year.file = null
  const { books } = company
  books.voucherFiles = books.voucherFiles.filter((link) => !same(link, ref))
  for (const invoice of books.supplierInvoices)
    invoice.vouchers = invoice.vouchers.filter((one) => !same(one, ref))
  for (const invoice of books.customerInvoices) {
    if (invoice.voucher !== null && same(invoice.voucher, ref)) invoice.voucher = null
  }
  for (const payment of [...books.supplierPayments, ...books.customerPayments]) {
    if (payment.voucher !== null && same(payment.voucher, ref)) payment.voucher = null
  }
  // New lists, so that indexes over the old ones are forgotten.
  books.supplierPayments = [...books.supplierPayments]
  books.customerPayments = [...books.customerPayments]
  for (const accrual of books.accruals) accrual.vouchers = accrual.vouchers.filter((one) => !same(one, ref))
}

/** Takes a file off a voucher; true if it was on it. */
export function unlinkFile(company: Company, ref: VoucherRef, fileId: string): boolean {
  const { books } = company
  const before = books.voucherFiles.length
  books.voucherFiles = books.voucherFiles.filter((link) => !(same(link, ref) && link.fileId === fileId))
  return books.voucherFiles.length < before
}

export interface NewVoucher {
  year: number
  series: string
  date: string
  text: string
  /** Öre, debit positive; must balance. */
  rows: { account: number; amount: number; text?: string }[]
}

/** Adds a manual voucher with the next number of its series. */
export function addVoucher(company: Company, voucher: NewVoucher, now: number): Voucher {
  const year = yearOf(company, voucher.year)
  if (voucher.date < year.from || voucher.date > year.to)
    throw new NotThere(`${voucher.date} lies outside the year`)
  if (voucher.rows.reduce((sum, row) => sum + row.amount, 0) !== 0)
    throw new NotThere('the voucher does not balance')
  const numbers = year.vouchers
    .filter((one) => one.series === voucher.series)
    .map((one) => Number(one.number) || 0)
  const rows: Row[] = voucher.rows.map((row) => ({
    account: row.account,
    amount: row.amount,
    text: row.text ?? '',
    costCenter: '',
    project: '',
    removed: false,
    added: false,
  }))
  const made: Voucher = {
    series: voucher.series,
    number: String(numbers.reduce((most, number) => Math.max(most, number), 0) + 1),
    date: voucher.date,
    text: voucher.text,
    comments: '',
    rows,
    referenceType: 'MANUAL',
    referenceNumber: '',
    modified: now,
  }
  year.vouchers = [...year.vouchers, made]
  sortVouchers(year.vouchers)
  year.file = null
  return made
}

export interface NewFile {
  name: string
  /** Default: a made-up receipt as PDF. */
  content?: FileContent
  place?: FilePlace
  to: { voucher: VoucherRef } | { supplierInvoice: number } | { customerInvoice: number } | { nothing: true }
}

/** Puts a file into Fortnox and links it. */
export function addFile(world: Pick<World, 'random'>, company: Company, file: NewFile): StoredFile {
  const { books } = company
  const owner = { name: company.name, organisationNumber: company.organisationNumber, town: company.city }
  const shop = 'Verktygsboden AB'
  const paper = slipPaper(
    owner,
    { name: shop, organisationNumber: organisationNumberOf(shop) },
    { date: '2026-01-15', number: String(hash(file.name)), texts: [file.name], total: 12_500, vat: 2_500 },
  )
  const made: StoredFile = {
    id: uuid(world.random),
    archiveFileId: uuid(world.random),
    name: file.name,
    folder: 'customerInvoice' in file.to ? 'inbox_kf' : 'supplierInvoice' in file.to ? 'inbox_s' : 'inbox_v',
    place: file.place ?? 'both',
    content: file.content ?? { kind: 'pdf', paper },
  }
  if ('voucher' in file.to) {
    const { year, series, number } = file.to.voucher
    if (!yearOf(company, year).vouchers.some((one) => one.series === series && one.number === number)) {
      throw new NotThere(`no voucher ${series} ${number} in year ${year}`)
    }
    books.voucherFiles.push({ year, series, number, fileId: made.id })
  } else if ('supplierInvoice' in file.to) {
    books.supplierInvoiceFiles.push({ fileId: made.id, givenNumber: file.to.supplierInvoice })
  } else if ('customerInvoice' in file.to) {
    books.attachments.push({
      id: uuid(world.random),
      entityId: file.to.customerInvoice,
      entityType: 'F',
      fileId: made.archiveFileId,
      includeOnSend: true,
    })
  }
  books.files.set(made.id, made)
  return made
}

/**
 * The mutations that a fault plan can name: somebody deletes a voucher, or unlinks a file. Which one is drawn by the
 * world's chance, from the year that is being read when the request names one.
 */
export function dispatchMutation(
  world: Pick<World, 'random'>,
  company: Company,
  kind: 'delete-voucher' | 'unlink-file',
  yearId: number | null,
): void {
  const { books } = company
  if (kind === 'unlink-file') {
    const links = books.voucherFiles.filter((link) => yearId === null || link.year === yearId)
    if (links.length === 0) return
    const link = pick(world.random, links)
    unlinkFile(company, link, link.fileId)
    return
  }
  // Only a manual voucher can be deleted in Fortnox without first undoing what made it.
  const manual = books.years
    .filter((year) => yearId === null || year.id === yearId)
    .flatMap((year) =>
      year.vouchers
        .filter((one) => one.referenceType === 'MANUAL')
        .map(({ series, number }) => ({ year: year.id, series, number })),
    )
  if (manual.length > 0) deleteVoucher(company, pick(world.random, manual))
}
