import type { SieDiagnostic, SieDiagnosticCode } from './diagnostics.ts'

/**
 * What a SIE file holds, as the reader hands it out and the writer takes it. Money is whole öre in a `number` (an amount
 * beyond ±2^53-1 öre is reported as an error, never rounded); quantities stay the text they were written as, so they
 * are exact too.
 */

/**
 * One pair of an object list, `{1 "10"}`: dimension and object.
 *
 * @example
 * const costCentre: SieObject = ['1', '10']
 */
export type SieObject = readonly [dimension: string, object: string]

/**
 * A field of a record: a text, or an object list. Object lists are arrays, so `typeof field === 'string'` tells them apart.
 *
 * @example
 * const fields: SieField[] = ['0', '201001', '3010', [['1', '10']], '-500.00']
 */
export type SieField = string | readonly SieObject[]

/**
 * Any record but `#VER` and its rows, known or unknown to the standard: label without `#`, and every field in order, as
 * written (quotes and escapes taken away). Nothing is dropped, so a file can be written back from its records.
 *
 * @example
 * const record: SieRecord = { label: 'IB', fields: ['0', '1930', '1234.50'], line: 17 }
 */
export interface SieRecord {
  label: string
  fields: readonly SieField[]
  /** Line in the file, from 1. */
  line: number
}

/**
 * `TRANS` rows are the voucher. `RTRANS` (a row added later) and `BTRANS` (a row taken away later) are its history and
 * count in no sum; an `RTRANS` is followed by the `TRANS` that counts (SIE 4B, #RTRANS).
 *
 * @example
 * const counting = voucher.rows.filter((row) => row.kind === 'TRANS')
 */
export type SieRowKind = 'TRANS' | 'RTRANS' | 'BTRANS'

/**
 * One row of a voucher. `null` means that the field is not in the file, `''` that it is written empty (`""`).
 *
 * @example
 * const row: SieRow = {
 *   kind: 'TRANS', account: '1930', objects: [], amount: -125_00,
 *   transDate: null, text: null, quantity: null, sign: null, extra: [],
 * }
 */
export interface SieRow {
  kind: SieRowKind
  account: string
  objects: readonly SieObject[]
  /** Öre; debit positive, credit negative. */
  amount: number
  /** `YYYYMMDD`; where null or `''` the voucher's date counts. */
  transDate: string | null
  text: string | null
  /** As written, `1.5`: not limited to two decimals. */
  quantity: string | null
  sign: string | null
  /** Fields after the last that the standard knows. */
  extra: readonly SieField[]
}

/**
 * One `#VER` with its rows.
 *
 * @example
 * const key = `${voucher.series}:${voucher.number}:${voucher.occurrence}`
 */
export interface SieVoucher {
  /** `''` where empty or absent. */
  series: string
  /** As written; `''` where empty or absent (4I leaves numbering to the receiver). */
  number: string
  /** 1 for the first voucher of that series and number (within its fiscal year), 2 for the next … */
  occurrence: number
  /** `YYYYMMDD`. */
  date: string
  text: string | null
  /** `YYYYMMDD`, `''` or null. */
  regDate: string | null
  sign: string | null
  extra: readonly SieField[]
  rows: readonly SieRow[]
  /** Records inside the braces that the standard does not know, with how many rows stood before each. */
  others: readonly SieSubRecord[]
  /** Sum of the TRANS rows, öre; 0 in a voucher that balances. */
  balance: number
  /** Line of the `#VER` in the file, from 1. */
  line: number
}

/**
 * An unknown record inside a voucher's braces.
 *
 * @example
 * const note: SieSubRecord = { rowsBefore: 2, record: { label: 'XNOTE', fields: ['checked'], line: 40 } }
 */
export interface SieSubRecord {
  rowsBefore: number
  record: SieRecord
}

/**
 * What a file is made of, in its order: vouchers and all other records. The writer takes an iterable of these.
 *
 * @example
 * const items: SieItem[] = [...ledger.records, ...ledger.vouchers]
 */
export type SieItem = SieRecord | SieVoucher

/**
 * The character sets real files use. `latin1` is read as Windows-1252.
 *
 * @example
 * await parseSie(bytes, { encoding: 'cp437' }) // decides instead of the reader
 */
export type SieEncoding = 'ascii' | 'cp437' | 'utf8' | 'latin1'

