import type { SieField, SieObject, SieRecord, SieRow, SieSubRecord, SieVoucher } from '../sie/index.ts'
import { isoOfSieDate } from './dates.ts'
import { Hash53 } from './hash.ts'
import type { JsonBytes } from './json-bytes.ts'
import { numberRank } from './numbers.ts'
import type { RowKind, Voucher, VoucherId, VoucherRow } from './types.ts'

/**
 * How a voucher is kept: what lists and searches ask for apart, all else packed as JSON. A packed row is
 * `[account, amount, text, objects, kind, date, quantity, sign, extra]` with nulls at the end left out: `["1930",-12500]`.
 * The account comes first, so `["1930",` stands in the text of `rows` if a row is on that account: quotes within texts
 * are escaped.
 */
export interface PackedVoucher extends VoucherId {
  /** `YYYYMMDD` as a number. */
  date: number
  /** Null where the file has none, `''` where it is empty. */
  text: string | null
  /** JSON `[registered, signature, extra, others]` with nulls at the end left out; null when nothing is there. */
  head: string | null
  rows: string
}

type PackedKind = 'R' | 'B' | null
type PackedRow = [
  account: string,
  amount: number,
  text?: string | null,
  objects?: SieObject[] | null,
  kind?: PackedKind,
  date?: string | null,
  quantity?: string | null,
  sign?: string | null,
  extra?: SieField[] | null,
]
type PackedRecord = [label: string, ...fields: SieField[]]
type PackedHead = [
  registered?: string | null,
  sign?: string | null,
  extra?: SieField[] | null,
  others?: [rowsBefore: number, ...PackedRecord][] | null,
]

const OPEN = 91
const CLOSE = 93
const COMMA = 44
const KINDS: Readonly<Record<RowKind, PackedKind>> = { TRANS: null, RTRANS: 'R', BTRANS: 'B' }

/**
 * Packs a voucher as the reader hands it out, with the occurrence that makes its key unique within the file, as one JSON
 * array: `[series, rank, number, occurrence, date, debit, rowCount, text, head, rows, hash]`. `debit` is the sum of its
 * debit TRANS rows, `rank` the number's value or -1, `hash` that of all behind the occurrence, which it returns.
 */
export function packVoucher(json: JsonBytes, voucher: SieVoucher, occurrence: number): number {
  json.byte(OPEN)
  json.string(voucher.series)
  json.byte(COMMA)
  json.integer(numberRank(voucher.number))
  json.byte(COMMA)
  json.string(voucher.number)
  json.byte(COMMA)
  json.integer(occurrence)
  json.byte(COMMA)
  const start = json.length
  json.integer(Number(voucher.date))
  json.byte(COMMA)
  json.integer(debitOf(voucher))
  json.byte(COMMA)
  json.integer(voucher.rows.length)
  json.byte(COMMA)
  packText(json, voucher.text)
  json.byte(COMMA)
  packHead(json, voucher)
  json.byte(COMMA)
  json.byte(OPEN)
  for (let i = 0; i < voucher.rows.length; i++) {
    if (i > 0) json.byte(COMMA)
    packRow(json, voucher.rows[i]!)
  }
  json.byte(CLOSE)
  const hash = new Hash53().update(json.bytes, start, json.length).value
  json.byte(COMMA)
  json.integer(hash)
  json.byte(CLOSE)
  return hash
}

function debitOf(voucher: SieVoucher): number {
  let debit = 0
  for (const row of voucher.rows) if (row.kind === 'TRANS' && row.amount > 0) debit += row.amount
  return debit
}

function packRow(json: JsonBytes, row: SieRow): void {
  const last = lastField(row)
  json.byte(OPEN)
  json.string(row.account)
  json.byte(COMMA)
  json.integer(row.amount)
  for (let field = 2; field <= last; field++) {
    json.byte(COMMA)
    if (field === 2) packText(json, row.text)
    else if (field === 3) packList(json, row.objects)
    else if (field === 4) packText(json, KINDS[row.kind])
    else if (field === 5) packText(json, row.transDate)
    else if (field === 6) packText(json, row.quantity)
    else if (field === 7) packText(json, row.sign)
    else packList(json, row.extra)
  }
  json.byte(CLOSE)
}

