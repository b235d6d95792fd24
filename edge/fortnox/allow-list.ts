/**
 * Every request that can be made to Fortnox. All are reads: `GET`, and none of the GETs that act (`email`, `einvoice`,
 * `eprint` send an invoice, `print` marks it sent). Our scopes would allow all of that; this list is what does not.
 *
 * `:name` is one path segment, percent-encoded, never empty, `.` or `..`.
 */
export const endpoints = {
  years: { path: '/3/financialyears', query: ['date', 'page', 'limit'] },
  vouchers: {
    path: '/3/vouchers',
    query: ['financialyear', 'page', 'limit', 'fromdate', 'todate', 'lastmodified'],
  },
  voucher: { path: '/3/vouchers/:series/:number', query: ['financialyear'] },
  voucherFiles: { path: '/3/voucherfileconnections', query: ['financialyear', 'page', 'limit'] },
  supplierInvoices: { path: '/3/supplierinvoices', query: ['page', 'limit', 'lastmodified'] },
  supplierInvoice: { path: '/3/supplierinvoices/:number', query: [] },
  supplierInvoiceFiles: {
    path: '/3/supplierinvoicefileconnections',
    query: ['page', 'limit', 'supplierinvoicenumber'],
  },
  supplierPayments: {
    path: '/3/supplierinvoicepayments',
    query: ['page', 'limit', 'invoicenumber', 'lastmodified'],
  },
  supplierPayment: { path: '/3/supplierinvoicepayments/:number', query: [] },
  customerInvoices: { path: '/3/invoices', query: ['page', 'limit', 'lastmodified'] },
  customerInvoice: { path: '/3/invoices/:number', query: [] },
  customerInvoicePdf: { path: '/3/invoices/:number/preview', query: [] },
  customerPayments: { path: '/3/invoicepayments', query: ['page', 'limit', 'invoicenumber', 'lastmodified'] },
  customerPayment: { path: '/3/invoicepayments/:number', query: [] },
  supplierInvoiceAccruals: { path: '/3/supplierinvoiceaccruals', query: ['page', 'limit'] },
  customerInvoiceAccruals: { path: '/3/invoiceaccruals', query: ['page', 'limit'] },
  attachments: { path: '/api/fileattachments/attachments-v1', query: ['entityid', 'entitytype'] },
  attachmentCounts: {
    path: '/api/fileattachments/attachments-v1/numberofattachments',
    query: ['entityids', 'entitytype'],
  },
  archiveFile: { path: '/3/archive/:id', query: [] },
  archiveByFileId: { path: '/3/archive', query: ['fileid'] },
  inboxFile: { path: '/3/inbox/:id', query: [] },
  inboxByFileId: { path: '/3/inbox', query: ['fileid'] },
  sie: { path: '/3/sie/4', query: ['financialyear'] },
  company: { path: '/3/companyinformation', query: [] },
  accounts: { path: '/3/accounts', query: ['financialyear', 'page', 'limit'] },
} as const satisfies Record<string, { path: string; query: readonly string[] }>

export type Endpoint = keyof typeof endpoints
export type Query = [name: string, value: string][]

/** The path of an endpoint, its parameters filled in. Throws a `TypeError` for a parameter that is no plain segment. */
export function pathOf(endpoint: Endpoint, parameters: Record<string, string> = {}): string {
  return endpoints[endpoint].path.replace(/:(\w+)/g, (_, name: string) => {
    const value = parameters[name] ?? ''
    if (!plainSegment(value)) throw new TypeError(`${endpoint}: no plain ${name}`)
    return encodeURIComponent(value)
  })
}

/**
 * Which endpoint a raw path names, with its parameters; null when none does. For the proxy: the path is compared before
 * and after decoding, so that no spelling of `..`, `/` or another host is taken for something on the list.
 */
export function matchPath(path: string): { endpoint: Endpoint; parameters: Record<string, string> } | null {
  const segments = path.split('/')
  for (const [endpoint, { path: template }] of Object.entries(endpoints)) {
    const wanted = template.split('/')
    if (wanted.length !== segments.length) continue
    const parameters: Record<string, string> = {}
    const fits = wanted.every((part, i) => {
      if (!part.startsWith(':')) return part === segments[i]
      const value = decoded(segments[i]!)
      if (value === null || !plainSegment(value)) return false
      parameters[part.slice(1)] = value
      return true
    })
    if (fits) return { endpoint: endpoint as Endpoint, parameters }
  }
  return null
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

/** Letters, digits and what Fortnox' numbers, series and ids have; nothing that a server could take for a path. */
function plainSegment(value: string): boolean {
  return (
    /^[\p{L}\p{N}_ .+~-]{1,100}$/u.test(value) &&
    !/^\.+$/.test(value.trim()) &&
    !/^(email|e?print|einvoice|printreminder)$/i.test(value)
  )
}