/**
 * The control sum's verdict: null where the file has none.
 *
 * @example
 * if (summary.ksumma === 'WRONG') throw new Error('changed since it was exported')
 */
export type SieKsumma = 'OK' | 'WRONG' | 'UNFINISHED' | null

/**
 * A fiscal year of the file: `index` 0 is the year it is about, -1 the one before.
 *
 * @example
 * const year = summary.fiscalYears.find(({ index }) => index === 0)
 */
export interface SieFiscalYear {
  index: number
  /** `YYYYMMDD`, or `''` where the file leaves it out. */
  start: string
  end: string
}

/**
 * What the reader knows when it has read the whole file.
 *
 * @example
 * const summary = await readSie(file, { voucher: keep })
 * if (!summary.ok) discard()
 */
export interface SieSummary {
  /** False when there are errors: then nothing of the file may be used. */
  ok: boolean
  /** `#SIETYP` as written, `'1'` where it is missing (SIE 4B), null when the file is not SIE. */
  type: string | null
  /** Type 4 by its content (or by `options.subtype`): a whole ledger (`4E`) or vouchers to take in (`4I`). */
  subtype: '4E' | '4I' | null
  encoding: SieEncoding
  /** The encoding with its votes where they differ, `cp437(mixed 87/1)`. */
  encodingLabel: string
  /** True when the file begins with a UTF-8 byte order mark. */
  byteOrderMark: boolean
  /** Fields of `#PROGRAM`: name and version. */
  program: { name: string; version: string | null } | null
  /** First field of `#GEN`, `YYYYMMDD`. */
  generated: string | null
  company: { name: string | null; organisationNumber: string | null; id: string | null }
  /** `#VALUTA`, `SEK` where missing. */
  currency: string
  fiscalYears: readonly SieFiscalYear[]
  /** Different accounts declared by `#KONTO`. */
  accounts: number
  /** How many records of each label there are, `VER` and rows among them. */
  records: Readonly<Record<string, number>>
  vouchers: number
  rows: Readonly<Record<SieRowKind, number>>
  unbalancedVouchers: number
  /** Sum of all positive TRANS amounts, öre. */
  debit: bigint
  /** Most decimals that one of those amounts is written with. */
  debitDecimals: number
  ksumma: SieKsumma
  /** How many accounts were compared and how many differ: IB + vouchers against UB, and vouchers against RES. */
  checks: {
    balance: { accounts: number; differing: number }
    result: { accounts: number; differing: number }
  }
  /** How many diagnostics of each code there are, also those beyond `maxDiagnosticsPerCode`. */
  diagnosticCounts: Readonly<Partial<Record<SieDiagnosticCode, number>>>
  lines: number
  bytes: number
}

/**
 * Called while a file is read, in file order. `voucher` and `record` are not called any more once there is an error.
 *
 * @example
 * const handlers: SieHandlers = { voucher: (voucher) => batch.push(voucher), drain: () => store(batch.splice(0)) }
 */
export interface SieHandlers {
  /** One voucher with its rows. */
  voucher?(voucher: SieVoucher): void
  /** Any other record. */
  record?(record: SieRecord): void
  /** Each finding. */
  diagnostic?(diagnostic: SieDiagnostic): void
  /** After each piece of at most about 16 kB of the file; awaited, so it is the place for I/O and back pressure. */
  drain?(): void | Promise<void>
}

/**
 * What the caller knows or wants; everything has a default.
 *
 * @example
 * await readSie(file, handlers, { subtype: '4I', maxDiagnosticsPerCode: 20 })
 */
export interface SieReadOptions {
  /** Takes the decision on the character set from the reader. */
  encoding?: Exclude<SieEncoding, 'ascii'>
  /** What a type 4 file is, where the caller knows (by the extension: `.se`, `.si`). */
  subtype?: '4E' | '4I'
  /** Diagnostics of one code handed out at most; all are counted. Default 200. */
  maxDiagnosticsPerCode?: number
}

/**
 * A whole file, collected.
 *
 * @example
 * const ledger = await parseSie(bytes)
 * const rows = ledger.vouchers.flatMap((voucher) => voucher.rows)
 */
export interface SieLedger {
  summary: SieSummary
  /** Everything but vouchers, in file order. */
  records: readonly SieRecord[]
  vouchers: readonly SieVoucher[]
  diagnostics: readonly SieDiagnostic[]
}
