import { describe, expect, test } from 'vitest'
import { caller } from '../testing.ts'

type Json = Record<string, unknown>
const call = caller()
const { books } = call.sandbox.company()

/** The list's items and its counts. */
async function list(path: string, from = call): Promise<{ items: Json[]; meta: [number, number, number] }> {
  const body = (await from.json(path)) as Json
  const meta = body.MetaInformation as Record<string, number>
  const items = Object.entries(body).find(([key]) => key !== 'MetaInformation')?.[1] as Json[]
  return {
    items,
    meta: [meta['@TotalResources'] ?? -1, meta['@TotalPages'] ?? -1, meta['@CurrentPage'] ?? -1],
  }
}

describe('spelling', () => {
  test('JSON is PHP', async () => {
    const text = await (await call.get('/3/companyinformation')).text()
    expect(text).toContain('Bj\\u00f6rkbacken')
    expect(text).not.toMatch(/[^ -~]/)
    expect(await (await call.get('/3/financialyears')).text()).toContain(
      'https:\\/\\/api.fortnox.se\\/3\\/financialyears\\/2',
    )
  })

  test('headers', async () => {
    const { headers } = await call.get('/3/me')
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('server')).toBe('Fortnox')
    expect(headers.get('x-uid')).toMatch(/^[0-9a-f]{8}$/)
    expect(headers.get('x-build')).toBe('16d854443d')
    expect(headers.get('x-rack-responsetime')).toMatch(/^\d+$/)
  })

  test.each([
    ['/3/vouchers/', '/3/vouchers'],
    ['/3/settings/lockedperiod/', '/3/settings/lockedperiod'],
    ['/3/financialyears?Date=2026-03-01', '/3/financialyears?date=2026-03-01'],
    ['/3/vouchers?FinancialYear=5', '/3/vouchers?financialyear=5'],
  ])('%s is %s', async (one, other) => expect(await call.json(one)).toEqual(await call.json(other)))
})

describe('errors', () => {
  test.each([
    ['/3/invoices/9999', 404, { Error: 1, Message: 'Kan inte hitta fakturan.', Code: 2000434 }],
    ['/3/supplierinvoices/9999', 404, { Error: 1, Message: 'Kan inte hitta fakturan.', Code: 2000434 }],
    ['/3/accounts/9999', 404, { Error: 1, Message: 'Kan inte hitta kontot.', Code: 2000423 }],
    ['/3/projects/99', 404, { Error: 1, Message: 'Kan inte hitta projektet.', Code: 2001161 }],
    ['/3/customers/99', 404, { Error: 1, Message: 'Kan inte hitta kunden.', Code: 2000433 }],
    ['/3/invoices?filter=nej', 400, { error: 1, message: 'Ett ogiltigt filter har använts.', code: 2000587 }],
    [
      '/3/supplierinvoices?filter=nej',
      400,
      { error: 1, message: 'Ett ogiltigt filter har använts.', code: 2000587 },
    ],
    [
      '/3/vouchers?lastmodified=igår',
      400,
      { error: 1, message: 'Ogiltig parameter i anropet.', code: 2000588 },
    ],
    [
      '/3/vouchers?financialyear=99',
      400,
      { error: 1, message: 'Ogiltig parameter i anropet.', code: 2000588 },
    ],
  ])('%s', async (path, status, information) => {
    const response = await call.get(path)
    expect([response.status, await response.json()]).toEqual([status, { ErrorInformation: information }])
  })

  test.each([
    '/3/nothing',
    '/3/vouchers/A/9999?financialyear=2',
    '/3/voucherfileconnections/x',
    '/3/invoices/1/nothing',
  ])('%s is not there', async (path) => expect((await call.get(path)).status).toBe(404))
})

