import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import {
  type DocumentBytes,
  type PagePicture,
  partLength,
  type ShowPayload,
  sendMessage,
  unwrap,
  type VoucherView,
} from '../../lib/protocol.ts'

/** Where the window gets what it shows. */
export interface DocumentSource {
  voucher(company: string, year: FiscalYearId, key: string): Promise<VoucherView>
  bytes(
    company: string,
    year: FiscalYearId,
    document: string,
    priority: 'person' | 'prefetch',
  ): Promise<DocumentBytes>
  picture(company: string, document: string): Promise<PagePicture | null>
  keepPicture(company: string, picture: PagePicture): Promise<void>
}

/** The background. Errors are thrown as `{ code, data }`. */
export const backgroundSource: DocumentSource = {
  voucher: async (company, year, key) => unwrap(await sendMessage('voucherDetail', { company, year, key })),
  async bytes(company, year, document, priority) {
    const answer = unwrap(await sendMessage('documentBytes', { company, year, document, priority }))
    const { size, ...head } = answer
    if (head.blob) return { ...head, blob: head.blob }
    const parts: Blob[] = []
    for (let from = 0; from < size; from += partLength) {
      parts.push(unwrap(await sendMessage('documentPart', { company, year, document, from })))
    }
    return { ...head, blob: new Blob(parts, { type: head.type }) }
  },
  picture: async (company, document) => unwrap(await sendMessage('documentPicture', { company, document })),
  keepPicture: async (company, picture) => {
    unwrap(await sendMessage('keepPicture', { company, picture }))
  },
}

export async function redeemHandle(handle: string): Promise<ShowPayload> {
  return unwrap(await sendMessage('redeemHandle', { handle }))
}
