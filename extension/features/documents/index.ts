import { browser } from 'wxt/browser'
import { systemClock } from '../../../shared/clock.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { answer } from '../../lib/answer.ts'
import { bytesAtHand } from '../../lib/blob.ts'
import { DocumentCache } from '../../lib/cache/cache.ts'
import { CacheDatabase } from '../../lib/cache/database.ts'
import { deviceId } from '../../lib/device.ts'
import { edge } from '../../lib/edge.ts'
import {
  type CacheUsage,
  type DocumentBytes,
  documentName,
  type PagePicture,
  partLength,
  type SentDocument,
  type ShowPayload,
  type ShowRequest,
  type VoucherView,
} from '../../lib/protocol.ts'
import { CacheKeys } from './cache-key.ts'
import { cacheLimit, setCacheLimit } from './cache-limit.ts'
import { DetailStore, type VoucherRequest } from './detail-store.ts'
import { DocumentStore } from './document-store.ts'
import { Handles } from './handles.ts'
import { IndexStore, type KnownIndex, type KnownYear } from './index-store.ts'

const keys = new CacheKeys({ edge, device: deviceId, session: browser.storage.session })
const cache = new DocumentCache(new CacheDatabase(), systemClock, cacheLimit)
const indexes = new IndexStore(cache, keys, edge, systemClock)
const details = new DetailStore(cache, keys, edge, indexes)
const documents = new DocumentStore(cache, keys, edge)
const handles = new Handles(browser.storage.session, systemClock)

type Place = Omit<VoucherRequest, 'key'>

/** Vouchers in one page of a list. */
const pageSize = 200

/**
 * The year's index, at most a few seconds old, or the cached copy (null: the edge has nothing of that year), with when it
 * was confirmed and whether the edge answered.
 */
export function knownIndex(company: string, year: FiscalYearId): Promise<KnownIndex> {
  return indexes.yearIndex(company, year)
}

/** The years of a company that the edge knows; the cached copy when it does not answer. */
export function knownYears(company: string): Promise<KnownYear[]> {
  return indexes.knownYears(company)
}

/** For whoever fetches ahead: the cache has what these give when they have given it. */
export const ahead = {
  member: async () => (await keys.owner()).member,
  /** With the company's years, without which no row finds its year while the edge is stopped. */
  index: async ({ company, year }: Place) => {
    await indexes.knownYears(company)
    return (await indexes.yearIndex(company, year)).index
  },
  documentsOf: async (voucher: VoucherRequest) => (await details.kept(voucher)).documents,
  keep: documents.keep.bind(documents),
  usage,
}

/** Sign-out: drops the key and wipes what it sealed. */
export async function forgetDocuments(): Promise<void> {
  indexes.forget()
  await keys.drop()
  await cache.clear()
}

/**
 * Answers for the document window and the Underlag page. A content script may only ask for a handle.
 *
 * @param onClear called when the member has cleared the cache
 */
export function registerDocuments(onClear: () => Promise<void>): void {
  answer('documentHandle', 'page', async (request, sender) => {
    if (sender.tab?.id === undefined) throw new UnderlagError('forbidden')
    const content = prepare(request)
    const handle = await handles.create(request, sender.tab.id, sender.frameId ?? 0)
    prepared = { handle, content }
    return { handle }
  })
  answer('redeemHandle', 'extension', async ({ handle, pictures }, sender) => {
    if (sender.tab?.id === undefined) throw new UnderlagError('forbidden')
    const { request, tab, frame } = await handles.redeem(handle, sender.tab.id)
    const content = prepared?.handle === handle ? prepared.content : prepare(request)
    const detail = await content.detail
    const [first] = detail?.documents ?? []
    const isThere = first !== undefined && pictures.includes(documentName(request.company, first.id))
    const picture = isThere ? null : await content.picture
    return { ...request, tab, frame, detail, picture } satisfies ShowPayload
  })
  answer('vouchers', 'extension', ({ company, year, filter, cursor }) => {
    const { amount, ...rest } = filter
    const query = {
      ...rest,
      limit: String(pageSize),
      ...(amount === undefined ? {} : { amount: String(amount) }),
      ...(cursor === null ? {} : { cursor }),
    }
    return edge.json('vouchers', { params: { company, year }, query })
  })
  answer('voucherDetail', 'extension', (request) => details.detail(request))
  answer('documentBytes', 'extension', async (request) => sent(await documents.bytes(request)))
  answer('firstDocument', 'extension', async ({ company, year, key }) => {
    const [first] = (await details.detail({ company, year, key })).documents
    if (!first) return null
    const document = first.id
    return { ...sent(await documents.bytes({ company, year, document, priority: 'person' })), document }
  })
  answer('documentPart', 'extension', async ({ from, ...request }) =>
    (await documents.whole(request)).slice(from, from + partLength),
  )
  answer('documentPicture', 'extension', ({ company, document }) => pictureOf(company, document))
  answer('keepPicture', 'extension', async ({ company, picture: { document, ...picture } }) => {
    await documents.keepPicture(company, document, picture)
    return null
  })
  answer('cacheUsage', 'extension', usage)
  answer('setCacheLimit', 'extension', async ({ bytes }) => {
    await setCacheLimit(bytes)
    await cache.shrink()
    return usage()
  })
  answer('clearCache', 'extension', async () => {
    indexes.forget()
    await cache.clear()
    await onClear()
    return usage()
  })
}

async function usage(): Promise<CacheUsage> {
  return { ...(await cache.usage()), limit: await cacheLimit() }
}

async function pictureOf(company: string, document: string): Promise<PagePicture | null> {
  const picture = await documents.picture(company, document)
  return picture && { document, ...picture }
}

function sent(whole: DocumentBytes): SentDocument {
  const bytes = whole.blob && bytesAtHand(whole.blob)?.buffer
  if (bytes) return { ...whole, blob: null, bytes }
  return { ...whole, blob: whole.size > partLength ? null : whole.blob, bytes: null }
}

/** What the cache has of a request's voucher, and of its first document. A failing cache has nothing. */
interface Content {
  detail: Promise<VoucherView | null>
  picture: Promise<PagePicture | null>
}

/** Read while the handle is on its way to the frame and back. Lost with the background: then it is read again. */
let prepared: { handle: string; content: Content } | null = null

/** What the cache has not is asked for at once. */
function prepare(request: ShowRequest): Content {
  const { company, year, keys } = request
  const [key] = keys
  const nothing = Promise.resolve(null)
  if (key === undefined || keys.length > 1) return { detail: nothing, picture: nothing }
  const reading = details.cached({ company, year, key })
  const picture = reading.then(async (detail) => {
    const [first] = detail?.documents ?? []
    const kept = first ? await pictureOf(company, first.id) : null
    if (!detail) void fetchSoon(request, details.fetched({ company, year, key }))
    else if (first && !kept) void fetchSoon(request, Promise.resolve(detail))
    return kept
  })
  return { detail: reading.catch(() => null), picture: picture.catch(() => null) }
}

/** The voucher and its first document are on their way before the window asks for them. What fails is told when it does. */
async function fetchSoon({ company, year, mode }: ShowRequest, detail: Promise<VoucherView>): Promise<void> {
  const priority = mode === 'prefetch' ? 'prefetch' : 'person'
  try {
    const [first] = (await detail).documents
    if (first) await documents.bytes({ company, year, document: first.id, priority })
  } catch {}
}