describe('lists', () => {
  const total = books.years.find((year) => year.id === 2)?.vouchers.length ?? 0

  test.each([
    ['', 100, [total, 3, 1]],
    ['&limit=500', total, [total, 1, 1]],
    ['&limit=9999', total, [total, 1, 1]],
    ['&page=3', total - 200, [total, 3, 3]],
    ['&limit=50&page=2', 50, [total, 6, 2]],
    ['&offset=260', total - 260, [total, 3, 3]],
    ['&page=99', 0, [0, 0, 1]],
    ['&offset=10000', 0, [0, 0, 1]],
    ['&fromdate=2030-01-01', 0, [0, 0, 1]],
  ] as const)('vouchers%s', async (query, length, meta) => {
    const { items, meta: found } = await list(`/3/vouchers?financialyear=2${query}`)
    expect([items.length, found]).toEqual([length, meta])
  })

  test('pages hold every item once, by series and number', async () => {
    const all: string[] = []
    for (let page = 1; page <= 6; page++) {
      const { items } = await list(`/3/vouchers?financialyear=2&limit=50&page=${page}`)
      all.push(...items.map((one) => `${one.VoucherSeries} ${String(one.VoucherNumber).padStart(5, '0')}`))
    }
    expect(all).toHaveLength(total)
    expect(all).toEqual([...new Set(all)].toSorted())
  })

  test.each<[string, (item: Json) => boolean]>([
    ['/3/vouchers?financialyear=2&voucherseries=B', (one) => one.VoucherSeries === 'B'],
    ['/3/vouchers/sublist/C?financialyear=2', (one) => one.VoucherSeries === 'C'],
    [
      '/3/vouchers?financialyear=2&fromdate=2026-03-01&todate=2026-03-31',
      (one) => String(one.TransactionDate).startsWith('2026-03'),
    ],
    ['/3/vouchers?financialyeardate=2024-08-01', (one) => one.Year === 5],
    ['/3/vouchers', (one) => one.Year === 2],
    ['/3/voucherfileconnections?financialyear=5', (one) => one.VoucherYear === 5],
    [
      '/3/voucherfileconnections?voucheryear=5&voucherseries=R',
      (one) => one.VoucherYear === 5 && one.VoucherSeries === 'R',
    ],
    ['/3/supplierinvoices?filter=cancelled', (one) => one.Cancel === true],
    ['/3/supplierinvoices?filter=fullypaid', (one) => one.Balance === '0'],
    ['/3/supplierinvoices?filter=unpaid', (one) => one.Balance !== '0'],
    [
      '/3/supplierinvoicefileconnections?supplierinvoicenumber=7',
      (one) => String(one.SupplierInvoiceNumber).includes('7'),
    ],
    ['/3/supplierinvoicepayments?invoicenumber=7', (one) => String(one.InvoiceNumber).includes('7')],
    ['/3/invoicepayments?invoicenumber=3', (one) => String(one.InvoiceNumber).includes('3')],
    ['/3/invoices?filter=cancelled', (one) => one.Cancelled === true],
    ['/3/invoices?customername=TALLBACKEN', (one) => one.CustomerName === 'Brf Tallbacken'],
    ['/3/invoices?invoicetype=CASHINVOICE', (one) => one.InvoiceType === 'CASHINVOICE'],
    [
      '/3/invoices?fromdate=2026-02-01&todate=2026-02-28',
      (one) => String(one.InvoiceDate).startsWith('2026-02'),
    ],
    ['/3/invoices?documentnumber=1', (one) => String(one.DocumentNumber).includes('1')],
    [
      '/3/invoices?customername=tall&fromdate=2026-01-01',
      (one) => one.CustomerName === 'Brf Tallbacken' && String(one.InvoiceDate) >= '2026',
    ],
    ['/3/suppliers?name=energi', (one) => one.Name === 'Vättern Energi AB'],
    ['/3/accounts?sru=7281', (one) => one.SRU === 7281],
  ])('%s', async (path, holds) => {
    const { items } = await list(`${path}${path.includes('?') ? '&' : '?'}limit=500`)
    expect(items.length).toBeGreaterThan(0)
    expect(items.filter((one) => !holds(one))).toEqual([])
  })

  test('lastmodified keeps what changed since, as date or with the time', async () => {
    const all = (await list('/3/vouchers?financialyear=2&limit=500')).items.length
    const since = (await list('/3/vouchers?financialyear=2&limit=500&lastmodified=2026-06-01')).items
    expect(since.length).toBeLessThan(all)
    expect(since.every((one) => String(one.TransactionDate) >= '2026-06-01')).toBe(true)
    const [one] = since
    const time = encodeURIComponent(`${one?.TransactionDate} 10:01`)
    const later = (await list(`/3/vouchers?financialyear=2&limit=500&lastmodified=${time}`)).items
    expect(later.some((other) => other['@url'] === one?.['@url'])).toBe(false)
  })

  test('sorting both ways', async () => {
    const up = (await list('/3/invoices?sortby=total&limit=500')).items.map((one) => Number(one.Total))
    const down = (await list('/3/invoices?sortby=total&sortorder=descending&limit=500')).items.map((one) =>
      Number(one.Total),
    )
    expect(up).toEqual([...up].toSorted((a, b) => a - b))
    expect(down).toEqual([...down].toSorted((a, b) => b - a))
  })

  test('a year outside: none', async () =>
    expect(await list('/3/financialyears?date=2031-01-01')).toEqual({ items: [], meta: [0, 0, 1] }))
})

