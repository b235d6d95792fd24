import { UnderlagError } from '../../shared/errors.ts'
import type { DocumentEntry } from '../../shared/ledger/types.ts'
import { documentSource } from './assemble.ts'
import { typeOf } from './magic.ts'
import { type Asked, type Opened, type RequestDeps, requestBytes } from './request.ts'
import type { FortnoxDocument } from './types.ts'
import { whole } from './whole.ts'

/**
 * The ways to a file's bytes. Connections carry the file's `Id`, which archive and inbox take in the path; attachments
 * carry its `ArchiveFileId`, which only `?fileid=` takes (SDK live tests). Which one holds a given file is not told.
 */
const fileWays = {
  archive: (id: string): Asked => ({ endpoint: 'archiveFile', parameters: { id } }),
  inbox: (id: string): Asked => ({ endpoint: 'inboxFile', parameters: { id } }),
  archiveById: (id: string): Asked => ({ endpoint: 'archiveByFileId', query: [['fileid', id]] }),
  inboxById: (id: string): Asked => ({ endpoint: 'inboxByFileId', query: [['fileid', id]] }),
} as const
type FileWay = keyof typeof fileWays
const orders: Record<'file' | 'attachment', FileWay[]> = {
  file: ['archive', 'inbox', 'archiveById', 'inboxById'],
  attachment: ['archiveById', 'inboxById', 'archive', 'inbox'],
}

/**
 * A document's bytes, its type by magic number.
 *
 * @param lastWay the way that found a file last: tried first
 * @throws `document_gone` when no way finds it, `document_no_permission` when a licence or scope is missing for all
 */
export async function openDocument(
  deps: RequestDeps,
  entry: DocumentEntry,
  lastWay: string | null,
  signal?: AbortSignal,
): Promise<FortnoxDocument> {
  const source = documentSource(entry.id)
  if (!source) throw new UnderlagError('not_found')
  if (source.kind === 'invoice') {
    // `preview` alone renders without marking the invoice as sent.
    const asked: Asked = { endpoint: 'customerInvoicePdf', parameters: { number: source.number }, signal }
    try {
      return shown(await requestBytes(deps, asked, (head) => typeOf(head) === 'application/pdf'))
    } catch (error) {
      throw told(error)
    }
  }
  const ways = orders[source.kind].toSorted((a, b) => Number(b === lastWay) - Number(a === lastWay))
  let refused: unknown = null
  for (const way of ways) {
    try {
      const asked: Asked = { ...fileWays[way](source.fileId), signal }
      const opened = await requestBytes(deps, asked, (head) => fits(head, entry.fileName))
      if (way !== lastWay && source.kind === 'file') await deps.office.rememberFileWay(way)
      return shown(opened)
    } catch (error) {
      if (isNoSuchFile(error)) continue
      if (!(error instanceof UnderlagError)) throw error
      if (error.code !== 'fortnox_scope_missing' && error.code !== 'fortnox_licence_missing') throw error
      refused = error
    }
  }
  throw refused
    ? new UnderlagError('document_no_permission', {}, { cause: refused })
    : new UnderlagError('document_gone')
}

/** Fortnox answers some unknown ids with 400 and one of its error codes instead of 404. */
export function isNoSuchFile(error: unknown): boolean {
  if (!(error instanceof UnderlagError)) return false
  const { code, data } = error
  return (
    code === 'fortnox_not_found' ||
    (code === 'fortnox_bad_answer' && data.status === 400 && Number(data.fortnox) > 0)
  )
}

/** An error page in a file's place: not taken, unless the file itself says that it is a page. */
function fits(head: Uint8Array, fileName: string | null): boolean {
  const type = typeOf(head)
  if (type === 'text/html') return /\.html?$/i.test(fileName ?? '')
  if (type === 'application/json') return /\.json$/i.test(fileName ?? '')
  return true
}

function shown({ head, body, length }: Opened): FortnoxDocument {
  const type = typeOf(head)
  const known = type?.startsWith('image/') || type === 'application/pdf'
  return {
    body: body.pipeThrough(whole(type, length)),
    type: known ? type! : 'application/octet-stream',
    length,
  }
}

function told(error: unknown): unknown {
  if (!(error instanceof UnderlagError)) return error
  if (error.code === 'fortnox_not_found') return new UnderlagError('document_gone', {}, { cause: error })
  if (error.code === 'fortnox_scope_missing' || error.code === 'fortnox_licence_missing') {
    return new UnderlagError('document_no_permission', {}, { cause: error })
  }
  return error
}
