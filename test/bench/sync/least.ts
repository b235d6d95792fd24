import type { Sandbox } from '../../fortnox/index.ts'

const page = 500
/** Customer invoices that one request about attachment counts names. */
const ids = 100
const pages = (entries: number, size = page) => Math.ceil(entries / size)

/**
 * The least number of requests that a sync of this year can do with: the years, the SIE file, and each list in full
 * pages. Invoices, their files and payments are whole lists, since payments refer to earlier years.
 */
export function leastRequests(sandbox: Sandbox, tenant: number, year: number): number {
  const { books } = sandbox.company(tenant)
  const vouchers = books.years.find(({ id }) => id === year)!.vouchers.length
  const files = books.voucherFiles.filter((link) => link.year === year).length
  const whole = [
    books.customerInvoices,
    books.supplierInvoices,
    books.supplierInvoiceFiles,
    books.supplierPayments,
    books.customerPayments,
  ]
  return (
    1 +
    1 +
    pages(vouchers) +
    pages(files) +
    whole.reduce((sum, list) => sum + pages(list.length), 0) +
    pages(books.customerInvoices.length, ids)
  )
}
