import type { Clock } from '../../shared/clock.ts'
import { type ErrorCode, toWireError, UnderlagError, type WireError } from '../../shared/errors.ts'
import type { Vault } from '../vault/vault.ts'
import { type AuthoriseDeps, renewTokens, revokeTokens } from './authorise.ts'
import type { FortnoxConfig } from './config.ts'
import { Slots, windowMs } from './slots.ts'
import type { FortnoxTokens, Priority } from './types.ts'

/** What the gateway remembers between lives. */
export interface GatewayState {
  /** Ciphertext of the tokens, and their version: it rises with each renewal. */
  token: { sealed: string; version: number } | null
  /** Why the connection is broken, once it is. */
  broken: WireError | null
  /** The way of fetching files that worked last. */
  fileWay: string | null
  /** Requests may have been under way until then, ms. */
  busyUntil: number
}

export interface GatewayStore {
  read(): Promise<GatewayState>
  write(change: Partial<GatewayState>): Promise<void>
  clear(): Promise<void>
}

/** The copy: written after the store, read only when the store is empty (KV may be a minute old). */
export interface TokenCopy {
  read(tenant: number): Promise<GatewayState['token']>
  write(tenant: number, token: NonNullable<GatewayState['token']>): Promise<void>
  remove(tenant: number): Promise<void>
}

export interface GatewayDeps extends AuthoriseDeps {
  config: FortnoxConfig
  vault: Vault
  store: GatewayStore
  copy: TokenCopy
}

/** Leave to make one request, with what it needs. */
export interface Permit {
  id: number
  accessToken: string
  version: number
  fileWay: string | null
}

/** A token that ends within this time is renewed first, ms. */
const margin = 60_000
/** After a renewal that could not be decided, the next one waits this long, ms. */
const cooldown = 2_000
/** How far ahead the store says "busy", ms; twice what a slot needs, so that it is written at most every 5 s. */
const busyStep = 10_000

/** Words of the authorization server that say which of Fortnox' requirements is gone; all others: the consent is. */
const lapses: Record<string, ErrorCode> = {
  error_missing_license: 'missing_bookkeeping',
  error_missing_app_license: 'missing_integration_licence',
}

/**
 * One connection's gateway, apart from the Durable Object that runs it: alone renews the token and hands out permits. It
 * stores a new token before anybody uses it, and renews once however many ask.
 */
export class GatewayCore {
  readonly #deps: GatewayDeps
  readonly #clock: Clock
  #state: Promise<GatewayState> | null = null
  #slots: Slots | null = null
  #tokens: { version: number; tokens: FortnoxTokens } | null = null
  #renewing: Promise<void> | null = null
  #notBefore = 0

  constructor(deps: GatewayDeps) {
    this.#deps = deps
    this.#clock = deps.clock
  }

  /**
   * Waits for a slot and gives a permit with a token that holds now.
   *
   * @throws `connection_inactive` without tokens; `consent_revoked` or `missing_*` once broken; `fortnox_unreachable`
   */
  async permit(tenant: number, priority: Priority): Promise<Permit> {
    await this.#usable(tenant)
    const slots = await this.#slotsOf()
    const id = await slots.take(priority)
    try {
      const { version, tokens } = await this.#usable(tenant)
      const state = await this.#load()
      if (state.busyUntil < this.#clock.now() + busyStep / 2) {
        await this.#change({ busyUntil: this.#clock.now() + busyStep })
      }
      return { id, accessToken: tokens.accessToken, version, fileWay: state.fileWay }
    } catch (error) {
      slots.giveBack(id)
      throw error
    }
  }

