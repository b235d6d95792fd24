import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../shared/clock.ts'
import { type CacheOwner, DocumentCache } from './cache.ts'
import { importKey } from './cipher.ts'
import { CacheDatabase } from './database.ts'

let now = 0
const clock: Clock = { now: () => now, sleep: async () => {}, random: () => 0 }
const head = { type: 'application/pdf', name: 'Hemlig Leverantör.pdf', fetchedAt: 1 }
const key = (n: number) => importKey(Buffer.alloc(32, n).toString('base64url'))
let db: CacheDatabase
let cache: DocumentCache
let maja: CacheOwner
let limit = 10_000_000

beforeEach(async () => {
  now = 0
  limit = 10_000_000
  db = new CacheDatabase(`cache-${Math.random()}`)
  cache = new DocumentCache(db, clock, async () => limit)
  maja = { member: 'maja', key: await key(1) }
})
afterEach(() => db.delete())

const body = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * seed) & 255)
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

describe('documents', () => {
  it('come back whole, in pieces of 1 MB and in the right order', async () => {
    const bytes = body(2_500_000, 7)
    await cache.keepDocument(maja, 'c/d', head, bytes)
    const kept = await cache.document(maja, 'c/d')
    expect(kept).toMatchObject(head)
    expect(Buffer.from(await bytesOf(kept!.bytes)).equals(bytes)).toBe(true)
    expect(await db.pieces.count()).toBe(3)
  })

  it('leave nothing readable on disk', async () => {
    await cache.keepDocument(maja, 'c/d', head, new TextEncoder().encode('Att betala 12 450,00'.repeat(100)))
    const stored = JSON.stringify([await db.documents.toArray(), await db.pieces.toArray()], (_, value) =>
      value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value,
    )
    expect(stored).not.toContain('Att betala')
    expect(stored).not.toContain('Leverantör')
  })

  it('with a piece missing, cut or exchanged are none, and are thrown out', async () => {
    const spoil: (() => Promise<unknown>)[] = [
      () => db.pieces.delete(['c/d', 1]),
      async () => {
        const piece = (await db.pieces.get(['c/d', 0]))!
        await db.pieces.put({ ...piece, sealed: { ...piece.sealed, bytes: piece.sealed.bytes.slice(0, 99) } })
      },
      async () => {
        const [first, second] = [(await db.pieces.get(['c/d', 0]))!, (await db.pieces.get(['c/d', 1]))!]
        await db.pieces.bulkPut([
          { ...first, sealed: second.sealed },
          { ...second, sealed: first.sealed },
        ])
      },
    ]
    for (const each of spoil) {
      await cache.keepDocument(maja, 'c/d', head, body(2_000_000))
      await each()
      expect(await cache.document(maja, 'c/d')).toBeNull()
      expect(await db.documents.count()).toBe(0)
      expect(await db.pieces.count()).toBe(0)
    }
  })

  it('make room by least recent use, and the count is in bytes', async () => {
    limit = 3_100_000
    for (const [i, id] of ['a', 'b', 'c'].entries()) {
      now = i * 100_000
      await cache.keepDocument(maja, id, head, body(1_000_000))
    }
    now = 400_000
    expect(await cache.document(maja, 'a')).not.toBeNull()
    await cache.keepDocument(maja, 'd', head, body(1_000_000))
    expect(await cache.documentSize(maja, 'a')).toBe(1_000_000)
    expect(await cache.documentSize(maja, 'b')).toBeNull()
    expect(await cache.documentSize(maja, 'd')).toBe(1_000_000)
    const { bytes } = await cache.usage()
    expect(bytes).toBeLessThanOrEqual(limit)
    const fresh = new DocumentCache(db, clock, async () => limit)
    expect(await fresh.usage()).toEqual(await cache.usage())
  })

  it('larger than the whole limit are not kept at all', async () => {
    limit = 500_000
    await cache.keepDocument(maja, 'a', head, body(600_000))
    expect(await cache.usage()).toEqual({ bytes: 0, documents: 0 })
  })

  it('shrink when the limit is lowered', async () => {
    for (const id of ['a', 'b', 'c']) await cache.keepDocument(maja, id, head, body(1_000_000))
    limit = 1_500_000
    await cache.shrink()
    expect((await cache.usage()).documents).toBe(1)
  })
})

describe('pictures', () => {
  const picture = { bytes: new TextEncoder().encode('jpeg').buffer, width: 794, height: 1123, pages: 3 }

  it('are kept beside their document and counted', async () => {
    await cache.keepDocument(maja, 'a', head, body(1000))
    await cache.keepPicture(maja, 'a', picture)
    expect(await cache.picture(maja, 'a')).toEqual(picture)
    expect((await cache.usage()).bytes).toBe(1000 + 12 + 4)
    expect(await bytesOf((await cache.document(maja, 'a'))!.bytes)).toEqual(body(1000))
  })

  it('of a document that is not here are not kept', async () => {
    await cache.keepPicture(maja, 'a', picture)
    expect(await cache.picture(maja, 'a')).toBeNull()
  })
})

describe('whose it is', () => {
  it('another member’s key finds nothing and wipes what was there', async () => {
    await cache.keepDocument(maja, 'a', head, body(1000))
    await cache.keepRecord(maja, 'detail', { text: 'x' })
    const nils = { member: 'nils', key: await key(2) }
    expect(await cache.document(nils, 'a')).toBeNull()
    expect(await db.documents.count()).toBe(0)
    expect(await db.pieces.count()).toBe(0)
    expect(await db.records.count()).toBe(0)
  })

  it('a new key of the same member wipes what the old one sealed', async () => {
    await cache.keepDocument(maja, 'a', head, body(1000))
    expect(await cache.document({ ...maja, key: await key(3) }, 'a')).toBeNull()
    expect(await db.documents.count()).toBe(0)
  })

  it('records come back as they were', async () => {
    await cache.keepRecord(maja, 'r', { a: [1, 'å'] })
    expect(await cache.record(maja, 'r')).toEqual({ a: [1, 'å'] })
    await cache.clear()
    expect(await cache.record(maja, 'r')).toBeNull()
    expect(await cache.usage()).toEqual({ bytes: 0, documents: 0 })
  })
})
