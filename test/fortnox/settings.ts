/**
 * What nobody here has seen Fortnox do. Each such point is one named setting with its variants, so that a client can be
 * tried against all of them; the default is the likeliest by what is known. `settingNotes` says what each one means.
 */
export interface Settings {
  paymentReference: 'payment' | 'invoice'
  sharedPaymentReference: 'first' | 'last' | 'empty'
  accrualReference: 'invoice' | 'empty'
  supplierInvoiceVouchers: 'all' | 'own'
  attachmentIds: 'exploded' | 'comma' | 'last'
  attachmentCounts: 'all' | 'nonzero' | 'missing'
  refusalStatus: 400 | 403
  rateLimitBody: 'message' | 'error' | 'html' | 'empty'
  rateLimitRetryAfter: 'absent' | 'seconds' | 'date'
  rateLimitCountsRefused: boolean
  voucherFileYearFilter: 'filters' | 'ignored'
  fileNumberType: 'string' | 'int'
  voucherFileName: boolean
  identifierFilters: 'contains' | 'exact'
  invalidParameter: 'ignored' | 'refused'
  limitAbove500: 'capped' | 'refused'
  dimensionPaging: 'repeats' | 'pages'
  pastTheEnd: 'zero' | 'total'
  defaultYear: 'current' | 'refused'
  unknownYear: 'refused' | 'missing' | 'empty'
  yearFields: 'full' | 'recorded' | 'bare'
  voucherFields: 'full' | 'recorded'
  accountFields: 'full' | 'recorded'
  voucherProject: '' | 0
  folderMeta: boolean
  pdfContentType: 'application/pdf' | 'application/octet-stream' | 'absent'
  pdfDisposition: 'absent' | 'attachment' | 'inline'
  fileContentType: 'actual' | 'application/octet-stream' | 'absent'
  sieContentType: 'application/octet-stream' | 'text/plain' | 'application/json' | 'absent'
  sieDisposition: 'absent' | 'attachment'
  utf8Sie: boolean
  contentLength: boolean
  errorDescriptions: 'english' | 'absent'
  consentChecks: 'at-choice' | 'at-approval'
  missingConsent: 'invalid_grant' | 'invalid_client' | 'invalid_request'
  revokeEnds: 'token' | 'consent'
  revokedConsentEnds: 'all' | 'renewal'
  reconsentEndsTokens: boolean
  serviceRefreshToken: boolean
  lapsedAppLicence: 'endpoints' | 'token' | 'neither'
  meKey: 'MeInformation' | 'Me'
}

export const defaultSettings: Settings = {
  paymentReference: 'payment',
  sharedPaymentReference: 'first',
  accrualReference: 'invoice',
  supplierInvoiceVouchers: 'all',
  attachmentIds: 'exploded',
  attachmentCounts: 'all',
  refusalStatus: 400,
  rateLimitBody: 'message',
  rateLimitRetryAfter: 'absent',
  rateLimitCountsRefused: false,
  voucherFileYearFilter: 'filters',
  fileNumberType: 'int',
  voucherFileName: true,
  identifierFilters: 'contains',
  invalidParameter: 'ignored',
  limitAbove500: 'capped',
  dimensionPaging: 'repeats',
  pastTheEnd: 'zero',
  defaultYear: 'current',
  unknownYear: 'refused',
  yearFields: 'full',
  voucherFields: 'full',
  accountFields: 'full',
  voucherProject: '',
  folderMeta: false,
  pdfContentType: 'application/pdf',
  pdfDisposition: 'absent',
  fileContentType: 'actual',
  sieContentType: 'application/octet-stream',
  sieDisposition: 'absent',
  utf8Sie: false,
  contentLength: true,
  errorDescriptions: 'english',
  consentChecks: 'at-choice',
  missingConsent: 'invalid_grant',
  revokeEnds: 'token',
  revokedConsentEnds: 'all',
  reconsentEndsTokens: false,
  serviceRefreshToken: true,
  lapsedAppLicence: 'endpoints',
  meKey: 'MeInformation',
}

