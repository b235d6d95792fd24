import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isoOfSieDate } from '../../shared/ledger/dates.ts'
import { fiscalYearId } from '../../shared/ledger/keys.ts'
import {
  parseSieBytes,
  type SieItem,
  type SieLedger,
  type SieRecord,
  type SieVoucher,
  writeSieBytes,
} from '../../shared/sie/index.ts'

const SHARED = new URL('../../../shared/sie/', import.meta.url)

/** One line of the corpus' expected.json, as far as it is used here. */
export interface Expected {
  file: string
  sietyp: string | null
  vouchers: number
  transRowsAllKinds: number
  sumDebitTRANS: string
}

/** The type 4 files of the corpus beside the project; null (and a message) where it is absent. */
export function corpus(): Expected[] | null {
  if (!existsSync(new URL('expected.json', SHARED))) {
    console.warn('\n  The SIE corpus (../shared/sie) is absent: the ledger is not tested with real files.\n')
    return null
  }
  const files = new Set(readdirSync(new URL('corpus/', SHARED)))
  const expected: Expected[] = JSON.parse(readFileSync(new URL('expected.json', SHARED), 'utf8'))
  return expected.filter(({ file, sietyp }) => sietyp === '4' && files.has(file))
}

export function corpusFile(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`corpus/${file}`, SHARED)))
}

/** The company and the fiscal year that a file says it is about; what it leaves out is taken from its vouchers. */
export function aboutFile(bytes: Uint8Array): {
  organisationNumber: string
  year: string
  ledger: SieLedger
} {
  const ledger = parseSieBytes(bytes)
  const digits = (ledger.summary.company.organisationNumber ?? '').replace(/\D/g, '').slice(-10)
  const year = ledger.summary.fiscalYears.find(({ index }) => index === 0)
  const days = ledger.vouchers.map(({ date }) => date).sort()
  const from = year?.start || days[0] || '20240101'
  const to = year?.end || days.at(-1) || '20241231'
  return {
    organisationNumber: digits || '5560360793',
    year: fiscalYearId(isoOfSieDate(from), isoOfSieDate(to)),
    ledger,
  }
}

/** What a ledger says, without what a second reading cannot keep: lines, and our own sums. */
export function contents({ records, vouchers }: Pick<SieLedger, 'records' | 'vouchers'>) {
  return {
    records: records.map(({ label, fields }) => ({ label, fields })),
    vouchers: vouchers.map(({ line, balance, others, ...voucher }) => ({
      ...voucher,
      others: others.map(({ rowsBefore, record: { label, fields } }) => ({ rowsBefore, label, fields })),
    })),
  }
}

export function record(label: string, ...fields: SieRecord['fields']): SieRecord {
  return { label, fields, line: 0 }
}

/** A voucher of two rows, 1930 against 3010. */
export function voucherOf(
  series: string,
  number: string,
  facts: { date?: string; text?: string; amount?: number; rows?: SieVoucher['rows'] } = {},
): SieVoucher {
  const { date = '20240115', text = `Verifikat ${number}`, amount = 100_00 } = facts
  const row = {
    kind: 'TRANS',
    objects: [],
    transDate: null,
    text: null,
    quantity: null,
    sign: null,
    extra: [],
  } as const
  return {
    series,
    number,
    occurrence: 1,
    date,
    text,
    regDate: null,
    sign: null,
    extra: [],
    rows: facts.rows ?? [
      { ...row, account: '1930', amount },
      { ...row, account: '3010', amount: -amount },
    ],
    others: [],
    balance: 0,
    line: 0,
  }
}

/** A file of these vouchers for 2024, `556036-0793`. */
export function fileOf(
  vouchers: readonly SieVoucher[],
  {
    generated = '20241231',
    more = [] as SieRecord[],
    organisationNumber = '556036-0793' as string | null,
  } = {},
): Uint8Array {
  const items: SieItem[] = [
    record('FLAGGA', '0'),
    record('PROGRAM', 'Underlag test', '1.0'),
    record('FORMAT', 'PC8'),
    record('GEN', generated),
    record('SIETYP', '4'),
    ...(organisationNumber === null ? [] : [record('ORGNR', organisationNumber)]),
    record('FNAMN', 'Provbolaget AB'),
    record('RAR', '0', '20240101', '20241231'),
    record('KONTO', '1930', 'Företagskonto'),
    record('KONTO', '3010', 'Försäljning'),
    record('IB', '0', '1930', '500.00'),
    ...more,
    ...vouchers,
  ]
  return writeSieBytes(items)
}
