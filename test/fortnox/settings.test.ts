import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  createSandbox,
  defaultSettings,
  faultKinds,
  type Settings,
  settingNotes,
  settingVariants,
} from './index.ts'
import { type Caller, caller } from './testing.ts'

type Look = (call: Caller) => Promise<unknown>
type Item = Record<string, unknown>

const items: (path: string, key: string) => Look = (path, key) => async (call) => {
  const body = (await call.json(path)) as Record<string, Item[]>
  return body[key]
}
const first =
  (path: string, key: string, field: string): Look =>
  async (call) => {
    const [item] = (await items(path, key)(call)) as Item[]
    return item?.[field]
  }
const status =
  (path: string): Look =>
  async (call) =>
    (await call.get(path)).status
const header =
  (path: string, name: string): Look =>
  async (call) =>
    (await call.get(path)).headers.get(name)
/** `ReferenceNumber` of the voucher with this text. */
const reference =
  (text: string): Look =>
  async (call) => {
    const list = (await items('/3/vouchers?financialyear=2&limit=500', 'Vouchers')(call)) as Item[]
    return list.find((one) => String(one.Description).startsWith(text))?.ReferenceNumber
  }
const names: (path: string, key: string) => Look = (path, key) => async (call) => {
  const [item] = (await items(path, key)(call)) as Item[]
  return Object.keys(item ?? {}).join()
}

const { books } = caller().sandbox.company()
const shared = books.supplierPayments.filter((one, i, list) =>
  list.some((other, j) => i !== j && other.date === '2026-02-20' && one.date === other.date),
)
const attached = books.attachments.map((one) => one.entityId)
const [one, other] = [attached[0], attached.find((id) => id !== attached[0])]
const count: (query: string) => Look = (query) => async (call) =>
  ((await call.json(`/api/fileattachments/attachments-v1?entitytype=F&${query}`)) as Item[]).length
const of = (...ids: (number | undefined)[]) =>
  books.attachments.filter((attachment) => ids.includes(attachment.entityId)).length
const token: (form: Record<string, string>) => Look = (form) => async (call) => {
  const response = await call.sandbox.fetch(
    new Request('http://x/oauth-v1/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('underlag-local:underlag-local-secret')}`,
        TenantId: '1018401',
      },
      body: new URLSearchParams(form),
    }),
  )
  return ((await response.json()) as Item).error
}
const description: Look = async ({ sandbox }) => {
  const query = new URLSearchParams({
    client_id: 'underlag-local',
    response_type: 'code',
    state: 's',
    scope: 'nej',
  })
  return sandbox.approve(`http://x/?${query}`)?.searchParams.has('error_description')
}

