import type { EdgeClient } from '../../../shared/contract/client.ts'
import { documentHeaders } from '../../../shared/contract/types.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { CacheOwner, DocumentCache, KeptPicture } from '../../lib/cache/cache.ts'
import { sniffLength, sniffType } from '../../lib/magic.ts'
import { type DocumentBytes, partLength } from '../../lib/protocol.ts'
import type { CacheKeys } from './cache-key.ts'

/** More than this is not taken in at all, bytes. */
const mostBytes = 250_000_000

/** Time enough for the window to ask for all parts. */
const largeMs = 60_000

export interface DocumentRequest {
  company: string
  year: FiscalYearId
  document: string
  priority: 'person' | 'prefetch'
}

/** Documents' bytes: from the cache, else from the edge, each fetched once however many ask. */
export class DocumentStore {
  readonly #cache: DocumentCache
  readonly #keys: CacheKeys
  readonly #edge: EdgeClient
  readonly #underWay = new Map<string, Promise<DocumentBytes>>()
  /** The last document that is sent in parts: each part asks for it anew. */
  #large: { id: string; bytes: DocumentBytes } | null = null

  constructor(cache: DocumentCache, keys: CacheKeys, edge: EdgeClient) {
    this.#cache = cache
    this.#keys = keys
    this.#edge = edge
  }

  /** The whole document. Throws the edge's error, or `document_interrupted` when the body ended too soon. */
  bytes(request: DocumentRequest): Promise<DocumentBytes> {
    const id = documentId(request.company, request.document)
    if (this.#large?.id === id) return Promise.resolve(this.#large.bytes)
    const known = this.#underWay.get(id)
    if (known) return known
    const loading = this.#load(id, request).finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, loading)
    loading.then(
      (bytes) => this.#keepLarge(id, bytes),
      () => {},
    )
    return loading
  }

  #keepLarge(id: string, bytes: DocumentBytes): void {
    if (bytes.blob.size <= partLength) return
    const large = { id, bytes }
    this.#large = large
    setTimeout(() => {
      if (this.#large === large) this.#large = null
    }, largeMs)
  }

  async #load(id: string, request: DocumentRequest): Promise<DocumentBytes> {
    const owner = await this.#owner()
    const kept = owner && (await this.#cache.document(owner, id))
    if (kept) {
      const { bytes, ...head } = kept
      return { ...head, blob: bytes, fromCache: true }
    }
    const { company, year, document, priority } = request
    const response = await this.#edge.bytes('document', {
      params: { company, year, document },
      query: { priority },
    })
    const body = await wholeBody(response)
    const head = {
      type: sniffType(body.subarray(0, sniffLength)),
      name: fileName(response, document),
      fetchedAt: Number(response.headers.get(documentHeaders.fetchedAt)) || Date.now(),
    }
    // The answer does not wait for the cache, and a full disk is no reason to show nothing.
    if (owner) void this.#cache.keepDocument(owner, id, head, body).catch(() => {})
    return { ...head, blob: new Blob([body], { type: head.type }), fromCache: false }
  }

  async picture(company: string, document: string): Promise<KeptPicture | null> {
    const owner = await this.#owner()
    return owner && this.#cache.picture(owner, documentId(company, document))
  }

  async keepPicture(company: string, document: string, picture: KeptPicture): Promise<void> {
    const owner = await this.#owner()
    if (owner) await this.#cache.keepPicture(owner, documentId(company, document), picture)
  }

  /** Null without a key: documents are then fetched and not kept. */
  async #owner(): Promise<CacheOwner | null> {
    return this.#keys.owner().catch(() => null)
  }
}

function documentId(company: string, document: string): string {
  return `${company}/${document}`
}

async function wholeBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const declared = response.headers.has('content-encoding') ? null : response.headers.get('content-length')
  if (Number(declared) > mostBytes) {
    await response.body?.cancel()
    throw new UnderlagError('document_too_large', { bytes: Number(declared) })
  }
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of response.body ?? []) {
      parts.push(part)
      length += part.length
      if (length > mostBytes) break
    }
  } catch (cause) {
    throw new UnderlagError('document_interrupted', {}, { cause })
  }
  if (length > mostBytes) throw new UnderlagError('document_too_large', { bytes: length })
  if (declared !== null && Number(declared) !== length) throw new UnderlagError('document_interrupted')
  const body = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return body
}

function fileName(response: Response, otherwise: string): string {
  const name = response.headers.get(documentHeaders.name)
  try {
    return name ? decodeURIComponent(name) : otherwise
  } catch {
    return otherwise
  }
}
