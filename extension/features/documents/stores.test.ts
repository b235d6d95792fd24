import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../shared/clock.ts'
import { createEdgeClient } from '../../../shared/contract/client.ts'
import type { VoucherDetail, YearIndex } from '../../../shared/contract/types.ts'
import { DocumentCache } from '../../lib/cache/cache.ts'
import { CacheDatabase } from '../../lib/cache/database.ts'
import { mostShown } from '../../lib/protocol.ts'
import { CacheKeys } from './cache-key.ts'
import { DetailStore } from './detail-store.ts'
import { DocumentStore } from './document-store.ts'
import { Handles } from './handles.ts'
import { IndexStore } from './index-store.ts'

const company = '5560360793'
const year = '2026-01-01_2026-12-31'
let now = 0
const clock: Clock = {
  now: () => now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
  random: () => 0,
}

/** `storage.session`: outlives the background, not the browser. */
function area() {
  const values = new Map<string, unknown>()
  return {
    values,
    get: async (name: string | null) =>
      name === null ? Object.fromEntries(values) : { [name]: values.get(name) },
    set: async (set: Record<string, unknown>) =>
      Object.entries(set).forEach(([name, value]) => void values.set(name, value)),
    remove: async (names: string | string[]) => [names].flat().forEach((name) => void values.delete(name)),
  }
}

const detail: VoucherDetail = { voucher: null, fortnox: null, documents: [], differs: false }
let isDown = false
let version = '1'
let asked: string[] = []
let answerDocument: () => Response
let db: CacheDatabase
let session: ReturnType<typeof area>

const edge = createEdgeClient(
  'https://edge.example',
  async () => 'token',
  async (input) => {
    const url = new URL(String(input))
    if (isDown) throw new TypeError('fetch failed')
    asked.push(url.pathname.split('/').slice(2).join('/').replace(`companies/${company}/years/${year}/`, ''))
    if (url.pathname === '/api/session') return Response.json({ member: { id: 'maja' }, firm: {} })
    if (url.pathname.startsWith('/api/cache-keys/'))
      return Response.json({ key: Buffer.alloc(32, 1).toString('base64url') })
    if (url.pathname.endsWith('/index')) {
      if (url.searchParams.get('version') === version) return new Response(null, { status: 304 })
      return Response.json({
        year,
        version,
        source: 'fortnox',
        documentsAt: 5,
        lines: [],
      } satisfies YearIndex)
    }
    if (url.pathname.includes('/vouchers/')) return Response.json(detail)
    return answerDocument()
  },
)

/** The background as it starts: memory is empty, storage is what it was. */
function start() {
  const cache = new DocumentCache(db, clock, async () => 100_000_000)
  const keys = new CacheKeys({ edge, device: async () => 'device', session })
  const indexes = new IndexStore(cache, keys, edge, clock)
  return {
    cache,
    keys,
    indexes,
    details: new DetailStore(cache, keys, edge, indexes),
    documents: new DocumentStore(cache, keys, edge),
  }
}

beforeEach(() => {
  now = 0
  isDown = false
  version = '1'
  asked = []
  answerDocument = () => new Response('%PDF-1.7 whole', { headers: { 'content-length': '14' } })
  db = new CacheDatabase(`stores-${Math.random()}`)
  session = area()
})
afterEach(() => db.delete())

const request = { company, year, document: 'd', priority: 'person' } as const
const settled = () => new Promise((resolve) => setTimeout(resolve, 300))

