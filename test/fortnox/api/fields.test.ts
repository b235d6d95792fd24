/** Every endpoint's fields and types against the field list that lies beside the project, where it is present. */

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { caller } from '../testing.ts'

const path = new URL('../../../../shared/reference/fortnox-fields.md', import.meta.url)
const present = existsSync(path)
if (!present)
  console.warn('test/fortnox: ../shared/reference/fortnox-fields.md is absent, so fields are not compared')

type Type = string | { fields: Map<string, Type> } | { list: Type }

/** Reads `{ A*: string, B: [{ C: int }] }`. */
function parseType(text: string): Type {
  let at = 0
  const space = () => {
    while (/[\s,]/.test(text[at] ?? '')) at++
  }
  const type = (): Type => {
    space()
    if (text[at] === '[') {
      at++
      const list = type()
      space()
      at++
      return { list }
    }
    if (text[at] !== '{') {
      const match = /^[a-z]+(\([^)]*\))?/i.exec(text.slice(at))
      at += match?.[0].length ?? 1
      return (match?.[0] ?? '').replace(/\(.*/, '')
    }
    at++
    const fields = new Map<string, Type>()
    for (;;) {
      space()
      if (text[at] === '}' || at >= text.length) break
      const name = /^[@\w]+/.exec(text.slice(at))?.[0] ?? ''
      at += name.length
      while (text[at] === '*' || text[at] === ':') at++
      fields.set(name, type())
    }
    at++
    return { fields }
  }
  return type()
}

/** Where samples and recordings of the real Fortnox differ from its schema: the types that are right besides. */
const otherwise: Record<string, RegExp | 'absent'> = {
  '/3/vouchers/A/1 Project': /int/,
  '/3/voucherfileconnections VoucherNumber': /int/,
  '/3/voucherfileconnections/* VoucherNumber': /int/,
  '/3/invoices CurrencyRate': /string/,
  '/3/invoices/1 CurrencyRate': /string/,
  '/3/invoices/1 InvoicePeriodReference': 'absent',
  '/3/invoices/1 InvoicePeriodStart': /string/,
  '/3/invoices/1 InvoicePeriodEnd': /string/,
}

const fits: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  int: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
}

function compare(type: Type, value: unknown, where: string, endpoint: string): string[] {
  if (value === null) return []
  if (typeof type === 'string')
    return fits[type]?.(value) ? [] : [`${where} is no ${type}: ${JSON.stringify(value)}`]
  if ('list' in type) {
    if (!Array.isArray(value)) return [`${where} is no list`]
    return value.slice(0, 3).flatMap((item, i) => compare(type.list, item, `${where}[${i}]`, endpoint))
  }
  if (typeof value !== 'object') return [`${where} is no object`]
  const has = new Map(Object.entries(value))
  return [...type.fields].flatMap(([name, of]) => {
    const exception = otherwise[`${endpoint.replace(/[0-9a-f-]{36}/, '*')} ${name}`]
    if (exception === 'absent') return has.has(name) ? [`${where}.${name} is there`] : []
    if (!has.has(name)) return [`${where}.${name} is missing`]
    const kinds = Object.keys(fits).filter((kind) => fits[kind]?.(has.get(name)))
    if (exception !== undefined && kinds.some((kind) => exception.test(kind))) return []
    return compare(of, has.get(name), `${where}.${name}`, endpoint)
  })
}

describe.runIf(present)('fields', () => {
  const text = present ? readFileSync(path, 'utf8') : ''
  const sections = [...text.matchAll(/^## GET (\S+)\n(?:query: .*\n)?```\n([\s\S]*?)\n```/gm)].map(
    (match) => ({
      endpoint: match[1] ?? '',
      schema: match[2] ?? '',
    }),
  )
  const call = caller()
  const { books } = call.sandbox.company()
  const example: Record<string, string> = {
    '/3/financialyears/{Id}': '/3/financialyears/2',
    '/3/accounts/{Number}': '/3/accounts/1930',
    '/3/vouchers/{VoucherSeries}/{VoucherNumber}': '/3/vouchers/A/1',
    '/3/voucherfileconnections/{FileId}': `/3/voucherfileconnections/${books.voucherFiles[0]?.fileId}`,
    '/3/supplierinvoices/{GivenNumber}': '/3/supplierinvoices/130',
    '/3/supplierinvoicefileconnections/{FileId}': `/3/supplierinvoicefileconnections/${books.supplierInvoiceFiles[0]?.fileId}`,
    '/3/supplierinvoicepayments/{Number}': '/3/supplierinvoicepayments/1',
    '/3/invoices/{DocumentNumber}': '/3/invoices/1',
    '/3/invoicepayments/{Number}': '/3/invoicepayments/1',
    '/3/settings/lockedperiod': '/3/settings/lockedperiod',
  }
  call.sandbox.company().lockedUntil = '2025-12-31'

  test('the list was read', () => expect(sections.length).toBeGreaterThan(30))

  test.each(sections.filter(({ schema }) => schema.startsWith('{') && !schema.includes('entityType')))(
    '$endpoint',
    async ({ endpoint, schema }) => {
      const address = example[endpoint] ?? endpoint
      if (address.includes('{')) throw new Error(`no example for ${endpoint}`)
      const response = await call.get(address)
      expect(response.status).toBe(200)
      expect(compare(parseType(schema), await response.json(), '', address)).toEqual([])
    },
  )

  test('attachments', async () => {
    const { entityId } = books.attachments[0] ?? { entityId: 0 }
    const list = await call.json(`/api/fileattachments/attachments-v1?entityid=${entityId}&entitytype=F`)
    const schema = sections.find(({ endpoint }) => endpoint.startsWith('/api/fileattachments'))?.schema ?? ''
    expect(compare({ list: parseType(schema) }, list, '', '')).toEqual([])
    expect(list).not.toEqual([])
  })
})
