import { UnderlagError } from '../../shared/errors.ts'
import type { Query } from './allow-list.ts'
import { record, text, whole } from './fields.ts'
import { type RequestDeps, requestJson } from './request.ts'
import type { OnPage } from './resources.ts'

/** How many customer invoices one request about attachments names. */
const batchSize = 100
/** Where the counts vouch that every one of them has some, more are named at once: a silent one is noticed. */
const vouchedBatchSize = 200

/**
 * Files attached to customer invoices (ArchiveFileIds), by invoice number: first how many each has, a hundred invoices a
 * request, then which, for those that have any. One that should have some and is passed over is asked about by itself.
 */
export async function readAttachments(
  deps: RequestDeps,
  invoices: string[],
  onPage?: OnPage,
): Promise<Map<string, string[]>> {
  const some = await withAttachments(deps, invoices, onPage)
  const ask = (ids: string[]) => attachmentsOf(deps, ids)
  // The counting endpoint is known from the schema alone: where it is missing, every invoice is asked about.
  if (some === null) return askMany(invoices, batchSize, ask)
  const found = await askMany(some, vouchedBatchSize, ask)
  for (const id of some) {
    if (!found.has(id)) for (const [of, files] of await ask([id])) found.set(of, files)
  }
  return found
}

/** Those that have any; null where Fortnox does not count. */
async function withAttachments(
  deps: RequestDeps,
  invoices: string[],
  onPage?: OnPage,
): Promise<string[] | null> {
  try {
    const counts = await askMany(invoices, batchSize, (ids) => countsOf(deps, ids), onPage)
    return invoices.filter((id) => (counts.get(id) ?? 0) > 0)
  } catch (error) {
    if (error instanceof UnderlagError && error.code === 'fortnox_not_found') return null
    throw error
  }
}

/**
 * Asks about many ids in batches. That one request may name many is documented, not seen: Fortnox could heed only the last
 * one. An answer that names another than the last proves that it heeds all; until one has, silence is not taken for "none"
 * and every silent id is asked about by itself.
 */
async function askMany<T>(
  ids: string[],
  size: number,
  ask: (ids: string[]) => Promise<Map<string, T>>,
  onPage?: OnPage,
): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  const silent: string[] = []
  let proven = false
  const hear = (asked: string[], answer: Map<string, T>) => {
    proven ||= asked.slice(0, -1).some((id) => answer.has(id))
    for (const [id, value] of answer) found.set(id, value)
  }
  for (let at = 0; at < ids.length; at += size) {
    const batch = ids.slice(at, at + size)
    hear(batch, await ask(batch))
    if (batch.length > 1) silent.push(...batch.filter((id) => !found.has(id)))
    onPage?.(Math.min(at + size, ids.length), ids.length)
  }
  let tested = false
  for (const id of silent) {
    if (proven) break
    const answer = await ask([id])
    hear([id], answer)
    // The first that has something: named before another, it shows whether it is heeded there too.
    const other = silent.find((one) => one !== id)
    if (answer.has(id) && !tested && other !== undefined) {
      tested = true
      hear([id, other], await ask([id, other]))
    }
  }
  return found
}

async function countsOf(deps: RequestDeps, ids: string[]): Promise<Map<string, number>> {
  const query: Query = [...ids.map((id): [string, string] => ['entityids', id]), ['entitytype', 'F']]
  const counts = await requestJson(deps, { endpoint: 'attachmentCounts', query })
  if (!Array.isArray(counts)) throw new UnderlagError('fortnox_bad_answer', {}, { message: 'no counts' })
  return new Map(
    counts.flatMap((item): [string, number][] => {
      const count = record(item)
      const id = text(count?.entityId)
      return id === null ? [] : [[id, whole(count?.numberOfAttachments) ?? 1]]
    }),
  )
}

async function attachmentsOf(deps: RequestDeps, ids: string[]): Promise<Map<string, string[]>> {
  const query: Query = [...ids.map((id): [string, string] => ['entityid', id]), ['entitytype', 'F']]
  const body = await requestJson(deps, { endpoint: 'attachments', query })
  if (!Array.isArray(body)) throw new UnderlagError('fortnox_bad_answer', {}, { message: 'no attachments' })
  const files = new Map<string, string[]>()
  for (const item of body) {
    const attachment = record(item)
    const [invoice, fileId] = [text(attachment?.entityId), text(attachment?.fileId)]
    if (invoice === null || fileId === null) continue
    const known = files.get(invoice) ?? []
    if (!known.includes(fileId)) files.set(invoice, [...known, fileId])
  }
  return files
}
