import type { EdgeClient } from '../../../shared/contract/client.ts'
import { documentHeaders } from '../../../shared/contract/types.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { blobOf, bytesOf } from '../../lib/blob.ts'
import type { CacheOwner, DocumentCache, DocumentHead, KeptPicture } from '../../lib/cache/cache.ts'
import { type SniffedType, sniffLength, sniffType } from '../../lib/magic.ts'
import { type DocumentBytes, documentName, mostShown } from '../../lib/protocol.ts'
import type { CacheKeys } from './cache-key.ts'
import { UnderWay } from './under-way.ts'

/**
 * Up to this a document is taken in, and sent on, as its bytes, larger ones as the browser's own blob: a message of bytes
 * costs 4 ms for each 100 kB, a blob 12 ms at any size (measured on two cores).
 */
const mostInMemory = 150_000
/** More than this is not taken in at all, bytes. */
const mostBytes = 250_000_000

/** The page is drawn first: two processors draw and encrypt one after the other faster than at once. */
const keepAfter = 200
/** Chrome's limit is 30 s (developer.chrome.com, service worker lifecycle). */
const headersMs = 25_000
/** Time enough for the window to ask for all parts. */
const largeMs = 60_000

export interface DocumentRequest {
  company: string
  year: FiscalYearId
  document: string
  priority: 'person' | 'prefetch' | 'bulk'
}

/** What came of keeping a document ahead. `full`: it fits only if others are thrown out, so it was not kept. */
export type Kept =
  | { state: 'here' | 'fetched'; bytes: number }
  | { state: 'full' | 'too_large'; bytes: number }

/** Documents' bytes: from the cache, else from the edge, each fetched once however many ask. */
export class DocumentStore {
  readonly #cache: DocumentCache
  readonly #keys: CacheKeys
  readonly #edge: EdgeClient
  readonly #underWay = new UnderWay<DocumentBytes>()
  /** The last document that is sent in parts: each part asks for it anew. */
  #large: { id: string; blob: Blob } | null = null

  constructor(cache: DocumentCache, keys: CacheKeys, edge: EdgeClient) {
    this.#cache = cache
    this.#keys = keys
    this.#edge = edge
  }

  /**
   * The document; without its bytes when it says beforehand that it is larger than is shown. Throws the edge's error,
   * or `document_interrupted` when the body ended too soon.
   */
  bytes(request: DocumentRequest): Promise<DocumentBytes> {
    return this.#once(request, mostShown)
  }

  /** All of the document, however large. Asked for again and again while it is sent in parts. */
  async whole(request: Omit<DocumentRequest, 'priority'>): Promise<Blob> {
    const id = documentName(request.company, request.document)
    if (this.#large?.id === id) return this.#large.blob
    const { blob } = await this.#once({ ...request, priority: 'person' }, mostBytes)
    if (!blob) throw new UnderlagError('document_too_large')
    this.#keepLarge(id, blob)
    return blob
  }

  /**
   * Sees to it that the cache has the document, whole, when this resolves: without throwing anything else out. Throws the
   * edge's error, or the key's when there is none: what cannot be kept is not fetched.
   *
   * @param room how many bytes the cache may still grow by
   */
  async keep(request: Omit<DocumentRequest, 'priority'>, room: () => Promise<number>): Promise<Kept> {
    const owner = await this.#keys.owner()
    const id = documentName(request.company, request.document)
    await this.#underWay.settled(id, wholeName(id, mostShown))
    const here = await this.#cache.documentSize(owner, id)
    if (here !== null) return { state: 'here', bytes: here }
    const { head, size, body } = await this.#fetch({ ...request, priority: 'bulk' }, mostShown, await room())
    if (size > mostShown) return { state: 'too_large', bytes: size }
    if (!body || size > (await room())) return { state: 'full', bytes: size }
    await this.#cache.keepDocument(owner, id, head, await bytesOf(body))
    return { state: 'fetched', bytes: size }
  }

  #once(request: DocumentRequest, most: number): Promise<DocumentBytes> {
    const id = documentName(request.company, request.document)
    return this.#underWay.get(id, () => this.#load(id, request, most), wholeName(id, most))
  }

  #keepLarge(id: string, blob: Blob): void {
    const large = { id, blob }
    this.#large = large
    setTimeout(() => {
      if (this.#large === large) this.#large = null
    }, largeMs)
  }

