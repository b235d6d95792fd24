import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../../shared/clock.ts'
import { toWireError, UnderlagError, type WireError } from '../../shared/errors.ts'
import type { Env } from '../env.ts'
import { openVault } from '../vault/vault.ts'
import { fortnoxConfig } from './config.ts'
import { GatewayCore, type GatewayState, type Permit } from './gateway-core.ts'
import type { FortnoxTokens, Priority } from './types.ts'

/** An error's class does not survive the call into the object; its code and data do. */
export type Told<T> = { value: T } | { error: WireError }

const empty: GatewayState = { token: null, broken: null, fileWay: null, busyUntil: 0 }
const copyKey = (tenant: number) => `token:${tenant}`

/** One per Fortnox tenant (`getByName(String(tenant))`): the only place that renews its token and spends its requests. */
export class Gateway extends DurableObject<Env> {
  readonly #core: GatewayCore

  constructor(context: DurableObjectState, env: Env) {
    super(context, env)
    const { storage } = context
    this.#core = new GatewayCore({
      fetch: (input, init) => fetch(input, init),
      clock: systemClock,
      config: fortnoxConfig(env),
      vault: openVault(env.VAULT_KEYS),
      store: {
        read: async () => ({ ...empty, ...Object.fromEntries(await storage.list()) }),
        write: (change) => storage.put(change),
        clear: () => storage.deleteAll(),
      },
      copy: {
        read: (tenant) => env.TOKENS.get<NonNullable<GatewayState['token']>>(copyKey(tenant), 'json'),
        write: (tenant, token) => env.TOKENS.put(copyKey(tenant), JSON.stringify(token)),
        remove: (tenant) => env.TOKENS.delete(copyKey(tenant)),
      },
    })
  }

  async permit(tenant: number, priority: Priority): Promise<Told<Permit>> {
    return told(() => this.#core.permit(tenant, priority))
  }

  async answered(permit: number): Promise<void> {
    await this.#core.answered(permit)
  }

  async giveBack(permit: number): Promise<void> {
    await this.#core.giveBack(permit)
  }

  async pause(ms: number): Promise<void> {
    await this.#core.pause(ms)
  }

  async refused(tenant: number, version: number): Promise<Told<void>> {
    return told(() => this.#core.refused(tenant, version))
  }

  async rememberFileWay(way: string): Promise<void> {
    await this.#core.rememberFileWay(way)
  }

  async adopt(tenant: number, tokens: FortnoxTokens): Promise<void> {
    await this.#core.adopt(tenant, tokens)
  }

  async forget(tenant: number): Promise<void> {
    await this.#core.forget(tenant)
  }
}

async function told<T>(work: () => Promise<T>): Promise<Told<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (!(error instanceof UnderlagError)) console.error(error)
    return { error: toWireError(error) }
  }
}
