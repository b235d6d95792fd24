import { expect, test } from 'vitest'
import { type Endpoint, endpoints } from '../../edge/fortnox/allow-list.ts'
import { approvedBench } from './bench.ts'
import { differences } from './ledger.ts'

const paged: Endpoint[] = [
  'vouchers',
  'voucherFiles',
  'supplierInvoices',
  'supplierInvoiceFiles',
  'supplierPayments',
  'customerInvoices',
  'customerPayments',
]

test('a page that repeats once is noticed, in every list, and the list read anew', async () => {
  const bench = await approvedBench({ vouchers: 9_000 })
  for (const endpoint of paged) {
    const { path } = endpoints[endpoint]
    bench.sandbox.addFault({ kind: 'repeat-page', path, query: { page: '2' }, times: 1 })
  }
  expect(await bench.syncOnce()).toBeNull()
  const second = (path: string) =>
    bench.sandbox.log.filter((one) => one.path === path && /[?&]page=2\b/.test(one.query)).length
  expect(Object.fromEntries(paged.map((name) => [name, second(endpoints[name].path)]))).toEqual(
    Object.fromEntries(paged.map((name) => [name, 2])),
  )
  expect(differences(bench.kept!, bench.sandbox.truth(bench.tenant))).toEqual([])
}, 60_000)

test('pages that go on repeating end the sync, and the old ledger stays', async () => {
  const bench = await approvedBench({ vouchers: 640 })
  expect(await bench.syncOnce()).toBeNull()
  const { kept } = bench
  bench.sandbox.addFault({ kind: 'repeat-page', path: '/3/vouchers' })
  expect(await bench.syncOnce()).toBe('fortnox_bad_answer')
  expect(bench.kept).toBe(kept)
})

test('a voucher deleted between two pages is noticed', async () => {
  const bench = await approvedBench({ vouchers: 640 })
  bench.sandbox.addFault({ kind: 'delete-voucher', path: '/3/vouchers', query: { page: '2' }, times: 1 })
  expect(await bench.syncOnce()).toBeNull()
  expect(bench.kept!.vouchers.size).toBe(639)
  expect(differences(bench.kept!, bench.sandbox.truth(bench.tenant))).toEqual([])
})
