import type { SieField, SieObject, SieRecord, SieRow, SieSubRecord, SieVoucher } from '../sie/index.ts'
import { isoOfSieDate } from './dates.ts'
import { Hash53 } from './hash.ts'
import { numberRank } from './numbers.ts'
import type { RowKind, Voucher, VoucherId, VoucherRow } from './types.ts'

/**
 * How a voucher is kept: what lists and searches ask for apart, all else packed as JSON. A packed row is
 * `[account, amount, text, objects, kind, date, quantity, sign, extra]` with nulls at the end left out: `["1930",-12500]`.
 * The account comes first, so `["1930",` stands in the text of `rows` if a row is on that account: quotes within texts
 * are escaped.
 */
export interface PackedVoucher extends VoucherId {
  rank: number
  hash: number
  /** `YYYYMMDD` as a number. */
  date: number
  /** Sum of the debit TRANS rows, öre. */
  amount: number
  rowCount: number
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

const KINDS: Readonly<Record<RowKind, PackedKind>> = { TRANS: null, RTRANS: 'R', BTRANS: 'B' }

/** Packs a voucher as the reader hands it out, with the occurrence that makes its key unique within the file. */
export function packVoucher(voucher: SieVoucher, occurrence: number): PackedVoucher {
  let amount = 0
  for (const row of voucher.rows) if (row.kind === 'TRANS' && row.amount > 0) amount += row.amount
  const rows = JSON.stringify(voucher.rows.map(packRow))
  const head = packHead(voucher)
  const { text } = voucher
  const hash = new Hash53()
    .update(voucher.date)
    .update(JSON.stringify(text))
    .update(head ?? '')
    .update(rows).value
  return {
    series: voucher.series,
    number: voucher.number,
    occurrence,
    rank: numberRank(voucher.number),
    hash,
    date: Number(voucher.date),
    amount,
    rowCount: voucher.rows.length,
    text,
    head,
    rows,
  }
}

function packRow(row: SieRow): PackedRow {
  return trimmed([
    row.account,
    row.amount,
    row.text,
    row.objects.length > 0 ? row.objects : null,
    KINDS[row.kind],
    row.transDate,
    row.quantity,
    row.sign,
    row.extra.length > 0 ? row.extra : null,
  ]) as PackedRow
}

function packHead(voucher: SieVoucher): string | null {
  const head = trimmed([
    voucher.regDate,
    voucher.sign,
    voucher.extra.length > 0 ? voucher.extra : null,
    voucher.others.length > 0
      ? voucher.others.map(({ rowsBefore, record }) => [rowsBefore, ...packRecord(record)])
      : null,
  ])
  return head.length > 0 ? JSON.stringify(head) : null
}

function trimmed(values: unknown[]): unknown[] {
  let length = values.length
  while (length > 0 && values[length - 1] === null) length--
  values.length = length
  return values
}

/** A voucher as the writer takes it. */
export function unpackSieVoucher(
  packed: Omit<PackedVoucher, 'rank' | 'hash' | 'amount' | 'rowCount'>,
): SieVoucher {
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
export function unpackVoucher(
  packed: Omit<PackedVoucher, 'rank' | 'hash' | 'amount' | 'rowCount'>,
  nameOf: (account: string) => string | null,
): Voucher {
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
