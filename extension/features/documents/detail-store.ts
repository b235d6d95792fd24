import type { EdgeClient } from '../../../shared/contract/client.ts'
import type { VoucherDetail } from '../../../shared/contract/types.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { CacheOwner, DocumentCache } from '../../lib/cache/cache.ts'
import type { VoucherView } from '../../lib/protocol.ts'
import type { CacheKeys } from './cache-key.ts'
import { type IndexStore, isOutage } from './index-store.ts'
import { UnderWay } from './under-way.ts'

export interface VoucherRequest {
  company: string
  year: FiscalYearId
  key: string
}

interface KeptDetail {
  /** The index's version when the detail was fetched. Another version: it is asked for again. */
  version: string | null
  documentsAt: number | null
  detail: VoucherDetail
}

/** Vouchers with rows and documents: cached under their year's version, so that a sync shows at once. */
export class DetailStore {
  readonly #cache: DocumentCache
  readonly #keys: CacheKeys
  readonly #edge: EdgeClient
  readonly #indexes: IndexStore
  readonly #underWay = new UnderWay<VoucherView>()

  constructor(cache: DocumentCache, keys: CacheKeys, edge: EdgeClient, indexes: IndexStore) {
    this.#cache = cache
    this.#keys = keys
    this.#edge = edge
    this.#indexes = indexes
  }

  /** Throws the edge's error when it answers with one, or does not answer and nothing is cached. */
  async detail(request: VoucherRequest): Promise<VoucherView> {
    return (await this.cached(request)) ?? this.fetched(request)
  }

  /** As {@link detail}, and the cache has it when this resolves. */
  async kept(request: VoucherRequest): Promise<VoucherView> {
    const view = await this.detail(request)
    await this.#underWay.settled(detailName(request))
    return view
  }

  /** The detail if the cache has it and its year has not changed since. Asks nothing of the edge. */
  async cached(request: VoucherRequest): Promise<VoucherView | null> {
    const owner = await this.#owner()
    if (!owner) return null
    const [kept, stamp] = await Promise.all([
      this.#cache.record<KeptDetail>(owner, detailName(request)),
      this.#indexes.stamp(request.company, request.year),
    ])
    if (!kept || kept.version !== (stamp?.version ?? null)) return null
    return { ...kept.detail, documentsAt: stamp?.documentsAt ?? kept.documentsAt, fromCache: true }
  }

  /** As {@link detail}, for a caller that has seen that the cache has nothing. */
  fetched(request: VoucherRequest): Promise<VoucherView> {
    return this.#underWay.get(detailName(request), () => this.#fetch(request))
  }

  async #fetch(request: VoucherRequest): Promise<VoucherView> {
    const { company, year, key } = request
    const owner = await this.#owner()
    try {
      // The version is read first: what changes in between is kept under the old one, and asked for again.
      const stamping = owner && this.#indexes.stamp(company, year)
      stamping?.catch(() => {})
      const detail = await this.#edge.json('voucher', { params: { company, year, voucher: key } })
      const stamp = await stamping
      const documentsAt = stamp?.documentsAt ?? null
      if (owner) {
        const kept: KeptDetail = { version: stamp?.version ?? null, documentsAt, detail }
        const name = detailName(request)
        // The answer does not wait for the cache.
        this.#underWay.keep(name, this.#cache.keepRecord(owner, name, kept))
      }
      return { ...detail, documentsAt, fromCache: false }
    } catch (error) {
      if (!owner || !(error instanceof UnderlagError) || !isOutage(error)) throw error
      const kept = await this.#cache.record<KeptDetail>(owner, detailName(request))
      if (!kept) throw error
      return { ...kept.detail, documentsAt: kept.documentsAt, fromCache: true }
    }
  }

  async #owner(): Promise<CacheOwner | null> {
    return this.#keys.owner().catch(() => null)
  }
}

const detailName = ({ company, year, key }: VoucherRequest) => `detail:${company}/${year}/${key}`
