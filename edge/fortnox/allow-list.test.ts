import { describe, expect, test } from 'vitest'
import { endpoints, matchPath, pathOf } from './allow-list.ts'

const id = '951209e2-211d-4dfc-9d4c-5c426122dc46'

describe('what may be read', () => {
  test.each([
    ['/3/vouchers/A/1', 'voucher', { series: 'A', number: '1' }],
    ['/3/vouchers/L%C3%96/12', 'voucher', { series: 'LÖ', number: '12' }],
    ['/3/invoices/7', 'customerInvoice', { number: '7' }],
    ['/3/invoices/7/preview', 'customerInvoicePdf', { number: '7' }],
    [`/3/archive/${id}`, 'archiveFile', { id }],
    ['/3/inbox', 'inboxByFileId', {}],
    ['/3/sie/4', 'sie', {}],
    ['/api/fileattachments/attachments-v1', 'attachments', {}],
  ])('%s is %s', (path, endpoint, parameters) => {
    expect(matchPath(path)).toEqual({ endpoint, parameters })
  })

  test('a path made from what was matched is the same path', () => {
    for (const endpoint of Object.keys(endpoints) as (keyof typeof endpoints)[]) {
      const parameters = Object.fromEntries(
        [...endpoints[endpoint].path.matchAll(/:(\w+)/g)].map(([, name], i) => [name!, `x${i}`]),
      )
      expect(matchPath(pathOf(endpoint, parameters))).toEqual({ endpoint, parameters })
    }
  })
})

describe('what may not', () => {
  const acting = ['email', 'einvoice', 'eprint', 'print', 'printreminder']
  const paths = [
    ...acting.map((action) => `/3/invoices/7/${action}`),
    ...acting.map((action) => `/3/orders/7/${action}`),
    ...acting.map((action) => `/3/invoices/${action}`),
    ...acting.map((action) => `/3/archive/${action}`),
    ...acting.map((action) => `/3/archive/${action.toUpperCase()}`),
    '/3/invoices/7%2Femail',
    '/3/invoices/7%2femail',
    '/3/invoices/7%252Femail',
    '/3/invoices/7%5Cemail',
    '/3/invoices/7/preview/../email',
    '/3/invoices/%65mail',
    '/3/invoices/7/%70rint',
    '/3/invoices/7/preview/',
    '/3/invoices/7;/preview',
    '/3/invoices/7/preview%00',
    '/3/invoices/7%23/preview',
    '/3/invoices/7%3Fx/preview',
    '/3/archive/..',
    '/3/archive/%2e%2e',
    '/3/archive/%2E%2E',
    '/3/archive/.%2e',
    '/3/archive/%2e',
    '/3/archive/%20..%20',
    '/3/archive/',
    '/3/archive//',
    '/3/archive/%2F%2Fother.example',
    '/3/archive/..%2f..%2foauth-v1%2ftoken',
    '/3/archive/%',
    '/3/archive/%zz',
    '/3/archive/%c0%ae%c0%ae',
    `/3/archive/${'a'.repeat(101)}`,
    '//other.example/3/archive/x',
    '/\\other.example/3/sie/4',
    'https://other.example/3/sie/4',
    'http:3/sie/4',
    '3/sie/4',
    '',
    '/',
    '/3',
    '/3/',
    '//3/sie/4',
    '/3//sie/4',
    '/3/sie/4/',
    '/3/sie/1',
    '/3/./sie/4',
    '/3/x/../sie/4',
    '/3/SIE/4',
    '/4/sie/4',
    '/oauth-v1/token',
    '/oauth-v1/revoke',
    '/3/settings/company',
    '/3/customers/1',
    '/3/me',
    '/3/supplierinvoices/1/bookkeep',
    '/3/invoices/1/externalprint',
    '/__control/reset',
    '/3/vouchers/A/1@other.example',
    '/3/vouchers/A/1:80',
    '/3/vouchers/A\r\nHost: other/1',
    '/3/vouchers/A%0d%0aHost:%20other/1',
  ]
  test.each(paths)('%s', (path) => {
    expect(matchPath(path)).toBeNull()
  })

  test('no parameter leads out of its segment', () => {
    for (const value of [
      '',
      '.',
      '..',
      'a/b',
      'a\\b',
      '%2e',
      'a?b',
      'a#b',
      'a\n',
      'email',
      'Print',
      ' .. ',
    ]) {
      expect(() => pathOf('archiveFile', { id: value }), JSON.stringify(value)).toThrow(TypeError)
    }
    expect(() => pathOf('archiveFile')).toThrow(TypeError)
  })

  test('the list itself names no acting path', () => {
    for (const { path } of Object.values(endpoints))
      expect(path).not.toMatch(/email|einvoice|e?print|bookkeep/)
  })
})
