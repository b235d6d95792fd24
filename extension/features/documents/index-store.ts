import type { Clock } from '../../../shared/clock.ts'
import type { EdgeClient } from '../../../shared/contract/client.ts'
import type { YearIndex, YearState } from '../../../shared/contract/types.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId, IsoDate } from '../../../shared/ledger/types.ts'
import type { DocumentCache } from '../../lib/cache/cache.ts'
import type { CacheKeys } from './cache-key.ts'

/** The edge is asked at most this often whether an index changed. */
const recheckEvery = 4_000
/** How long a look-up waits for that answer before it takes the copy that it has. */
const patience = 400

/** A year's index with what a look-up must say about it. */
export interface KnownIndex {
  /** The same object as long as it is unchanged. Null: the edge has nothing of this year. */
  index: YearIndex | null
  /** When the edge last confirmed it, ms since 1970. */
  confirmedAt: number
  /** The edge did not answer the last time it was asked: this is the cached copy. */
  offline: boolean
}

/** The small part of an index that says whether a voucher's cached detail still holds. */
export interface IndexStamp {
  version: string
  documentsAt: number | null
}

interface Entry extends KnownIndex {
  checkedAt: number
  checking: Promise<void> | null
}

interface KeptIndex {
  index: YearIndex | null
  confirmedAt: number
}

/** Years' indexes: in memory while the background lives, in the cache after that, and confirmed by version at the edge. */
export class IndexStore {
  readonly #cache: DocumentCache
  readonly #keys: CacheKeys
  readonly #edge: EdgeClient
  readonly #clock: Clock
  readonly #entries = new Map<string, Promise<Entry>>()
  readonly #years = new Map<string, { at: number; years: Promise<KnownYear[]> }>()

  constructor(cache: DocumentCache, keys: CacheKeys, edge: EdgeClient, clock: Clock) {
    this.#cache = cache
    this.#keys = keys
    this.#edge = edge
    this.#clock = clock
  }

  /**
   * The year's index, at most a few seconds old, or the last copy when the edge does not answer.
   *
   * @returns throws the edge's error when there is no copy at all
   */
  async yearIndex(company: string, year: FiscalYearId): Promise<KnownIndex> {
    const entry = await this.#entry(company, year)
    const isFresh = this.#clock.now() - entry.checkedAt < recheckEvery
    if (!isFresh) {
      const check = this.#check(company, year, entry)
      await Promise.race([check, this.#clock.sleep(patience)])
    }
    const { index, confirmedAt, offline } = entry
    return { index, confirmedAt, offline }
  }

  /** Version and time of the last known index, without loading it; null when none is known. Rechecks behind the back. */
  async stamp(company: string, year: FiscalYearId): Promise<IndexStamp | null> {
    const pending = this.#entries.get(entryName(company, year))
    if (pending) {
      const entry = await pending
      if (this.#clock.now() - entry.checkedAt >= recheckEvery) {
        void this.#check(company, year, entry).catch(() => {})
      }
      return entry.index && { version: entry.index.version, documentsAt: entry.index.documentsAt }
    }
    const owner = await this.#keys.owner()
    const stamp = await this.#cache.record<IndexStamp>(owner, stampName(company, year))
    void this.#entry(company, year).catch(() => {})
    return stamp
  }

  /** The company's years that the edge knows, newest first as it gives them; the last copy when it does not answer. */
  async knownYears(company: string): Promise<KnownYear[]> {
    const known = this.#years.get(company)
    if (known && this.#clock.now() - known.at < recheckEvery) return known.years
    const loading = { at: this.#clock.now(), years: this.#loadYears(company) }
    this.#years.set(company, loading)
    loading.years.catch(() => {
      if (this.#years.get(company) === loading) this.#years.delete(company)
    })
    return loading.years
  }

  async #loadYears(company: string): Promise<KnownYear[]> {
    try {
      const state = await this.#edge.json('company', { params: { company } })
      const years = state.years.map(knownYear)
      await this.#cache.keepRecord(await this.#keys.owner(), yearsName(company), years)
      return years
    } catch (error) {
      if (!(error instanceof UnderlagError) || !isOutage(error)) throw error
      const kept = await this.#cache.record<KnownYear[]>(await this.#keys.owner(), yearsName(company))
      if (!kept) throw error
      return kept
    }
  }

  /** Forgets what is in memory: another member, or none. */
  forget(): void {
    this.#entries.clear()
    this.#years.clear()
  }

  #entry(company: string, year: FiscalYearId): Promise<Entry> {
    const name = entryName(company, year)
    const known = this.#entries.get(name)
    if (known) return known
    const loading = this.#load(company, year)
    this.#entries.set(name, loading)
    loading.catch(() => {
      if (this.#entries.get(name) === loading) this.#entries.delete(name)
    })
    return loading
  }

  async #load(company: string, year: FiscalYearId): Promise<Entry> {
    const kept = await this.#kept(company, year)
    if (kept) return { ...kept, checkedAt: 0, offline: false, checking: null }
    const entry: Entry = { index: null, confirmedAt: 0, checkedAt: 0, offline: false, checking: null }
    await this.#fetch(company, year, entry)
    return entry
  }

  async #kept(company: string, year: FiscalYearId): Promise<KeptIndex | null> {
    const owner = await this.#keys.owner()
    return this.#cache.record<KeptIndex>(owner, entryName(company, year))
  }

  #check(company: string, year: FiscalYearId, entry: Entry): Promise<void> {
    entry.checking ??= this.#fetch(company, year, entry)
      .catch((error: unknown) => {
        entry.checkedAt = this.#clock.now()
        if (!(error instanceof UnderlagError) || !isOutage(error)) throw error
        entry.offline = true
      })
      .finally(() => {
        entry.checking = null
      })
    return entry.checking
  }

  async #fetch(company: string, year: FiscalYearId, entry: Entry): Promise<void> {
    const query = entry.index ? { version: entry.index.version } : {}
    const answer = await this.#edge
      .json('yearIndex', { params: { company, year }, query })
      .catch((error: unknown) => {
        if (error instanceof UnderlagError && isNothingThere(error)) return undefined
        throw error
      })
    const now = this.#clock.now()
    const isNew = answer !== null
    entry.confirmedAt = now
    entry.checkedAt = now
    entry.offline = false
    if (!isNew) return
    entry.index = answer ?? null
    const owner = await this.#keys.owner()
    await this.#cache.keepRecord(owner, entryName(company, year), { index: entry.index, confirmedAt: now })
    if (answer) {
      const { version, documentsAt } = answer
      await this.#cache.keepRecord(owner, stampName(company, year), { version, documentsAt })
    } else await this.#cache.dropRecord(stampName(company, year))
  }
}

/** A year that the edge knows, as far as look-ups need it. */
export interface KnownYear {
  id: FiscalYearId
  from: IsoDate
  to: IsoDate
  documentsAt: number | null
}

function knownYear({ id, from, to, documentsAt }: YearState): KnownYear {
  return { id, from, to, documentsAt }
}

/** Errors that say nothing of the year itself: the copy still stands. */
export function isOutage({ code }: UnderlagError): boolean {
  return code === 'edge_unreachable' || code === 'internal' || code === 'not_signed_in'
}

function isNothingThere({ code }: UnderlagError): boolean {
  return code === 'not_found' || code === 'ledger_empty'
}

const entryName = (company: string, year: FiscalYearId) => `index:${company}/${year}`
const stampName = (company: string, year: FiscalYearId) => `stamp:${company}/${year}`
const yearsName = (company: string) => `years:${company}`
