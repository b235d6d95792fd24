import { parseVoucherKey } from '../../../shared/ledger/keys.ts'
import type { DocumentEntry, Voucher } from '../../../shared/ledger/types.ts'
import type { DocumentBytes } from '../../lib/protocol.ts'
import { documentFileName, extensionFor } from './file-name.ts'

/** The name a document is saved under: `A123 2026-03-01 Leverantör AB 12 450,00.pdf`. */
export function savedName(
  key: string,
  voucher: Voucher | null,
  entry: DocumentEntry,
  bytes: Pick<DocumentBytes, 'type' | 'name'>,
): string {
  const id = parseVoucherKey(key)
  const debit = voucher?.rows.reduce(
    (sum, { kind, amount }) => (kind === 'TRANS' && amount > 0 ? sum + amount : sum),
    0,
  )
  const parts = {
    series: id?.series ?? '',
    number: id?.number ?? '',
    date: voucher?.date ?? entry.invoice?.date ?? null,
    title: entry.invoice?.counterparty ?? entry.name,
    amount: entry.invoice?.total ?? debit ?? null,
  }
  return documentFileName(parts, extensionFor(bytes.type, bytes.name))
}

/** Long enough for a slow disk to take over the bytes. */
const revokeAfter = 60_000

/** Saves bytes as a file. Never as a page: the type says only "bytes". */
export function saveFile(name: string, bytes: Blob): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), revokeAfter)
}
