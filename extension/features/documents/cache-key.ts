import type { EdgeClient } from '../../../shared/contract/client.ts'
import type { CacheOwner } from '../../lib/cache/cache.ts'
import { importKey } from '../../lib/cache/cipher.ts'

interface KeptKey {
  member: string
  key: string
}

const name = 'cacheKey'

/** What the key needs of the extension. `session` is emptied when the browser closes. */
export interface KeySources {
  edge: EdgeClient
  device(): Promise<string>
  session: {
    remove(name: string): Promise<void>
    get(name: string): Promise<Record<string, unknown>>
    set(values: Record<string, unknown>): Promise<void>
  }
}

/**
 * The key of this member's cache on this device. The edge keeps it; here it lies in `storage.session` alone, so that
 * cached documents open with the edge stopped while the browser runs, and nothing on disk opens them after sign-out.
 */
export class CacheKeys {
  readonly #sources: KeySources
  #owner: Promise<CacheOwner> | null = null

  constructor(sources: KeySources) {
    this.#sources = sources
  }

  /** Throws `not_signed_in` or `edge_unreachable` when there is no key here and none to be had. */
  owner(): Promise<CacheOwner> {
    if (this.#owner) return this.#owner
    const owner = this.#load()
    this.#owner = owner
    owner.catch(() => {
      if (this.#owner === owner) this.#owner = null
    })
    return owner
  }

  async #load(): Promise<CacheOwner> {
    const kept = (await this.#sources.session.get(name))[name] as KeptKey | undefined
    if (kept) return { member: kept.member, key: await importKey(kept.key) }
    const { edge } = this.#sources
    const device = await this.#sources.device()
    const [session, { key }] = await Promise.all([
      edge.json('session'),
      edge.json('cacheKey', { params: { device } }),
    ])
    await this.#sources.session.set({ [name]: { member: session.member.id, key } satisfies KeptKey })
    return { member: session.member.id, key: await importKey(key) }
  }

  /** Sign-out: what the key sealed can no longer be read here. */
  async drop(): Promise<void> {
    this.#owner = null
    await this.#sources.session.remove(name)
  }
}