/** Every variant of every setting. */
export const settingVariants: { [K in keyof Settings]: readonly Settings[K][] } = {
  paymentReference: ['payment', 'invoice'],
  sharedPaymentReference: ['first', 'last', 'empty'],
  accrualReference: ['invoice', 'empty'],
  supplierInvoiceVouchers: ['all', 'own'],
  attachmentIds: ['exploded', 'comma', 'last'],
  attachmentCounts: ['all', 'nonzero', 'missing'],
  refusalStatus: [400, 403],
  rateLimitBody: ['message', 'error', 'html', 'empty'],
  rateLimitRetryAfter: ['absent', 'seconds', 'date'],
  rateLimitCountsRefused: [false, true],
  voucherFileYearFilter: ['filters', 'ignored'],
  fileNumberType: ['string', 'int'],
  voucherFileName: [true, false],
  identifierFilters: ['contains', 'exact'],
  invalidParameter: ['ignored', 'refused'],
  limitAbove500: ['capped', 'refused'],
  dimensionPaging: ['repeats', 'pages'],
  pastTheEnd: ['zero', 'total'],
  defaultYear: ['current', 'refused'],
  unknownYear: ['refused', 'missing', 'empty'],
  yearFields: ['full', 'recorded', 'bare'],
  voucherFields: ['full', 'recorded'],
  accountFields: ['full', 'recorded'],
  voucherProject: ['', 0],
  folderMeta: [false, true],
  pdfContentType: ['application/pdf', 'application/octet-stream', 'absent'],
  pdfDisposition: ['absent', 'attachment', 'inline'],
  fileContentType: ['actual', 'application/octet-stream', 'absent'],
  sieContentType: ['application/octet-stream', 'text/plain', 'application/json', 'absent'],
  sieDisposition: ['absent', 'attachment'],
  utf8Sie: [false, true],
  contentLength: [true, false],
  errorDescriptions: ['english', 'absent'],
  consentChecks: ['at-choice', 'at-approval'],
  missingConsent: ['invalid_grant', 'invalid_client', 'invalid_request'],
  revokeEnds: ['token', 'consent'],
  revokedConsentEnds: ['all', 'renewal'],
  reconsentEndsTokens: [false, true],
  serviceRefreshToken: [true, false],
  lapsedAppLicence: ['endpoints', 'token', 'neither'],
  meKey: ['MeInformation', 'Me'],
}

/** What each setting means, one line each. */
export const settingNotes: Record<keyof Settings, string> = {
  paymentReference: "ReferenceNumber of a payment's voucher: the payment's number or the paid invoice's",
  sharedPaymentReference: 'ReferenceNumber of a voucher that pays several invoices: first, last, or none',
  accrualReference: "ReferenceNumber of an accrual's voucher: its invoice's number, or none",
  supplierInvoiceVouchers:
    "Vouchers of a supplier invoice: with payments and accruals, or only the invoice's own",
  attachmentIds: 'many entityid in one request: repeated, comma-separated too, or only the last one counts',
  attachmentCounts: 'numberofattachments: a line per id asked for, only where there are some, or 404',
  refusalStatus: 'status for a missing scope or licence',
  rateLimitBody: 'body of a 429: {"message":…}, ErrorInformation, a web page, or nothing',
  rateLimitRetryAfter: 'Retry-After of a 429: absent, in seconds, or as a date',
  rateLimitCountsRefused: 'whether a request answered 429 takes a place in the window too',
  voucherFileYearFilter: '?financialyear= on voucherfileconnections filters, or does nothing',
  fileNumberType: 'VoucherNumber of a file connection: a number or a string',
  voucherFileName: 'whether a file connection also has Name',
  identifierFilters: '?invoicenumber= and the like: part of the number (ILIKE %x%) or exactly it',
  invalidParameter: 'an unknown query parameter: no effect, or 400 with 2000588',
  limitAbove500: '?limit= over 500: taken as 500, or 400 with 2000588',
  dimensionPaging: 'costcenters and projects repeat page 1 on every page, or page',
  pastTheEnd: 'MetaInformation past the end: 0/0/1, or the real totals with an empty list',
  defaultYear: 'vouchers without a year: the current year, or 400',
  unknownYear: "a year's id that does not exist: 400, 404, or an empty list",
  yearFields:
    'financialyears: all fields, without AccountChartType (2015), or without AccountingMethod too (2014)',
  voucherFields:
    'vouchers: all fields, or those of the old recordings (lists without date and text, no ApprovalState)',
  accountFields: 'account list: all fields, or the six of the old recordings',
  voucherProject: "a voucher's empty Project: '' (today) or 0 (old recordings)",
  folderMeta: 'whether archive and inbox folders carry MetaInformation',
  pdfContentType: "Content-Type of an invoice's PDF",
  pdfDisposition: "Content-Disposition of an invoice's PDF",
  fileContentType: "Content-Type of a file's bytes",
  sieContentType: 'Content-Type of a SIE file',
  sieDisposition: 'Content-Disposition of a SIE file',
  utf8Sie: 'SIE as UTF-8 bytes that claim #FORMAT PC8, instead of CP437',
  contentLength: 'whether PDFs and files say their length',
  errorDescriptions: 'error_description on a failed consent: an English sentence, or none',
  consentChecks: "when rights and licences are checked: at the choice of company, or at 'Godkänn & aktivera'",
  missingConsent: 'error of client_credentials for a TenantId without a service consent',
  revokeEnds: '/revoke ends the one refresh token, or the whole consent',
  revokedConsentEnds: 'a revoked consent ends access tokens at once, or only renewal',
  reconsentEndsTokens: "whether a new consent ends the company's earlier refresh tokens",
  serviceRefreshToken: 'whether a code of a service consent also gives a refresh token',
  lapsedAppLicence:
    'an integration licence that ended: endpoints answer 2001103, the token endpoint 401, or nothing',
  meKey: 'key of /3/me: MeInformation (schema) or Me (an SDK)',
}