describe('shapes that trip clients', () => {
  test('no list has rows; the detail has them, removed ones too', async () => {
    expect((await list('/3/vouchers?financialyear=2')).items[0]).not.toHaveProperty('VoucherRows')
    const voucher = books.years
      .flatMap((year) => year.vouchers)
      .find((one) => one.text === 'Programvara, moms rättad')
    const { Voucher: detail } = (await call.json(`/3/vouchers/A/${voucher?.number}?financialyear=2`)) as {
      Voucher: { VoucherRows: Json[] }
    }
    const kept = detail.VoucherRows.filter((row) => row.Removed === false)
    expect(detail.VoucherRows).toHaveLength(5)
    expect(
      kept.reduce((sum, row) => sum + Math.round((Number(row.Debit) - Number(row.Credit)) * 100), 0),
    ).toBe(0)
    expect(detail.VoucherRows[0]).toMatchObject({
      Account: 5420,
      Description: 'Programvaror',
      TransactionInformation: 'Programvaror',
      Debit: 370.78,
      Credit: 0,
    })
  })

  test('a supplier invoice: strings and Cancel in the list, Cancelled in the detail', async () => {
    const [item] = (await list('/3/supplierinvoices?filter=cancelled')).items
    expect(item).toMatchObject({ Cancel: true, Balance: '0', Total: '530', CurrencyRate: '1', Vouchers: [] })
    expect(item).not.toHaveProperty('Cancelled')
    const { SupplierInvoice } = (await call.json(`/3/supplierinvoices/${item?.GivenNumber}`)) as {
      SupplierInvoice: Json
    }
    expect(SupplierInvoice).toMatchObject({ Cancelled: true, VAT: '30', Total: '530', VoucherNumber: null })
    expect(SupplierInvoice).not.toHaveProperty('Cancel')
  })

  test('a customer invoice: Credit is a string', async () => {
    const credit = books.customerInvoices.find((one) => one.creditReference !== null)
    const detail = async (number: number | undefined) =>
      ((await call.json(`/3/invoices/${number}`)) as { Invoice: Json }).Invoice
    expect(await detail(credit?.documentNumber)).toMatchObject({
      Credit: 'true',
      CreditInvoiceReference: String(credit?.creditReference),
    })
    expect(await detail(1)).toMatchObject({
      Credit: 'false',
      CreditInvoiceReference: '0',
      InvoiceReference: '0',
      PaymentWay: '',
    })
  })

  test('payments say their voucher only in the detail', async () => {
    const [item] = (await list('/3/supplierinvoicepayments?limit=1')).items
    expect(item).not.toHaveProperty('VoucherNumber')
    const { SupplierInvoicePayment: detail } = (await call.json('/3/supplierinvoicepayments/1')) as {
      SupplierInvoicePayment: Json
    }
    const voucher = books.supplierPayments[0]?.voucher
    expect(detail).toMatchObject({
      VoucherNumber: Number(voucher?.number),
      VoucherSeries: voucher?.series,
      VoucherYear: voucher?.year,
    })
  })

  test('an invoice not booked by a voucher of its own has none', async () => {
    const cash = books.customerInvoices.find((one) => one.voucher === null && !one.cancelled)
    expect(
      ((await call.json(`/3/invoices/${cash?.documentNumber}`)) as { Invoice: Json }).Invoice,
    ).toMatchObject({ VoucherNumber: null, VoucherSeries: null, VoucherYear: null })
  })

  test('no locked period: no date', async () =>
    expect(await call.json('/3/settings/lockedperiod')).toEqual({ LockedPeriod: {} }))
})

