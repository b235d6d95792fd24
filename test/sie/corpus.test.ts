import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  parseSie,
  parseSieBytes,
  type SieItem,
  type SieLedger,
  SieParser,
  writeSie,
  writeSieBytes,
} from '../../shared/sie/index.ts'
import { reportJson } from '../../shared/sie/report.ts'
import { corpusExists, corpusFile, corpusPath, expectations } from './corpus.ts'

const run = promisify(execFile)
const cli = fileURLToPath(new URL('../../shared/sie/cli.ts', import.meta.url))
const FIGURES = [
  'sietyp',
  'program',
  'encoding',
  'vouchers',
  'transRowsAllKinds',
  'rtrans',
  'btrans',
  'unbalancedVouchers',
  'sumDebitTRANS',
  'accounts',
  'ksumma',
]
const LABELS = ['IB', 'UB', 'RES', 'PSALDO', 'PBUDGET', 'OIB', 'OUB', 'OBJEKT', 'DIM', 'SRU']

/** The ledger apart from where it stood in the file. */
function contents(ledger: SieLedger) {
  return {
    records: ledger.records.map(({ label, fields }) => ({ label, fields })),
    vouchers: ledger.vouchers.map(({ line: _, others, ...voucher }) => ({
      ...voucher,
      others: others.map(({ rowsBefore, record }) => ({
        rowsBefore,
        label: record.label,
        fields: record.fields,
      })),
    })),
  }
}

function items(ledger: SieLedger): SieItem[] {
  return [...ledger.records, ...ledger.vouchers]
}

describe.runIf(corpusExists())('the corpus of real files', { timeout: 60_000 }, () => {
  for (const expected of corpusExists() ? expectations() : []) {
    const { file } = expected
    const bytes = corpusFile(file)

    it(`${file}: reports every expected figure`, () => {
      const { summary, diagnostics } = parseSieBytes(bytes)
      const printed = reportJson(summary, diagnostics, 'sv')
      for (const figure of FIGURES)
        expect({ [figure]: printed[figure] }).toEqual({ [figure]: expected[figure] })
      for (const label of LABELS)
        if (expected[label] !== undefined) expect(summary.records[label]).toBe(expected[label])
    })

    it(`${file}: keeps series apart as expected`, () => {
      const series: Record<string, number> = {}
      for (const { series: name } of parseSieBytes(bytes).vouchers) series[name] = (series[name] ?? 0) + 1
      if (typeof expected.series === 'number') expect(Object.keys(series)).toHaveLength(expected.series)
      else expect(series).toEqual(expected.series)
    })

    it(`${file}: is the same in chunks of one byte and as a stream`, async () => {
      const whole = parseSieBytes(bytes)
      const vouchers: unknown[] = []
      const records: unknown[] = []
      const parser = new SieParser({ voucher: (v) => vouchers.push(v), record: (r) => records.push(r) })
      for (let i = 0; i < bytes.length; i++) parser.push(bytes.subarray(i, i + 1))
      expect(parser.end()).toEqual(whole.summary)
      expect(vouchers).toEqual(whole.vouchers)
      expect(records).toEqual(whole.records)
      expect(await parseSie(new Blob([bytes.slice()]))).toEqual(whole)
    })

    it(`${file}: read, written and read again is the same ledger`, () => {
      const first = parseSieBytes(bytes)
      const written = writeSieBytes(items(first), { controlSum: true })
      const second = parseSieBytes(written)
      expect(contents(second)).toEqual(contents(first))
      if (first.summary.ok) expect(second.summary.ksumma).toBe('OK')
      expect(Buffer.concat([...writeSie(items(second), { controlSum: true })]).equals(written)).toBe(true)
    })
  }

  it('npm run sie --json prints them', async () => {
    for (const file of ['bl-2011-type3.se', 'norstedts-bokslut-type4e.se', 'not-a-sie-file.se']) {
      const { stdout } = await run(process.execPath, [cli, fileURLToPath(corpusPath(file)), '--json'])
      const expected = expectations().find((each) => each.file === file)!
      expect(JSON.parse(stdout)).toMatchObject(Object.fromEntries(FIGURES.map((key) => [key, expected[key]])))
    }
  })

  it('balances agree to the öre in whole ledgers, and the broken one is caught', () => {
    for (const file of [
      'bl-2011-type4.se',
      'norstedts-bokslut-type4e.se',
      'visma-compact-6-type4.se',
      'avendo-type4.se',
    ]) {
      const { checks } = parseSieBytes(corpusFile(file)).summary
      expect(checks.balance.accounts).toBeGreaterThan(0)
      expect([file, checks.balance.differing, checks.result.differing]).toEqual([file, 0, 0])
    }
    const broken = parseSieBytes(corpusFile('avendo-type4-bad-balance.se'))
    expect(broken.diagnostics.map(({ code, data }) => [code, data.account ?? data.difference])).toEqual([
      ['voucher_unbalanced', '-12771.00'],
      ['balance_differs', '1910'],
    ])
  })

  it('one changed byte under a control sum is an error', () => {
    const bytes = corpusFile('norstedts-bokslut-type4e.se')
    const text = Buffer.from(bytes).toString('latin1')
    bytes[text.indexOf('F-skatt juni')] = 'G'.charCodeAt(0)
    const { summary, diagnostics } = parseSieBytes(bytes)
    expect(summary.ksumma).toBe('WRONG')
    expect(summary.ok).toBe(false)
    expect(diagnostics.map(({ code }) => code)).toContain('ksumma_wrong')
  })
})

describe('npm run sie', { timeout: 60_000 }, () => {
  it('says what is wrong with the command or the path, with exit code 2', async () => {
    const failure = async (...args: string[]) =>
      run(process.execPath, [cli, ...args]).then(
        () => null,
        (error: { code: number; stderr: string }) => error,
      )
    expect(await failure('no/such/file.se')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file'),
    })
    expect(await failure()).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') })
    expect(await failure('.')).toMatchObject({ code: 2, stderr: expect.stringContaining('not a file') })
  })
})