  async #load(id: string, request: DocumentRequest, most: number): Promise<DocumentBytes> {
    const owner = await this.#owner()
    const kept = owner && (await this.#cache.document(owner, id))
    if (kept) {
      const { bytes, ...head } = kept
      return { ...head, blob: bytes, size: bytes.size, fromCache: true }
    }
    const { head, size, body } = await this.#fetch(request, most)
    if (!body) return { ...head, size, blob: null, fromCache: false }
    // The answer does not wait for the cache, and a full disk is no reason to show nothing.
    if (owner && size <= mostShown) {
      this.#keepSoon(id, async () => this.#cache.keepDocument(owner, id, head, await bytesOf(body)))
    }
    return { ...head, blob: body, size, fromCache: false }
  }

  /** The whole body from the edge; null when it says beforehand that it is larger than `most` or `room`. */
  async #fetch({ priority, ...params }: DocumentRequest, most: number, room = most): Promise<Fetched> {
    const response =
      priority === 'bulk'
        ? await this.#patiently((signal) =>
            this.#edge.bytes('document', { params, query: { priority }, signal }),
          )
        : await this.#edge.bytes('document', { params, query: { priority } })
    const known = {
      name: fileName(response, params.document),
      fetchedAt: Number(response.headers.get(documentHeaders.fetchedAt)) || Date.now(),
    }
    const declared = declaredLength(response)
    if (declared !== null && declared > Math.min(most, room)) {
      await response.body?.cancel()
      return { head: { ...known, type: 'application/octet-stream' }, size: declared, body: null }
    }
    const { body, type } = await wholeBody(response, declared)
    return { head: { ...known, type }, size: body.size, body }
  }

  /** A background that waits longer for an answer's headers is ended by Chrome: it rather asks again later. */
  async #patiently(ask: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), headersMs)
    try {
      return await ask(patience.signal)
    } catch (cause) {
      throw patience.signal.aborted ? new UnderlagError('fortnox_rate_limited', {}, { cause }) : cause
    } finally {
      clearTimeout(timer)
    }
  }

  #keepSoon(id: string, keep: () => Promise<void>): void {
    this.#underWay.keep(id, new Promise<void>((resolve) => setTimeout(resolve, keepAfter)).then(keep))
  }

  async picture(company: string, document: string): Promise<KeptPicture | null> {
    const owner = await this.#owner()
    return owner && this.#cache.picture(owner, documentName(company, document))
  }

  async keepPicture(company: string, document: string, picture: KeptPicture): Promise<void> {
    const owner = await this.#owner()
    const id = documentName(company, document)
    // A picture is kept beside its document only.
    await this.#underWay.settled(id)
    if (owner) await this.#cache.keepPicture(owner, id, picture)
  }

  /** Null without a key: documents are then fetched and not kept. */
  async #owner(): Promise<CacheOwner | null> {
    return this.#keys.owner().catch(() => null)
  }
}

interface Fetched {
  head: DocumentHead
  size: number
  body: Blob | null
}

/** A document for the window ends at another length than one that is saved. */
const wholeName = (id: string, most: number) => `${id} ${most}`

/** What the answer says of its own length; null when it does not, or counts compressed bytes. */
function declaredLength(response: Response): number | null {
  const length = response.headers.get('content-length')
  return length === null || response.headers.has('content-encoding') ? null : Number(length)
}

/**
 * The body under its sniffed type. A large one of a length known beforehand is taken in by the browser without passing
 * through here.
 */
async function wholeBody(
  response: Response,
  declared: number | null,
): Promise<{ body: Blob; type: SniffedType }> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    if (declared !== null && declared <= mostInMemory) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (bytes.length !== declared) throw new UnderlagError('document_interrupted')
      const type = sniffType(bytes.subarray(0, sniffLength))
      return { body: blobOf(bytes, type), type }
    }
    if (declared !== null) {
      const body = await response.blob()
      if (body.size !== declared) throw new UnderlagError('document_interrupted')
      return typed(body)
    }
    for await (const part of response.body ?? []) {
      parts.push(part)
      length += part.length
      if (length > mostBytes) break
    }
  } catch (cause) {
    throw cause instanceof UnderlagError ? cause : new UnderlagError('document_interrupted', {}, { cause })
  }
  if (length > mostBytes) throw new UnderlagError('document_too_large', { bytes: length })
  return typed(new Blob(parts))
}

async function typed(body: Blob): Promise<{ body: Blob; type: SniffedType }> {
  const type = sniffType(await bytesOf(body.slice(0, sniffLength)))
  return { body: body.slice(0, body.size, type), type }
}

function fileName(response: Response, otherwise: string): string {
  const name = response.headers.get(documentHeaders.name)
  try {
    return name ? decodeURIComponent(name) : otherwise
  } catch {
    return otherwise
  }
}