/** What each variant shows. Settings that other test files go through are named in `elsewhere`. */
const table: { [K in keyof Settings]?: [Settings[K], Look, unknown][] } = {
  paymentReference: [
    ['payment', reference('Levbet bankgirofil'), String(shared[0]?.number)],
    ['invoice', reference('Levbet bankgirofil'), String(shared[0]?.invoice)],
  ],
  sharedPaymentReference: [
    ['first', reference('Levbet bankgirofil'), String(shared[0]?.number)],
    ['last', reference('Levbet bankgirofil'), String(shared[2]?.number)],
    ['empty', reference('Levbet bankgirofil'), ''],
  ],
  accrualReference: [
    [
      'invoice',
      reference('Periodisering kundfaktura Skol'),
      String(books.accruals.find((accrual) => accrual.side === 'customer')?.invoice),
    ],
    ['empty', reference('Periodisering kundfaktura Skol'), ''],
  ],
  supplierInvoiceVouchers: [
    [
      'all',
      async (call) =>
        JSON.stringify(await items('/3/supplierinvoices?limit=500', 'SupplierInvoices')(call)).includes(
          'SUPPLIERPAYMENT',
        ),
      true,
    ],
    [
      'own',
      async (call) =>
        JSON.stringify(await items('/3/supplierinvoices?limit=500', 'SupplierInvoices')(call)).includes(
          'SUPPLIERPAYMENT',
        ),
      false,
    ],
  ],
  attachmentIds: [
    ['exploded', count(`entityid=${one}&entityid=${other}`), of(one, other)],
    ['exploded', count(`entityid=${one},${other}`), 0],
    ['comma', count(`entityid=${one},${other}`), of(one, other)],
    ['last', count(`entityid=${one}&entityid=${other}`), of(other)],
  ],
  attachmentCounts: [
    [
      'nonzero',
      async (call) =>
        (
          (await call.json(
            `/api/fileattachments/attachments-v1/numberofattachments?entitytype=F&entityids=${one}&entityids=9999`,
          )) as Item[]
        ).length,
      1,
    ],
    [
      'missing',
      status(`/api/fileattachments/attachments-v1/numberofattachments?entitytype=F&entityids=${one}`),
      404,
    ],
  ],
  voucherFileYearFilter: [
    [
      'filters',
      first('/3/voucherfileconnections?financialyear=2', 'VoucherFileConnections', 'VoucherYear'),
      2,
    ],
    [
      'ignored',
      async (call) =>
        (
          (await items(
            '/3/voucherfileconnections?financialyear=2&limit=500',
            'VoucherFileConnections',
          )(call)) as Item[]
        ).length,
      books.voucherFiles.length,
    ],
  ],
  fileNumberType: [
    [
      'int',
      async (call) =>
        typeof (await first('/3/voucherfileconnections', 'VoucherFileConnections', 'VoucherNumber')(call)),
      'number',
    ],
    [
      'string',
      async (call) =>
        typeof (await first('/3/voucherfileconnections', 'VoucherFileConnections', 'VoucherNumber')(call)),
      'string',
    ],
  ],
  voucherFileName: [
    [
      true,
      async (call) =>
        String(await names('/3/voucherfileconnections', 'VoucherFileConnections')(call)).includes('Name'),
      true,
    ],
    [
      false,
      async (call) =>
        String(await names('/3/voucherfileconnections', 'VoucherFileConnections')(call)).includes('Name'),
      false,
    ],
  ],
  identifierFilters: [
    [
      'contains',
      async (call) => ((await items('/3/invoices?documentnumber=7', 'Invoices')(call)) as Item[]).length > 1,
      true,
    ],
    [
      'exact',
      async (call) => ((await items('/3/invoices?documentnumber=7', 'Invoices')(call)) as Item[]).length,
      1,
    ],
  ],
  invalidParameter: [
    ['ignored', status('/3/invoices?nonsense=1'), 200],
    ['refused', status('/3/invoices?nonsense=1'), 400],
    ['refused', status('/3/invoices?sortby=nonsense'), 400],
    ['refused', status('/3/vouchers?financialyear=2&page=1&limit=5&todate=2026-03-01'), 200],
  ],
  limitAbove500: [
    ['capped', status('/3/invoices?limit=501'), 200],
    ['refused', status('/3/invoices?limit=501'), 400],
    ['refused', status('/3/invoices?limit=500'), 200],
  ],
  dimensionPaging: [
    ['repeats', async (call) => ((await items('/3/projects?page=9', 'Projects')(call)) as Item[]).length, 2],
    ['pages', async (call) => ((await items('/3/projects?page=9', 'Projects')(call)) as Item[]).length, 0],
  ],
  pastTheEnd: [
    [
      'total',
      async (call) =>
        ((await call.json('/3/projects?offset=99')) as Record<string, Item>).MetaInformation?.[
          '@TotalResources'
        ],
      2,
    ],
  ],
  defaultYear: [
    ['current', first('/3/vouchers', 'Vouchers', 'Year'), 2],
    ['refused', status('/3/vouchers'), 400],
  ],
  unknownYear: [
    ['refused', status('/3/vouchers?financialyear=99'), 400],
    ['missing', status('/3/vouchers?financialyear=99'), 404],
    ['empty', items('/3/vouchers?financialyear=99', 'Vouchers'), []],
  ],
  yearFields: [
    ['recorded', names('/3/financialyears', 'FinancialYears'), '@url,Id,FromDate,ToDate,AccountingMethod'],
    ['bare', names('/3/financialyears', 'FinancialYears'), '@url,Id,FromDate,ToDate'],
  ],
  voucherFields: [
    [
      'recorded',
      names('/3/vouchers', 'Vouchers'),
      '@url,ReferenceNumber,ReferenceType,VoucherNumber,VoucherSeries,Year',
    ],
    [
      'recorded',
      async (call) => JSON.stringify(await call.json('/3/vouchers/A/1')).includes('ApprovalState'),
      false,
    ],
  ],
  accountFields: [['recorded', names('/3/accounts', 'Accounts'), '@url,Active,Description,Number,SRU,Year']],
  voucherProject: [
    ['', async (call) => ((await call.json('/3/vouchers/A/1')) as Record<string, Item>).Voucher?.Project, ''],
    [0, async (call) => ((await call.json('/3/vouchers/A/1')) as Record<string, Item>).Voucher?.Project, 0],
  ],
  folderMeta: [
    [true, async (call) => 'MetaInformation' in ((await call.json('/3/inbox')) as Item), true],
    [false, async (call) => 'MetaInformation' in ((await call.json('/3/inbox')) as Item), false],
  ],
  pdfContentType: [
    ['application/pdf', header('/3/invoices/1/preview', 'content-type'), 'application/pdf'],
    ['application/octet-stream', header('/3/invoices/1/preview', 'content-type'), 'application/octet-stream'],
    ['absent', header('/3/invoices/1/preview', 'content-type'), null],
  ],
  pdfDisposition: [
    ['absent', header('/3/invoices/1/preview', 'content-disposition'), null],
    [
      'attachment',
      header('/3/invoices/1/preview', 'content-disposition'),
      'attachment; filename="Faktura 1.pdf"',
    ],
    ['inline', header('/3/invoices/1/preview', 'content-disposition'), 'inline; filename="Faktura 1.pdf"'],
  ],
  fileContentType: [
    [
      'application/octet-stream',
      header(`/3/archive/${books.voucherFiles[0]?.fileId}`, 'content-type'),
      'application/octet-stream',
    ],
    ['absent', header(`/3/archive/${books.voucherFiles[0]?.fileId}`, 'content-type'), null],
  ],
  sieContentType: [
    ['application/octet-stream', header('/3/sie/4', 'content-type'), 'application/octet-stream'],
    ['text/plain', header('/3/sie/4', 'content-type'), 'text/plain'],
    ['application/json', header('/3/sie/4', 'content-type'), 'application/json'],
    ['absent', header('/3/sie/4', 'content-type'), null],
  ],
  sieDisposition: [
    ['absent', header('/3/sie/4', 'content-disposition'), null],
    [
      'attachment',
      async (call) =>
        /^attachment; filename=/.test(String(await header('/3/sie/4', 'content-disposition')(call))),
      true,
    ],
  ],
  utf8Sie: [
    [false, async (call) => (await (await call.get('/3/sie/4')).text()).includes('Björkbacken'), false],
    [true, async (call) => (await (await call.get('/3/sie/4')).text()).includes('#FORMAT PC8'), true],
    [true, async (call) => (await (await call.get('/3/sie/4')).text()).includes('Björkbacken'), true],
  ],
  contentLength: [
    [
      true,
      async (call) => Number(await header('/3/invoices/1/preview', 'content-length')(call)) > 1000,
      true,
    ],
    [false, header('/3/invoices/1/preview', 'content-length'), null],
  ],
  errorDescriptions: [
    ['english', description, true],
    ['absent', description, false],
  ],
  missingConsent: [
    ['invalid_grant', token({ grant_type: 'client_credentials' }), 'invalid_grant'],
    ['invalid_client', token({ grant_type: 'client_credentials' }), 'invalid_client'],
    ['invalid_request', token({ grant_type: 'client_credentials' }), 'invalid_request'],
  ],
  serviceRefreshToken: [
    [true, async ({ sandbox }) => sandbox.tokens().refreshToken === null, false],
    [false, async ({ sandbox }) => sandbox.tokens().refreshToken === null, true],
  ],
  meKey: [
    ['MeInformation', async (call) => Object.keys((await call.json('/3/me')) as Item), ['MeInformation']],
    ['Me', async (call) => Object.keys((await call.json('/3/me')) as Item), ['Me']],
  ],
}

