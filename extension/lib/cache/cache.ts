import type { Clock } from '../../../shared/clock.ts'
import { open, openJson, pieceLength, seal, sealJson } from './cipher.ts'
import type { CacheDatabase, DocumentLine, Piece } from './database.ts'
import { Names } from './names.ts'

/** Whose cache it is, and the key that opens it. */
export interface CacheOwner {
  member: string
  key: CryptoKey
}

/** What is kept of a document beside its bytes. */
export interface DocumentHead {
  /** By magic number. */
  type: string
  /** File name with extension. */
  name: string
  /** When Fortnox gave the bytes, ms since 1970. */
  fetchedAt: number
}

/** Page 1 as it was drawn, its size at scale 1 in CSS pixels, and how many pages there are. */
export interface KeptPicture {
  /** JPEG. */
  bytes: ArrayBuffer
  width: number
  height: number
  pages: number
}

export interface Usage {
  bytes: number
  documents: number
}

const picturePiece = -1
/** Width, height and number of pages stand before a kept picture's bytes. */
const pictureHead = 12
/** A use is noted at most this often, so that reading does not write each time. */
const usedEvery = 60_000
const proofText = 'underlag'

/**
 * The document cache of one device: whole bodies only, encrypted in pieces, the least recently used thrown out when
 * the limit is passed. It holds one member's things at a time: with another owner's key everything is wiped first.
 */
export class DocumentCache {
  readonly #db: CacheDatabase
  readonly #clock: Clock
  readonly #limit: () => Promise<number>
  readonly #documentNames: Names
  readonly #recordNames: Names
  /** Known after the first look; kept up to date by every write. */
  #bytes: number | null = null
  /** The key that the cache was last checked against. */
  #checked: CryptoKey | null = null

  /** @param limit the most bytes to keep */
  constructor(db: CacheDatabase, clock: Clock, limit: () => Promise<number>) {
    this.#db = db
    this.#clock = clock
    this.#limit = limit
    this.#documentNames = new Names(() => db.documents.toCollection().primaryKeys())
    this.#recordNames = new Names(() => db.records.toCollection().primaryKeys())
  }

  /** Wipes what another member or a lost key left behind. */
  async #claim({ member, key }: CacheOwner): Promise<void> {
    if (this.#checked === key) return
    const owner = await this.#db.owner.get('owner')
    const isOurs =
      owner?.member === member &&
      (await openJson<string>(key, 'owner', owner.proof).catch(() => null)) === proofText
    if (!isOurs) {
      await this.clear()
      await this.#db.owner.put({ id: 'owner', member, proof: await sealJson(key, 'owner', proofText) })
    }
    this.#checked = key
  }

  /** The whole document, or null when it is not here (or not readable, in which case it is thrown out). */
  async document(owner: CacheOwner, id: string): Promise<(DocumentHead & { bytes: Blob }) | null> {
    await this.#claim(owner)
    if (this.#documentNames.lacks(id)) return null
    const [line, pieces] = await this.#db.transaction('r', this.#db.documents, this.#db.pieces, () =>
      Promise.all([
        this.#db.documents.get(id),
        this.#db.pieces.where('[document+piece]').between([id, 0], [id, Number.MAX_SAFE_INTEGER]).toArray(),
      ]),
    )
    if (!line) return null
    try {
      const head = await openJson<DocumentHead>(owner.key, `${id}#head`, line.head)
      const parts = await Promise.all(
        pieces.map(({ piece, sealed }) => open(owner.key, pieceName(line, piece), sealed)),
      )
      const bytes = new Blob(parts, { type: head.type })
      if (bytes.size !== line.size) throw new RangeError('a piece is missing')
      await this.#used(line)
      return { ...head, bytes }
    } catch {
      await this.#drop(id)
      return null
    }
  }

  /** Keeps a whole document. Nothing of it is seen before all of it is written. */
  async keepDocument(owner: CacheOwner, id: string, head: DocumentHead, bytes: Uint8Array): Promise<void> {
    if (bytes.length > (await this.#limit())) return
    await this.#claim(owner)
    const line: DocumentLine = {
      id,
      size: bytes.length,
      pieces: Math.ceil(bytes.length / pieceLength),
      pictureSize: 0,
      usedAt: this.#clock.now(),
      head: await sealJson(owner.key, `${id}#head`, head),
    }
    const pieces: Piece[] = await Promise.all(
      Array.from({ length: line.pieces }, async (_, piece) => ({
        document: id,
        piece,
        sealed: await seal(
          owner.key,
          pieceName(line, piece),
          new Uint8Array(bytes.subarray(piece * pieceLength, (piece + 1) * pieceLength)),
        ),
      })),
    )
    this.#documentNames.add(id)
    const before = await this.#db.transaction('rw', this.#db.documents, this.#db.pieces, async () => {
      const old = await this.#db.documents.get(id)
      await this.#db.pieces.where('document').equals(id).delete()
      await this.#db.pieces.bulkPut(pieces)
      await this.#db.documents.put(line)
      return old ? old.size + old.pictureSize : 0
    })
    await this.#grew(line.size - before, id)
  }