describe('documents', () => {
  it('open again with edge and Fortnox stopped, also after the background was ended', async () => {
    expect(await start().documents.bytes(request)).toMatchObject({
      type: 'application/pdf',
      fromCache: false,
    })
    await settled()
    isDown = true
    const again = await start().documents.bytes(request)
    expect(again).toMatchObject({ fromCache: true })
    expect(await again.blob!.text()).toBe('%PDF-1.7 whole')
  })

  it('need the edge once after the browser was restarted', async () => {
    await start().documents.bytes(request)
    await settled()
    session.values.clear()
    isDown = true
    await expect(start().documents.bytes(request)).rejects.toMatchObject({ code: 'edge_unreachable' })
    isDown = false
    expect(await start().documents.bytes(request)).toMatchObject({ fromCache: true })
  })

  it('are fetched once, however many ask', async () => {
    const { documents } = start()
    await Promise.all(Array.from({ length: 5 }, () => documents.bytes(request)))
    expect(asked.filter((path) => path === 'documents/d')).toHaveLength(1)
  })

  it.each([1_000, 149_999, 150_000, 150_001, 1_000_000])(
    'of %i bytes come whole and are kept whole',
    async (length) => {
      const body = Uint8Array.from({ length }, (_, i) => (i < 5 ? '%PDF-'.charCodeAt(i) : (i * 7) & 255))
      answerDocument = () => new Response(body, { headers: { 'content-length': String(length) } })
      const fresh = await start().documents.bytes(request)
      expect(fresh).toMatchObject({ fromCache: false, size: length, type: 'application/pdf' })
      expect(fresh.blob!.type).toBe('application/pdf')
      expect(Buffer.from(await fresh.blob!.arrayBuffer()).equals(body)).toBe(true)
      await expect.poll(() => db.documents.count(), { timeout: 10_000 }).toBe(1)
      const again = await start().documents.bytes(request)
      expect(again).toMatchObject({ fromCache: true, size: length, type: 'application/pdf' })
      expect(Buffer.from(await again.blob!.arrayBuffer()).equals(body)).toBe(true)
    },
  )

  it('of a declared length that come shorter or longer are an error, small and large', async () => {
    for (const [declared, sent] of [
      [14, 11],
      [200_000, 199_999],
      [200_000, 200_001],
    ] as const) {
      answerDocument = () =>
        new Response(new Uint8Array(sent), { headers: { 'content-length': String(declared) } })
      await expect(start().documents.bytes(request)).rejects.toMatchObject({ code: 'document_interrupted' })
    }
  })

  it('have their picture kept, however soon it is drawn', async () => {
    const { documents } = start()
    await documents.bytes(request)
    await documents.keepPicture(company, 'd', { bytes: new ArrayBuffer(9), width: 1, height: 1, pages: 1 })
    expect(await start().documents.picture(company, 'd')).toMatchObject({ pages: 1 })
  })

  it('cut short are an error and leave nothing behind', async () => {
    answerDocument = () => new Response('%PDF-1.7 wh', { headers: { 'content-length': '14' } })
    const { documents } = start()
    await expect(documents.bytes(request)).rejects.toMatchObject({ code: 'document_interrupted' })
    answerDocument = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new Uint8Array(10))
            controller.error(new Error('connection lost'))
          },
        }),
      )
    await expect(documents.bytes(request)).rejects.toMatchObject({ code: 'document_interrupted' })
    await settled()
    expect(await db.documents.count()).toBe(0)
    answerDocument = () => new Response('%PDF-1.7 whole')
    expect(await documents.bytes(request)).toMatchObject({ fromCache: false, size: 14 })
  })

  it('too large to be shown are not fetched before they are saved', async () => {
    let isCancelled = false
    const length = mostShown + 1
    answerDocument = () =>
      new Response(
        new ReadableStream({
          cancel() {
            isCancelled = true
          },
        }),
        { headers: { 'content-length': String(length) } },
      )
    expect(await start().documents.bytes(request)).toMatchObject({ blob: null, size: length })
    expect(isCancelled).toBe(true)
  })

  it('are what their first bytes say, whatever the answer declares', async () => {
    answerDocument = () => new Response('<script>', { headers: { 'content-type': 'application/pdf' } })
    expect(await start().documents.bytes(request)).toMatchObject({ type: 'application/octet-stream' })
  })

  it('are shown without a cache when there is no key to be had', async () => {
    const broken = { edge, device: () => Promise.reject(new Error('no storage')), session }
    const cache = new DocumentCache(db, clock, async () => 1e9)
    const documents = new DocumentStore(cache, new CacheKeys(broken), edge)
    expect(await documents.bytes(request)).toMatchObject({ fromCache: false })
  })
})