const elsewhere: (keyof Settings)[] = [
  'refusalStatus',
  'rateLimitBody',
  'rateLimitRetryAfter',
  'rateLimitCountsRefused',
  'consentChecks',
  'revokeEnds',
  'revokedConsentEnds',
  'reconsentEndsTokens',
  'lapsedAppLicence',
]

const cases = Object.entries(table).flatMap(([name, list]) =>
  (list ?? []).map(([variant, look, expected]: [unknown, Look, unknown]) => ({
    name,
    variant,
    look,
    expected,
  })),
)
test.each(cases)('$name $variant', async ({ name, variant, look, expected }) => {
  expect(await look(caller({ settings: { [name]: variant } }))).toEqual(expected)
})

describe('the table of settings', () => {
  test('each is gone through somewhere', () => {
    expect([...Object.keys(table), ...elsewhere].toSorted()).toEqual(Object.keys(defaultSettings).toSorted())
  })

  test('has notes and variants for all, the default among them', () => {
    for (const [name, value] of Object.entries(defaultSettings)) {
      const variants: readonly unknown[] = settingVariants[name as keyof Settings]
      expect(variants, name).toContain(value)
      expect(new Set(variants).size).toBeGreaterThan(1)
      expect(settingNotes[name as keyof Settings].length).toBeGreaterThan(10)
    }
  })

  test('and the README has them all, with every fault, user and company', () => {
    // The formatter pads tables.
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8').replace(/ +/g, ' ')
    for (const [name, value] of Object.entries(defaultSettings)) {
      expect(readme).toContain(`| \`${name}\` | \`${value === '' ? "''" : value}\` |`)
      expect(readme).toContain(settingNotes[name as keyof Settings])
    }
    for (const [kind, note] of Object.entries(faultKinds))
      expect(readme).toContain(`| \`${kind}\` | ${note} |`)
    const { users, companies } = createSandbox()
    for (const { login, name, shows } of users)
      expect(readme).toContain(`| \`${login}\` | ${name} | ${shows} |`)
    for (const { tenant, name, organisationNumber, shows } of companies) {
      expect(readme).toContain(`| ${tenant} | ${name} | ${organisationNumber} | ${shows} |`)
    }
  })
})
