import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { blobOf } from '../../lib/blob.ts'
import {
  type DocumentBytes,
  mostShown,
  type PagePicture,
  partLength,
  type SentDocument,
  type ShowPayload,
  sendMessage,
  unwrap,
  type VoucherView,
} from '../../lib/protocol.ts'

export interface FirstDocument {
  document: string
  bytes: DocumentBytes
}

/** Where the window gets what it shows. */
export interface DocumentSource {
  voucher(company: string, year: FiscalYearId, key: string): Promise<VoucherView>
  bytes(
    company: string,
    year: FiscalYearId,
    document: string,
    priority: 'person' | 'prefetch',
  ): Promise<DocumentBytes>
  /** The voucher's first document, asked for before anybody knows which one it is; null: it has none. */
  first(company: string, year: FiscalYearId, key: string): Promise<FirstDocument | null>
  /** All of a document, also of one that is too large to be shown. */
  whole(company: string, year: FiscalYearId, document: string, bytes: DocumentBytes): Promise<Blob>
  picture(company: string, document: string): Promise<PagePicture | null>
  keepPicture(company: string, picture: PagePicture): Promise<void>
}

/** The background. Errors are thrown as `UnderlagError`. */
export const backgroundSource: DocumentSource = {
  voucher: async (company, year, key) => unwrap(await sendMessage('voucherDetail', { company, year, key })),
  async bytes(company, year, document, priority) {
    const sent = unwrap(await sendMessage('documentBytes', { company, year, document, priority }))
    return received(company, year, document, sent)
  },
  async first(company, year, key) {
    const found = unwrap(await sendMessage('firstDocument', { company, year, key }))
    if (!found) return null
    const { document, ...sent } = found
    return { document, bytes: await received(company, year, document, sent) }
  },
  whole: async (company, year, document, bytes) => bytes.blob ?? inParts(company, year, document, bytes),
  picture: async (company, document) => unwrap(await sendMessage('documentPicture', { company, document })),
  keepPicture: async (company, picture) => {
    unwrap(await sendMessage('keepPicture', { company, picture }))
  },
}

async function received(
  company: string,
  year: FiscalYearId,
  document: string,
  { bytes, ...sent }: SentDocument,
): Promise<DocumentBytes> {
  if (bytes) return { ...sent, blob: blobOf(new Uint8Array(bytes), sent.type) }
  if (sent.blob || sent.size > mostShown) return sent
  return { ...sent, blob: await inParts(company, year, document, sent) }
}

async function inParts(
  company: string,
  year: FiscalYearId,
  document: string,
  { size, type }: DocumentBytes,
): Promise<Blob> {
  const parts: Blob[] = []
  for (let from = 0; from < size; from += partLength) {
    parts.push(unwrap(await sendMessage('documentPart', { company, year, document, from })))
  }
  return new Blob(parts, { type })
}

/** @param pictures those that need not be sent, `company/document` */
export async function redeemHandle(handle: string, pictures: string[]): Promise<ShowPayload> {
  return unwrap(await sendMessage('redeemHandle', { handle, pictures }))
}