describe('a document kept ahead', () => {
  const ahead = { company, year, document: 'd' }

  it('is in the cache when that is said, and is asked for once', async () => {
    const { documents } = start()
    expect(await documents.keep(ahead, async () => 14)).toEqual({ state: 'fetched', bytes: 14 })
    expect(await documents.keep(ahead, async () => 0)).toEqual({ state: 'here', bytes: 14 })
    expect(asked.filter((path) => path === 'documents/d')).toHaveLength(1)
    isDown = true
    expect(await start().documents.bytes(request)).toMatchObject({ fromCache: true })
  })

  it('throws nothing else out: without room it is not kept, whether its length was told or not', async () => {
    for (const headers of [{ 'content-length': '14' }, {}]) {
      answerDocument = () => new Response('%PDF-1.7 whole', { headers })
      expect(await start().documents.keep(ahead, async () => 13)).toEqual({ state: 'full', bytes: 14 })
    }
    answerDocument = () => new Response('', { headers: { 'content-length': String(mostShown + 1) } })
    expect(await start().documents.keep(ahead, async () => 13)).toMatchObject({ state: 'too_large' })
    expect(await db.documents.count()).toBe(0)
  })
})

describe('the key', () => {
  it('dropped at sign-out opens nothing any more', async () => {
    const { documents, keys } = start()
    await documents.bytes(request)
    await settled()
    await keys.drop()
    expect(session.values.size).toBe(0)
  })
})

describe('a year’s index', () => {
  it('is asked for again at most every few seconds, and then by version', async () => {
    const { indexes } = start()
    const first = await indexes.yearIndex(company, year)
    now = 1_000
    expect((await indexes.yearIndex(company, year)).index).toBe(first.index)
    expect(asked.filter((path) => path === 'index')).toHaveLength(1)
    now = 10_000
    expect((await indexes.yearIndex(company, year)).index).toBe(first.index)
    expect(asked.filter((path) => path === 'index')).toHaveLength(2)
    version = '2'
    now = 20_000
    expect((await indexes.yearIndex(company, year)).index).toMatchObject({ version: '2' })
  })

  it('comes from the cache when the edge is down, and says so', async () => {
    await start().indexes.yearIndex(company, year)
    isDown = true
    now = 10_000
    expect(await start().indexes.yearIndex(company, year)).toMatchObject({
      offline: true,
      index: { version: '1' },
    })
  })
})

describe('a voucher’s detail', () => {
  const asks = () => asked.filter((path) => path.startsWith('vouchers/')).length

  it('is cached until its year changes', async () => {
    const { details, indexes } = start()
    await indexes.yearIndex(company, year)
    const voucher = { company, year, key: 'A:1' }
    expect(await details.detail(voucher)).toMatchObject({ fromCache: false, documentsAt: 5 })
    await settled()
    expect(await details.detail(voucher)).toMatchObject({ fromCache: true })
    expect(asks()).toBe(1)
    await details.kept({ ...voucher, key: 'A:2' })
    isDown = true
    expect(await start().details.detail({ ...voucher, key: 'A:2' })).toMatchObject({ fromCache: true })
    isDown = false
    version = '2'
    now = 10_000
    await indexes.yearIndex(company, year)
    expect(await details.detail(voucher)).toMatchObject({ fromCache: false })
  })

  it('of an older version still opens when the edge is down', async () => {
    const { details, indexes } = start()
    await indexes.yearIndex(company, year)
    const voucher = { company, year, key: 'A:1' }
    await details.detail(voucher)
    await settled()
    version = '2'
    now = 10_000
    await indexes.yearIndex(company, year)
    isDown = true
    expect(await start().details.detail(voucher)).toMatchObject({ fromCache: true })
  })
})

describe('handles', () => {
  const show = { company, year, keys: ['A:1'], mismatch: null, neighbours: [], mode: 'window' } as const

  it('open once, in their own tab, for half a minute, also after the background was ended', async () => {
    const made = await new Handles(session, clock).create({ ...show, keys: ['A:1'], neighbours: [] }, 7, 3)
    const handles = new Handles(session, clock)
    expect(await handles.redeem(made, 7)).toMatchObject({ tab: 7, frame: 3, request: { company } })
    await expect(handles.redeem(made, 7)).rejects.toMatchObject({ code: 'not_found' })
    await expect(new Handles(session, clock).redeem(made, 7)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are refused to another tab, two at once, and when too old', async () => {
    const handles = new Handles(session, clock)
    const make = () => handles.create({ ...show, keys: ['A:1'], neighbours: [] }, 7, 0)
    await expect(handles.redeem(await make(), 8)).rejects.toMatchObject({ code: 'not_found' })
    const both = await make()
    const results = await Promise.allSettled([handles.redeem(both, 7), handles.redeem(both, 7)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const old = await make()
    now = 31_000
    await expect(handles.redeem(old, 7)).rejects.toMatchObject({ code: 'not_found' })
  })
})
