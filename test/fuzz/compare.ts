import {
  type SieField,
  SieParser,
  type SieRecord,
  type SieRow,
  type SieVoucher,
} from '../../shared/sie/index.ts'
import { type NaiveField, type NaiveFile, type NaiveRow, readNaively } from '../sie/naive.ts'

/**
 * Reads `bytes` with both readers, ours in chunks of `chunk` bytes, and says how they differ; null where they agree. What
 * one refuses the other must refuse too; which of several errors it names is left open.
 */
export function compareReaders(bytes: Uint8Array, chunk: number): string | null {
  const records: SieRecord[] = []
  const vouchers: SieVoucher[] = []
  const parser = new SieParser({
    record: (record) => void records.push(record),
    voucher: (voucher) => void vouchers.push(voucher),
  })
  for (let from = 0; from < bytes.length; from += chunk) parser.push(bytes.subarray(from, from + chunk))
  const summary = parser.end()
  const naive = readNaively(bytes)
  if (summary.ok !== (naive.errors.length === 0))
    return `ours ${summary.ok ? 'accepts' : `refuses ${JSON.stringify(summary.diagnosticCounts)}`}, naive ${naive.errors.join(', ') || 'accepts'}`
  if (!summary.ok) return null
  return (
    differs('encoding', summary.encoding, naive.encoding) ??
    differs('unbalanced', summary.unbalancedVouchers, naive.unbalanced) ??
    differs('rows', summary.rows, naive.rows) ??
    compareLists('record', records.map(plainRecord), naive.records) ??
    compareVouchers(vouchers, naive)
  )
}

function compareVouchers(vouchers: readonly SieVoucher[], naive: NaiveFile): string | null {
  const ours = vouchers.map((voucher) => ({
    series: voucher.series,
    number: voucher.number,
    date: voucher.date,
    tail: [voucher.text, voucher.regDate, voucher.sign],
    extra: voucher.extra.map(plainField),
    rows: voucher.rows.map(plainRow),
    others: voucher.others.map(({ rowsBefore, record }) => ({ rowsBefore, ...plainRecord(record) })),
  }))
  const theirs = naive.vouchers.map((voucher) => ({
    ...voucher,
    tail: voucher.tail.map((field) => field ?? null),
    rows: voucher.rows.map(naiveRow),
  }))
  return compareLists('voucher', ours, theirs)
}

function plainRow(row: SieRow) {
  const { kind, account, amount, transDate, text, quantity, sign } = row
  return {
    kind,
    account,
    objects: row.objects,
    amount: String(amount),
    tail: [transDate, text, quantity, sign],
    extra: row.extra.map(plainField),
  }
}

function naiveRow(row: NaiveRow) {
  return { ...row, amount: String(row.amount), tail: row.tail.map((field) => field ?? null) }
}

function plainRecord({ label, fields }: SieRecord) {
  return { label, fields: fields.map(plainField) }
}

function plainField(field: SieField): NaiveField {
  return typeof field === 'string' ? field : field.map((pair) => [...pair])
}

function compareLists(name: string, ours: readonly unknown[], theirs: readonly unknown[]): string | null {
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    const difference = differs(`${name} ${i}`, ours[i], theirs[i])
    if (difference) return difference
  }
  return null
}

function differs(name: string, ours: unknown, theirs: unknown): string | null {
  const a = JSON.stringify(ours)
  const b = JSON.stringify(theirs)
  return a === b ? null : `${name}: ours ${a}, naive ${b}`
}
