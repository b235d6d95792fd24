import type { MissingPart } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { accruedInvoices } from './accruals.ts'
import type { Query } from './allow-list.ts'
import { assemble } from './assemble.ts'
import { readAttachments } from './attachments.ts'
import { isNoSuchFile, openDocument } from './documents.ts'
import { mentions } from './mentions.ts'
import { paidInvoices } from './payments.ts'
import { namedVouchers, placeKey } from './places.ts'
import { isMissingPart, type RequestDeps, requestBytes, requestJson } from './request.ts'
import {
  type Invoice,
  readAccruals,
  readCustomerInvoices,
  readPaymentPlace,
  readPayments,
  readSupplierInvoiceFiles,
  readSupplierInvoices,
  readVoucherFiles,
  readVouchers,
  readYears,
  type Side,
} from './resources.ts'
import type { Fortnox, FortnoxYear } from './types.ts'

/** Fortnox over any way of asking: the worker's, or a test's in virtual time. */
export function createFortnox(deps: RequestDeps & { office: { lastWay?: () => string | null } }): Fortnox {
  return {
    years: () => withBookkeeping(readYears(deps)),
    sie: (year) => withBookkeeping(openSie(deps, year)),
    documents: (year, onProgress) => withBookkeeping(readDocuments(deps, year, onProgress)),
    document: (entry, signal) => openDocument(deps, entry, deps.office.lastWay?.() ?? null, signal),
  }
}

async function openSie(deps: RequestDeps, year: number): Promise<ReadableStream<Uint8Array>> {
  const query: Query = [['financialyear', String(year)]]
  return (await requestBytes(deps, { endpoint: 'sie', query }, startsLikeSie, 'fortnox_unreachable')).body
}

/** What nothing goes without: years, vouchers and SIE take the Bokföring licence. */
async function withBookkeeping<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof UnderlagError) || error.code !== 'fortnox_licence_missing') throw error
    throw new UnderlagError('missing_bookkeeping', {}, { cause: error })
  }
}

/** A SIE file's first record is a label; byte order mark and blank lines may come before (sie.md). */
function startsLikeSie(head: Uint8Array): boolean {
  return /^(\u00ef\u00bb\u00bf)?[\s\0]*#/.test(new TextDecoder('latin1').decode(head.subarray(0, 200)))
}

async function readDocuments(
  deps: RequestDeps,
  year: FortnoxYear,
  onProgress?: (done: number, total: number | null) => void,
): Promise<Awaited<ReturnType<Fortnox['documents']>>> {
  const missing = new Map<MissingPart['part'], MissingPart>()
  const report = progressOf(onProgress)
  /** A part that a licence or scope hides is left out and named; all else that fails, fails the whole. */
  async function unless<T>(part: MissingPart['part'], nothing: T, read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (!isMissingPart(error)) throw error
      missing.set(part, { part, code: error.code as MissingPart['code'] })
      return nothing
    }
  }

  const [{ vouchers, total }, voucherFiles, supplierInvoices, supplierFiles, customerInvoices, payments] =
    await allOf([
      readVouchers(deps, year.id, report('vouchers')),
      unless('connectfile', [], () => readVoucherFiles(deps, year.id, report('voucherFiles'))),
      unless('supplier', [], () => readSupplierInvoices(deps, report('supplierInvoices'))),
      unless('connectfile', [], () => readSupplierInvoiceFiles(deps, report('supplierFiles'))),
      unless('customer', [] as Invoice[], () => readCustomerInvoices(deps, report('customerInvoices'))),
      allOf([
        unless('payment', [], () => readPayments(deps, 'supplier', report('supplierPayments'))),
        unless('payment', [], () => readPayments(deps, 'customer', report('customerPayments'))),
      ]),
    ])
  const attachments = await unless('connectfile', new Map<string, string[]>(), () =>
    readAttachments(
      deps,
      customerInvoices.map(({ number }) => number),
      report('attachments'),
    ),
  )
  const paid = async (side: Side, invoices: Invoice[]) => {
    const type = side === 'supplier' ? 'SUPPLIERPAYMENT' : 'INVOICEPAYMENT'
    const byNumber = new Map(invoices.map((invoice) => [invoice.number, invoice]))
    return unless('payment', new Map<string, string[]>(), () =>
      paidInvoices(
        year,
        vouchers.filter(({ referenceType }) => referenceType === type),
        payments[side === 'supplier' ? 0 : 1],
        namedPayments(invoices, year.id),
        ({ text }, payment) => {
          const invoice = byNumber.get(payment.invoice)
          if (!invoice) return false
          const { name, number } = mentions(text, side, invoice)
          return name && number
        },
        ({ number }) => readPaymentPlace(deps, side, number),
      ),
    )
  }
  const byNumber = (side: Side, invoices: Invoice[]) =>
    missing.has(side) ? null : new Map(invoices.map((invoice) => [invoice.number, invoice]))
  const accrued = await accruedInvoices(
    vouchers.filter(({ referenceType }) => referenceType === 'ACCRUAL'),
    { supplier: byNumber('supplier', supplierInvoices), customer: byNumber('customer', customerInvoices) },
    {
      supplier: namedVouchers(supplierInvoices, year.id),
      customer: namedVouchers(customerInvoices, year.id),
    },
    async () => [
      ...(await unless('supplier', [], () => readAccruals(deps, 'supplier'))),
      ...(await unless('customer', [], () => readAccruals(deps, 'customer'))),
    ],
  )
  if (voucherFiles.length + supplierFiles.length + attachments.size > 0) {
    await unless('archive', undefined, () => askArchive(deps))
  }
  const documents = assemble({
    year: year.id,
    vouchers,
    voucherFiles,
    supplierInvoices,
    supplierFiles,
    customerInvoices,
    attachments,
    paid: {
      supplier: await paid('supplier', supplierInvoices),
      customer: await paid('customer', customerInvoices),
    },
    accrued,
  })
  return { vouchers: total, documents, missing: [...missing.values()] }
}

/**
 * Whether the archive may be read: the lists do not tell, and a file that only it holds can then not be fetched (Arkivplats
 * is a licence of its own). Asks for a file that nobody has.
 */
async function askArchive(deps: RequestDeps): Promise<void> {
  try {
    await requestJson(deps, { endpoint: 'archiveByFileId', query: [['fileid', crypto.randomUUID()]] })
  } catch (error) {
    if (!isNoSuchFile(error)) throw error
  }
}

/** Payment vouchers that invoices name themselves, by invoice. */
function namedPayments(invoices: Invoice[], year: number): Map<string, Set<string>> {
  return new Map(
    invoices.map(({ number, vouchers }) => [
      number,
      new Set(vouchers.filter((v) => v.year === year && /PAYMENT/.test(v.type ?? '')).map(placeKey)),
    ]),
  )
}

/** All results; the first failure only after all have ended, so that nothing goes on asking behind a failed sync. */
async function allOf<T extends readonly unknown[]>(work: [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T> {
  const outcomes = await Promise.allSettled(work)
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T
}

/** One figure of progress out of several lists read at once. */
function progressOf(onProgress?: (done: number, total: number | null) => void) {
  const lists = new Map<string, [number, number | null]>()
  return (name: string) => {
    lists.set(name, [0, null])
    return (read: number, total: number | null) => {
      lists.set(name, [read, total])
      let done = 0
      let all: number | null = 0
      for (const [listRead, listTotal] of lists.values()) {
        done += listRead
        all = all === null || listTotal === null ? null : all + listTotal
      }
      onProgress?.(done, all)
    }
  }
}
