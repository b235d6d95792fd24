import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Sealed } from './cipher.ts'

/** A cached document's line: what is needed to list, count and evict, without touching its bytes. */
export interface DocumentLine {
  /** `company/document`. */
  id: string
  /** Whole body, bytes, as it was before encryption. */
  size: number
  pieces: number
  /** Bytes of the kept picture of page 1; 0: none. */
  pictureSize: number
  usedAt: number
  /** {@link DocumentHead}, encrypted: file names tell whom the company buys from. */
  head: Sealed
}

/** A small encrypted record: a voucher's detail, a year's index, a company's years. */
export interface RecordLine {
  id: string
  size: number
  usedAt: number
  sealed: Sealed
}

export interface Piece {
  /** `company/document`. */
  document: string
  /** 0 and up; -1 is the picture of page 1. */
  piece: number
  sealed: Sealed
}

/** One line: whose cache this is, and a known text under its key, to tell a wrong key at once. */
export interface OwnerLine {
  id: 'owner'
  member: string
  proof: Sealed
}

/**
 * The extension's IndexedDB. Only the background opens it: a frame inside someone's page may be refused storage.
 * Bytes lie apart from the lines, so that listing and eviction never load them.
 */
export class CacheDatabase extends Dexie {
  declare documents: EntityTable<DocumentLine, 'id'>
  declare pieces: Table<Piece, [string, number]>
  declare records: EntityTable<RecordLine, 'id'>
  declare owner: EntityTable<OwnerLine, 'id'>

  constructor(name = 'underlag-cache') {
    super(name)
    this.version(1).stores({
      documents: 'id, usedAt',
      pieces: '[document+piece], document',
      records: 'id, usedAt',
      owner: 'id',
    })
  }
}
