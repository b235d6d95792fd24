import { describe, expect, test } from 'vitest'
import type { MissingPart } from '../../shared/contract/types.ts'
import { toWireError } from '../../shared/errors.ts'
import { defaultScopes, type Licence, settingVariants, type TruthDocument } from '../fortnox/index.ts'
import { approvedBench } from './bench.ts'
import { differences } from './ledger.ts'

/** Whether a document needs one of the scopes to be found; fetching it is another matter. */
const needs =
  (...scopes: string[]) =>
  (document: TruthDocument) =>
    scopes.some((scope) => document.scopes.includes(scope))

const lapses: [Licence, MissingPart['part'][], (document: TruthDocument) => boolean][] = [
  [
    'leverantor',
    ['supplier', 'connectfile', 'payment'],
    ({ origins }) => !origins.includes('bookkeeping') && origins.includes('supplier'),
  ],
  ['fakturering', ['customer', 'connectfile', 'payment'], ({ origins }) => origins.includes('customer')],
]

describe.each(settingVariants.refusalStatus)('refused with %i', (refusalStatus) => {
  test.each(lapses)(
    'without %s its documents are left out, and only they; the parts are named',
    async (licence, parts, gone) => {
      const bench = await approvedBench({ settings: { refusalStatus } })
      bench.sandbox.setLicence(bench.tenant, licence, false)
      expect(await bench.syncOnce()).toBeNull()
      expect(
        differences(bench.kept!, bench.sandbox.truth(bench.tenant), gone).filter(
          (one) => !/is not /.test(one),
        ),
      ).toEqual([])
      for (const { part } of bench.kept!.missing) expect(parts).toContain(part)
      expect(bench.kept!.missing.map(({ part }) => part)).toContain(parts[0])
      expect(new Set(bench.kept!.missing.map(({ code }) => code))).toEqual(
        new Set(['fortnox_licence_missing']),
      )
    },
  )

  test.each([
    [
      'supplierinvoice',
      'supplier',
      (d: TruthDocument) => !d.origins.includes('bookkeeping') && needs('supplierinvoice')(d),
    ],
    ['invoice', 'customer', needs('invoice')],
    ['payment', 'payment', needs('payment')],
    ['connectfile', 'connectfile', needs('connectfile')],
  ] as const)('without the scope %s: %s is named', async (scope, part, gone) => {
    const bench = await approvedBench({
      settings: { refusalStatus },
      scopes: defaultScopes.filter((one) => one !== scope),
    })
    expect(await bench.syncOnce()).toBeNull()
    expect(
      differences(bench.kept!, bench.sandbox.truth(bench.tenant), gone).filter((one) => !/is not /.test(one)),
    ).toEqual([])
    expect(bench.kept!.missing).toEqual([{ part, code: 'fortnox_scope_missing' }])
  })

  test('without Bokföring there is no sync, and the old ledger stays', async () => {
    const bench = await approvedBench({ settings: { refusalStatus } })
    expect(await bench.syncOnce()).toBeNull()
    const { kept } = bench
    bench.sandbox.setLicence(bench.tenant, 'bokforing', false)
    expect(await bench.syncOnce()).toBe('missing_bookkeeping')
    expect(bench.kept).toBe(kept)
  })

  test('without Arkivplats a file that only the archive has may not be fetched; one in the inbox may', async () => {
    const bench = await approvedBench({ settings: { refusalStatus } })
    expect(await bench.syncOnce()).toBeNull()
    expect(bench.kept!.missing).toEqual([])
    bench.sandbox.setLicence(bench.tenant, 'arkivplats', false)
    expect(await bench.syncOnce()).toBeNull()
    expect(bench.kept!.missing).toEqual([{ part: 'archive', code: 'fortnox_licence_missing' }])
    const { files } = bench.sandbox.company(bench.tenant).books
    const outcomes = new Map<string, Set<string>>()
    for (const document of bench.kept!.documents.flatMap((one) => one.documents)) {
      const fileId = /^file\.(.+)$/.exec(document.id)?.[1]
      const place = fileId && files.get(fileId)?.place
      if (!place) continue
      const outcome = await bench.clock
        .run(bench.fortnox('person').document(document))
        .then(async ({ body }) => (await bench.clock.run(new Response(body).arrayBuffer())).byteLength > 0)
        .then((whole) => (whole ? 'whole' : 'empty'))
        .catch((error) => toWireError(error).code)
      outcomes.set(place, (outcomes.get(place) ?? new Set()).add(outcome))
    }
    expect(Object.fromEntries([...outcomes].map(([place, all]) => [place, [...all]]))).toEqual({
      both: ['whole'],
      inbox: ['whole'],
      archive: ['document_no_permission'],
      fileid: ['document_no_permission'],
    })
  }, 60_000)
})