describe('files', () => {
  const file = (place: string) => [...books.files.values()].find((one) => one.place === place)
  const addresses = ['/3/archive/', '/3/archive?fileid=', '/3/inbox/', '/3/inbox?fileid=']
  const works: [string, 'id' | 'archiveFileId', boolean[]][] = [
    ['both', 'id', [true, false, true, true]],
    ['both', 'archiveFileId', [false, true, false, false]],
    ['inbox', 'id', [false, false, true, true]],
    ['inbox', 'archiveFileId', [false, false, false, false]],
    ['archive', 'id', [true, false, false, false]],
    ['archive', 'archiveFileId', [false, true, false, false]],
    ['fileid', 'id', [false, true, false, false]],
    ['fileid', 'archiveFileId', [false, true, false, false]],
  ]
  const table = works.flatMap(([place, id, answers]) =>
    addresses.map((address, i) => ({ place, id, address, found: answers[i] })),
  )
  test.each(table)('in $place by $id at $address: $found', async ({ place, id, address, found }) => {
    const one = file(place)
    const response = await call.get(`${address}${one?.[id]}`)
    expect(response.status).toBe(found ? 200 : 404)
    if (!found) return
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(response.headers.get('content-length')).toBe(String(bytes.length))
    const jpeg = one?.content.kind === 'jpeg'
    expect(response.headers.get('content-type')).toBe(jpeg ? 'image/jpeg' : 'application/pdf')
    expect([...bytes.subarray(0, 2)]).toEqual(jpeg ? [0xff, 0xd8] : [0x25, 0x50])
  })

  test('folders', async () => {
    const root = (await call.json('/3/inbox')) as { Folder: { Folders: Json[]; Files: Json[] } }
    expect(root.Folder.Folders).toContainEqual(
      expect.objectContaining({ Id: 'inbox_v', Name: 'Verifikationer' }),
    )
    const { Folder } = (await call.json('/3/inbox/inbox_ku')) as { Folder: { Files: Json[] } }
    const [one] = Folder.Files
    const { byteLength } = await (await call.get(`/3/inbox/${one?.Id}`)).arrayBuffer()
    expect(one).toMatchObject({ Size: byteLength, ArchiveFileId: expect.any(String), Path: 'inbox' })
    expect(((await call.json('/3/archive')) as { Folder: { Files: Json[] } }).Folder.Files.length).toBe(2)
  })

  test('attachments by ArchiveFileId', async () => {
    const { entityId, fileId } = books.attachments[0] ?? { entityId: 0, fileId: '' }
    const found = (await call.json(
      `/api/fileattachments/attachments-v1?entityid=9999&entityid=${entityId}&entitytype=F`,
    )) as Json[]
    expect(found).toContainEqual(expect.objectContaining({ entityId, entityType: 'F', fileId }))
    expect((await call.get(`/3/archive?fileid=${fileId}`)).headers.get('content-type')).toBe(
      'application/pdf',
    )
    expect(await call.json(`/api/fileattachments/attachments-v1?entityid=${entityId}&entitytype=O`)).toEqual(
      [],
    )
    expect((await call.get('/api/fileattachments/attachments-v1?entityid=1')).status).toBe(400)
    const counts = await call.json(
      `/api/fileattachments/attachments-v1/numberofattachments?entityids=9999&entityids=${entityId}&entitytype=F`,
    )
    expect(counts).toEqual([
      { entityId: 9999, numberOfAttachments: 0 },
      { entityId, numberOfAttachments: books.attachments.filter((one) => one.entityId === entityId).length },
    ])
  })

  test.each([
    ['application/json', 200],
    ['*/*', 200],
    ['application/json, application/pdf', 200],
    ['application/pdf', 400],
    ['application/octet-stream', 400],
  ])('an invoice PDF with Accept %s: %d', async (accept, status) => {
    const response = await call.get('/3/invoices/1/preview', { headers: { accept } })
    expect(response.status).toBe(status)
    if (status === 400) expect(await response.json()).toMatchObject({ ErrorInformation: { code: 1000030 } })
  })
})
