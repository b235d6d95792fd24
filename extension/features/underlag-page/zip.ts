import { makeZip } from 'client-zip'
import { toWireError, type WireError } from '../../../shared/errors.ts'
import { voucherKey } from '../../../shared/ledger/keys.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { distinctNames } from '../document-window/file-name.ts'
import { savedName } from '../document-window/save.ts'
import type { DocumentSource } from '../document-window/source.ts'

export interface Zipped {
  /** Null when there was nothing to put in it. */
  zip: Blob | null
  saved: number
  missing: Missing[]
}

/** A document, or a whole voucher's documents, that could not be fetched. */
export interface Missing {
  key: string
  /** Null: not even which documents there are could be fetched. */
  document: string | null
  count: number
  error: WireError
}

/**
 * All documents of the chosen vouchers in one ZIP, named as when they are saved one by one. What cannot be fetched is
 * left out and named in a list that is put in too.
 *
 * @param listOf the list's name and text
 * @param onProgress how many vouchers are done
 * @throws the signal's reason when aborted
 */
export async function zipDocuments(
  source: DocumentSource,
  { company, year }: { company: string; year: string },
  vouchers: readonly VoucherSummary[],
  listOf: (missing: readonly Missing[]) => { name: string; text: string },
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Zipped> {
  const files: { name: string; input: Blob | string; lastModified: Date }[] = []
  const missing: Missing[] = []
  for (const [i, voucher] of vouchers.entries()) {
    signal.throwIfAborted()
    onProgress(i)
    if (voucher.documents === 0) continue
    const key = voucherKey(voucher)
    const view = await source.voucher(company, year, key).catch((error: unknown) => {
      missing.push({ key, document: null, count: voucher.documents, error: toWireError(error) })
      return null
    })
    for (const entry of view?.documents ?? []) {
      signal.throwIfAborted()
      try {
        const bytes = await source.bytes(company, year, entry.id, 'prefetch')
        const whole = await source.whole(company, year, entry.id, bytes)
        const name = savedName(key, view?.voucher ?? null, entry, bytes)
        files.push({ name, input: whole, lastModified: new Date(bytes.fetchedAt) })
      } catch (error) {
        missing.push({ key, document: entry.name, count: 1, error: toWireError(error) })
      }
    }
  }
  signal.throwIfAborted()
  const saved = files.length
  if (saved === 0) return { zip: null, saved, missing }
  if (missing.length > 0) {
    const list = listOf(missing)
    files.push({ name: list.name, input: list.text, lastModified: new Date(files[0]!.lastModified) })
  }
  const names = distinctNames(files.map(({ name }) => name))
  const named = files.map((file, i) => ({ ...file, name: names[i]! }))
  return { zip: await new Response(makeZip(named)).blob(), saved, missing }
}