  async answered(permit: number): Promise<void> {
    ;(await this.#slotsOf()).answered(permit)
  }

  async giveBack(permit: number): Promise<void> {
    ;(await this.#slotsOf()).giveBack(permit)
  }

  /** Fortnox answered 429: nobody asks for `ms`. */
  async pause(ms: number): Promise<void> {
    ;(await this.#slotsOf()).pause(ms)
  }

  /** Fortnox answered 401 to a token of this version: it is renewed, unless somebody has already. */
  async refused(tenant: number, version: number): Promise<void> {
    const current = await this.#current(tenant)
    if (current.version === version) await this.#renew(tenant)
  }

  async rememberFileWay(way: string): Promise<void> {
    if ((await this.#load()).fileWay !== way) await this.#change({ fileWay: way })
  }

  /** A new approval: its tokens replace what there was, and what was broken is mended. */
  async adopt(tenant: number, tokens: FortnoxTokens): Promise<void> {
    const state = await this.#load()
    await this.#keep(tenant, tokens, (state.token?.version ?? 0) + 1)
  }

  /** No integration uses the tenant any more: tokens are revoked and deleted everywhere. */
  async forget(tenant: number): Promise<void> {
    const held = await this.#current(tenant).catch(() => null)
    if (held) await revokeTokens(this.#deps.config, held.tokens, this.#deps)
    await this.#deps.copy.remove(tenant)
    await this.#deps.store.clear()
    this.#state = null
    this.#tokens = null
  }

  /** Why the connection is broken, or null. */
  async broken(): Promise<WireError | null> {
    return (await this.#load()).broken
  }

  async #usable(tenant: number) {
    const held = await this.#current(tenant)
    if (held.tokens.expiresAt - margin > this.#clock.now()) return held
    await this.#renew(tenant)
    return this.#current(tenant)
  }

  async #current(tenant: number): Promise<{ version: number; tokens: FortnoxTokens }> {
    const state = await this.#load()
    if (state.broken) throw new UnderlagError(state.broken.code, state.broken.data)
    const token = state.token ?? (await this.#fromCopy(tenant))
    if (!token) throw new UnderlagError('connection_inactive')
    if (this.#tokens?.version !== token.version) {
      const tokens = (await this.#deps.vault.open(tenant, token.sealed)) as FortnoxTokens
      this.#tokens = { version: token.version, tokens }
    }
    return this.#tokens
  }

  async #fromCopy(tenant: number): Promise<GatewayState['token']> {
    const token = await this.#deps.copy.read(tenant)
    // Empty storage does not tell either what was asked of Fortnox lately.
    if (token) await this.#change({ token, busyUntil: this.#clock.now() + windowMs })
    return token
  }

  /** One renewal at a time: whoever comes meanwhile waits for the same one. */
  #renew(tenant: number): Promise<void> {
    this.#renewing ??= this.#renewNow(tenant).finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #renewNow(tenant: number): Promise<void> {
    if (this.#clock.now() < this.#notBefore) await this.#clock.sleep(this.#notBefore - this.#clock.now())
    const { version, tokens } = await this.#current(tenant)
    try {
      const renewal = await renewTokens(this.#deps.config, tenant, tokens, this.#deps)
      if ('tokens' in renewal) return await this.#keep(tenant, renewal.tokens, version + 1)
      // Somebody else may have renewed: read the store again before giving the connection up.
      this.#state = null
      const stored = (await this.#load()).token
      if (stored && stored.version !== version) return
      const reason: WireError = { code: lapses[renewal.refused] ?? 'consent_revoked', data: {} }
      await this.#change({ broken: reason })
      this.#slots?.refuseAll(new UnderlagError(reason.code))
      throw new UnderlagError(reason.code)
    } catch (error) {
      if (toWireError(error).code === 'fortnox_unreachable') this.#notBefore = this.#clock.now() + cooldown
      throw error
    }
  }

  async #keep(tenant: number, tokens: FortnoxTokens, version: number): Promise<void> {
    const token = { sealed: await this.#deps.vault.seal(tenant, tokens), version }
    await this.#change({ token, broken: null })
    this.#tokens = { version, tokens }
    await this.#deps.copy.write(tenant, token).catch((error) => console.error('token copy', error))
  }

  #load(): Promise<GatewayState> {
    this.#state ??= this.#deps.store.read()
    return this.#state
  }

  async #change(change: Partial<GatewayState>): Promise<void> {
    await this.#deps.store.write(change)
    this.#state = Promise.resolve({ ...(await this.#load()), ...change })
  }

  async #slotsOf(): Promise<Slots> {
    const { busyUntil } = await this.#load()
    this.#slots ??= new Slots(this.#clock, Math.min(busyUntil, this.#clock.now() + windowMs))
    return this.#slots
  }
}