  async picture(owner: CacheOwner, id: string): Promise<KeptPicture | null> {
    await this.#claim(owner)
    if (this.#documentNames.lacks(id)) return null
    const piece = await this.#db.pieces.get([id, picturePiece])
    if (!piece) return null
    try {
      const packed = await open(owner.key, `${id}#picture`, piece.sealed)
      const [width, height, pages] = new Uint32Array(packed, 0, 3)
      return { bytes: packed.slice(pictureHead), width: width!, height: height!, pages: pages! }
    } catch {
      await this.#db.pieces.delete([id, picturePiece])
      return null
    }
  }

  /** Keeps page 1's picture of a document that is here; of one that is not, nothing. */
  async keepPicture(owner: CacheOwner, id: string, picture: KeptPicture): Promise<void> {
    await this.#claim(owner)
    const packed = new Uint8Array(pictureHead + picture.bytes.byteLength)
    new Uint32Array(packed.buffer, 0, 3).set([picture.width, picture.height, picture.pages])
    packed.set(new Uint8Array(picture.bytes), pictureHead)
    const sealed = await seal(owner.key, `${id}#picture`, packed)
    const growth = await this.#db.transaction('rw', this.#db.documents, this.#db.pieces, async () => {
      const line = await this.#db.documents.get(id)
      if (!line) return 0
      await this.#db.pieces.put({ document: id, piece: picturePiece, sealed })
      await this.#db.documents.put({ ...line, pictureSize: packed.length })
      return packed.length - line.pictureSize
    })
    await this.#grew(growth, id)
  }

  /** The whole document's size, bytes, without reading it; null when it is not here. */
  async documentSize(owner: CacheOwner, id: string): Promise<number | null> {
    await this.#claim(owner)
    if (this.#documentNames.lacks(id)) return null
    return (await this.#db.documents.get(id))?.size ?? null
  }

  async record<T>(owner: CacheOwner, id: string): Promise<T | null> {
    await this.#claim(owner)
    if (this.#recordNames.lacks(id)) return null
    const line = await this.#db.records.get(id)
    if (!line) return null
    try {
      const value = await openJson<T>(owner.key, id, line.sealed)
      if (this.#clock.now() - line.usedAt > usedEvery) {
        await this.#db.records.update(id, { usedAt: this.#clock.now() })
      }
      return value
    } catch {
      await this.#db.records.delete(id)
      return null
    }
  }

  async keepRecord(owner: CacheOwner, id: string, value: unknown): Promise<void> {
    await this.#claim(owner)
    const sealed = await sealJson(owner.key, id, value)
    const size = sealed.bytes.byteLength
    this.#recordNames.add(id)
    const before = await this.#db.transaction('rw', this.#db.records, async () => {
      const old = await this.#db.records.get(id)
      await this.#db.records.put({ id, size, usedAt: this.#clock.now(), sealed })
      return old?.size ?? 0
    })
    await this.#grew(size - before, id)
  }

  async dropRecord(id: string): Promise<void> {
    await this.#db.records.delete(id)
    this.#bytes = null
  }

  async usage(): Promise<Usage> {
    return { bytes: await this.#total(), documents: await this.#db.documents.count() }
  }

  async clear(): Promise<void> {
    const { documents, pieces, records, owner } = this.#db
    await this.#db.transaction('rw', documents, pieces, records, owner, () =>
      Promise.all([documents.clear(), pieces.clear(), records.clear(), owner.clear()]),
    )
    this.#bytes = 0
    this.#checked = null
  }

  /** After the limit was lowered. */
  async shrink(): Promise<void> {
    await this.#evict(null)
  }

  async #total(): Promise<number> {
    if (this.#bytes !== null) return this.#bytes
    let bytes = 0
    await this.#db.transaction('r', this.#db.documents, this.#db.records, async () => {
      await this.#db.documents.each((line) => {
        bytes += line.size + line.pictureSize
      })
      await this.#db.records.each((line) => {
        bytes += line.size
      })
    })
    this.#bytes = bytes
    return bytes
  }

  async #grew(by: number, keep: string): Promise<void> {
    if (this.#bytes !== null) this.#bytes += by
    await this.#evict(keep)
  }

  /**
   * Throws out the least recently used when the limit is passed, down to a little below it so that a full cache does
   * not do this at every write; `keep` was just written and stays.
   */
  async #evict(keep: string | null): Promise<void> {
    const limit = await this.#limit()
    if ((await this.#total()) <= limit) return
    const { documents, pieces, records } = this.#db
    await this.#db.transaction('rw', documents, pieces, records, async () => {
      const lines = [
        ...(await documents.toArray()).map((line) => ({
          ...line,
          bytes: line.size + line.pictureSize,
          isDocument: true,
        })),
        ...(await records.toArray()).map((line) => ({ ...line, bytes: line.size, isDocument: false })),
      ].sort((a, b) => a.usedAt - b.usedAt)
      let bytes = lines.reduce((sum, line) => sum + line.bytes, 0)
      for (const line of lines) {
        if (bytes <= limit * 0.95) break
        if (line.id === keep) continue
        bytes -= line.bytes
        if (!line.isDocument) await records.delete(line.id)
        else {
          await documents.delete(line.id)
          await pieces.where('document').equals(line.id).delete()
        }
      }
      this.#bytes = bytes
    })
  }

  async #drop(id: string): Promise<void> {
    await this.#db.transaction('rw', this.#db.documents, this.#db.pieces, async () => {
      await this.#db.documents.delete(id)
      await this.#db.pieces.where('document').equals(id).delete()
    })
    this.#bytes = null
  }

  async #used(line: DocumentLine): Promise<void> {
    const now = this.#clock.now()
    if (now - line.usedAt > usedEvery) await this.#db.documents.update(line.id, { usedAt: now })
  }
}

/** The size and number of pieces are part of the name: a piece of another version of the body does not open. */
function pieceName({ id, size, pieces }: DocumentLine, piece: number): string {
  return `${id}#${size}#${pieces}#${piece}`
}
