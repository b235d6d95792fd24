import { describe, expect, test } from 'vitest'
import { createSandbox, type Settings, settingVariants } from '../fortnox/index.ts'
import { approvedBench, Bench, type BenchOptions } from './bench.ts'
import { differences } from './ledger.ts'

async function synced(options: BenchOptions): Promise<string[]> {
  const bench = await approvedBench({ vouchers: 140, ...options })
  const code = await bench.syncOnce()
  const { busiest, acting } = bench.sandbox.counts()
  if (busiest > 25 || Object.keys(acting).length > 0)
    return [`busiest ${busiest}, acting ${JSON.stringify(acting)}`]
  return bench.kept && code === null
    ? differences(bench.kept, bench.sandbox.truth(bench.tenant))
    : [`sync: ${code}`]
}

const variants = (Object.keys(settingVariants) as (keyof Settings)[]).flatMap((name) =>
  settingVariants[name].map((value) => ({ name, value, settings: { [name]: value } as Partial<Settings> })),
)

describe('whatever a setting of Fortnox is, every document is found, once', () => {
  test.each(variants)('$name = $value', async ({ settings }) => {
    expect(await synced({ settings })).toEqual([])
  })
})

describe('settings that meet', () => {
  const references = settingVariants.paymentReference.flatMap((paymentReference) =>
    settingVariants.sharedPaymentReference.flatMap((sharedPaymentReference) =>
      settingVariants.supplierInvoiceVouchers.flatMap((supplierInvoiceVouchers) =>
        settingVariants.voucherFields.map((voucherFields) => ({
          paymentReference,
          sharedPaymentReference,
          supplierInvoiceVouchers,
          voucherFields,
        })),
      ),
    ),
  )
  test.each(references)(
    'payment $paymentReference, shared $sharedPaymentReference, vouchers $supplierInvoiceVouchers, fields $voucherFields',
    async (settings) => {
      expect(await synced({ settings })).toEqual([])
    },
  )

  const attachments = settingVariants.attachmentIds.flatMap((attachmentIds) =>
    settingVariants.attachmentCounts.map((attachmentCounts) => ({ attachmentIds, attachmentCounts })),
  )
  test.each(attachments)('attachments $attachmentIds, counts $attachmentCounts', async (settings) => {
    expect(await synced({ settings })).toEqual([])
  })

  const accruals = settingVariants.accrualReference.flatMap((accrualReference) =>
    settingVariants.supplierInvoiceVouchers.flatMap((supplierInvoiceVouchers) =>
      settingVariants.voucherFields.map((voucherFields) => ({
        accrualReference,
        supplierInvoiceVouchers,
        voucherFields,
      })),
    ),
  )
  test.each(accruals)(
    'accruals refer to $accrualReference, vouchers $supplierInvoiceVouchers, fields $voucherFields',
    async (settings) => {
      const found = await synced({ settings })
      const blind = settings.accrualReference === 'empty' && settings.voucherFields === 'recorded'
      if (!blind) return expect(found).toEqual([])
      // Neither reference nor date nor text: nothing in the lists says which invoice it is, and none is guessed.
      expect(found.length).toBeGreaterThan(0)
      for (const difference of found) expect(difference).toMatch(/\(ACCRUAL\): lacks/)
    },
  )
})

describe('every company of the sandbox, every year', () => {
  const { companies } = createSandbox()
  const years = companies
    .filter(({ shows }) => !/error_missing|låst|upphör/.test(shows))
    .flatMap(({ tenant, name, books }) => books.years.map(({ id, method }) => ({ tenant, name, id, method })))
  test.each(years)('$name, year $id, $method', async ({ tenant, id }) => {
    const bench = new Bench({ tenant, year: id })
    await bench.approve()
    expect(await bench.syncOnce()).toBeNull()
    expect(bench.kept!.missing).toEqual([])
    expect(differences(bench.kept!, bench.sandbox.truth(tenant))).toEqual([])
  })

  test('a year of many pages', async () => {
    expect(await synced({ vouchers: 3_200 })).toEqual([])
  }, 60_000)
})
