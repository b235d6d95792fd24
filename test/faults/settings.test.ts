import { describe, expect, test } from 'vitest'
import { type Settings, settingVariants } from '../fortnox/index.ts'
import { approvedBench, type BenchOptions } from './bench.ts'
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
})