/** Index of the last field of a packed row that says anything. */
function lastField(row: SieRow): number {
  if (row.extra.length > 0) return 8
  if (row.sign !== null) return 7
  if (row.quantity !== null) return 6
  if (row.transDate !== null) return 5
  if (row.kind !== 'TRANS') return 4
  if (row.objects.length > 0) return 3
  return row.text !== null ? 2 : 1
}

function packText(json: JsonBytes, text: string | null): void {
  if (text === null) json.null()
  else json.string(text)
}

function packList(json: JsonBytes, list: readonly unknown[]): void {
  if (list.length === 0) json.null()
  else json.value(list)
}

function packHead(json: JsonBytes, voucher: SieVoucher): void {
  const { regDate, sign, extra, others } = voucher
  const last = others.length > 0 ? 3 : extra.length > 0 ? 2 : sign !== null ? 1 : regDate !== null ? 0 : -1
  if (last < 0) {
    json.null()
    return
  }
  json.byte(OPEN)
  packText(json, regDate)
  for (let field = 1; field <= last; field++) {
    json.byte(COMMA)
    if (field === 1) packText(json, sign)
    else if (field === 2) packList(json, extra)
    else json.value(others.map(({ rowsBefore, record }) => [rowsBefore, ...packRecord(record)]))
  }
  json.byte(CLOSE)
}

/** A voucher as the writer takes it. */
export function unpackSieVoucher(packed: PackedVoucher): SieVoucher {
  const [registered, sign, extra, others] = headOf(packed.head)
  return {
    series: packed.series,
    number: packed.number,
    occurrence: packed.occurrence,
    date: String(packed.date),
    text: packed.text,
    regDate: registered ?? null,
    sign: sign ?? null,
    extra: extra ?? [],
    rows: rowsOf(packed.rows).map(unpackSieRow),
    others: (others ?? []).map(
      ([rowsBefore, ...record]): SieSubRecord => ({ rowsBefore, record: unpackRecord(record) }),
    ),
    balance: 0,
    line: 0,
  }
}

function unpackSieRow(row: PackedRow): SieRow {
  const [account, amount, text, objects, kind, date, quantity, sign, extra] = row
  return {
    kind: kindOf(kind),
    account,
    objects: objects ?? [],
    amount,
    transDate: date ?? null,
    text: text ?? null,
    quantity: quantity ?? null,
    sign: sign ?? null,
    extra: extra ?? [],
  }
}

/** A voucher as everything else speaks of it. `nameOf` gives the name of an account. */
export function unpackVoucher(packed: PackedVoucher, nameOf: (account: string) => string | null): Voucher {
  const [registered, sign] = headOf(packed.head)
  return {
    series: packed.series,
    number: packed.number,
    occurrence: packed.occurrence,
    date: isoOfSieDate(packed.date),
    text: packed.text ?? '',
    registered: registered ? isoOfSieDate(registered) : null,
    signature: sign || null,
    rows: rowsOf(packed.rows).map(
      ([account, amount, text, objects, kind, date, quantity]): VoucherRow => ({
        kind: kindOf(kind),
        account,
        accountName: nameOf(account),
        amount,
        text: text ?? '',
        date: date ? isoOfSieDate(date) : null,
        objects: (objects ?? []).map(([dimension, object]) => [dimension, object]),
        quantity: quantity || null,
      }),
    ),
  }
}

/** The TRANS rows on one account: amount and text of each. */
export function rowsOnAccount(rows: string, account: string): { amount: number; text: string }[] {
  return rowsOf(rows)
    .filter((row) => row[0] === account && row[4] == null)
    .map(([, amount, text]) => ({ amount, text: text ?? '' }))
}

function rowsOf(rows: string): PackedRow[] {
  return JSON.parse(rows)
}

function headOf(head: string | null): PackedHead {
  return head === null ? [] : JSON.parse(head)
}

function kindOf(kind: PackedKind | undefined): RowKind {
  return kind === 'R' ? 'RTRANS' : kind === 'B' ? 'BTRANS' : 'TRANS'
}

/** A record as it is kept: label and fields, in one array. */
export function packRecord(record: SieRecord): PackedRecord {
  return [record.label, ...record.fields]
}

/** The reverse of {@link packRecord}; the line is gone. */
export function unpackRecord([label, ...fields]: PackedRecord): SieRecord {
  return { label, fields, line: 0 }
}

/** The records of one piece, as `packRecord` made them and JSON kept them. */
export function unpackRecords(json: string): SieRecord[] {
  const packed: PackedRecord[] = JSON.parse(json)
  return packed.map(unpackRecord)
}
