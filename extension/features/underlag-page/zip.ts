import { makeZip } from 'client-zip'
import { voucherKey } from '../../../shared/ledger/keys.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { distinctNames } from '../document-window/file-name.ts'
import { savedName } from '../document-window/save.ts'
import type { DocumentSource } from '../document-window/source.ts'

export interface Zipped {
  zip: Blob
  /** Documents that could not be fetched. */
  missing: number
}

/**
 * All documents of the chosen vouchers in one ZIP, named as when they are saved one by one. What cannot be fetched is
 * left out and counted.
 *
 * @param onProgress how many vouchers are done
 * @throws the signal's reason when aborted
 */
export async function zipDocuments(
  source: DocumentSource,
  company: string,
  year: string,
  vouchers: readonly VoucherSummary[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Zipped> {
  const files: { name: string; input: Blob; lastModified: Date }[] = []
  let missing = 0
  for (const [i, voucher] of vouchers.entries()) {
    signal.throwIfAborted()
    onProgress(i)
    if (voucher.documents === 0) continue
    const key = voucherKey(voucher)
    const view = await source.voucher(company, year, key).catch(() => null)
    if (!view) missing += voucher.documents
    for (const entry of view?.documents ?? []) {
      signal.throwIfAborted()
      const bytes = await source.bytes(company, year, entry.id, 'prefetch').catch(() => null)
      const whole = bytes && (await source.whole(company, year, entry.id, bytes).catch(() => null))
      if (!bytes || !whole) missing++
      else {
        const name = savedName(key, view?.voucher ?? null, entry, bytes)
        files.push({ name, input: whole, lastModified: new Date(bytes.fetchedAt) })
      }
    }
  }
  const names = distinctNames(files.map(({ name }) => name))
  const named = files.map((file, i) => ({ ...file, name: names[i]! }))
  return { zip: await new Response(makeZip(named)).blob(), missing }
}
