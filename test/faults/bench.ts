import type { FortnoxConfig, FortnoxVariables } from '../../edge/fortnox/config.ts'
import { createFortnox } from '../../edge/fortnox/fortnox.ts'
import {
  GatewayCore,
  type GatewayState,
  type GatewayStore,
  type TokenCopy,
} from '../../edge/fortnox/gateway-core.ts'
import type { PermitOffice, RequestDeps } from '../../edge/fortnox/request.ts'
import type { Fortnox, FortnoxTokens, Priority } from '../../edge/fortnox/types.ts'
import { openVault, type Vault } from '../../edge/vault/vault.ts'
import { toWireError } from '../../shared/errors.ts'
import {
  createSandbox,
  defaultClientId,
  defaultClientSecret,
  defaultRedirectUri,
  defaultScopes,
  type Sandbox,
  type SandboxOptions,
} from '../fortnox/index.ts'
import { type Kept, readYear } from './ledger.ts'
import { VirtualClock } from './virtual.ts'

export const start = Date.parse('2026-11-20T21:00:00Z')
export const config: FortnoxConfig = {
  authOrigin: 'https://apps.fortnox.se',
  apiOrigin: 'https://api.fortnox.se',
  clientId: defaultClientId,
  clientSecret: defaultClientSecret,
  redirectUri: `${new URL(defaultRedirectUri).origin}/consent/callback`,
}

/** A gateway's storage in memory; `writes` is what was stored, in order. */
export class MemoryStore implements GatewayStore {
  state: GatewayState = { token: null, broken: null, fileWay: null, busyUntil: 0 }
  readonly writes: Partial<GatewayState>[] = []
  read = async () => ({ ...this.state })
  write = async (change: Partial<GatewayState>) => {
    this.writes.push(change)
    this.state = { ...this.state, ...change }
  }
  clear = async () => {
    this.state = { token: null, broken: null, fileWay: null, busyUntil: 0 }
  }
}

export class MemoryCopy implements TokenCopy {
  readonly tokens = new Map<number, NonNullable<GatewayState['token']>>()
  read = async (tenant: number) => this.tokens.get(tenant) ?? null
  write = async (tenant: number, token: NonNullable<GatewayState['token']>) => {
    this.tokens.set(tenant, token)
  }
  remove = async (tenant: number) => {
    this.tokens.delete(tenant)
  }
}

export interface BenchOptions extends SandboxOptions {
  seed?: number
  tenant?: number
  /** One of the sandbox's years; default the company's last. */
  year?: number
  account?: 'service' | 'user'
  scopes?: readonly string[]
}

/**
 * Sandbox, gateway and client in one process, all on one virtual clock: what the worker and its Durable Object do, without
 * sockets and without waiting.
 */
export class Bench {
  readonly clock: VirtualClock
  readonly sandbox: Sandbox
  readonly store = new MemoryStore()
  readonly copy = new MemoryCopy()
  readonly vault: Vault
  readonly tenant: number
  readonly year: number
  readonly options: BenchOptions
  core: GatewayCore
  kept: Kept | null = null

  constructor(options: BenchOptions = {}) {
    const { seed = 1, tenant, year, account, scopes, ...sandbox } = options
    this.options = options
    this.clock = new VirtualClock(start, seed)
    this.sandbox = createSandbox({ clock: this.clock, random: this.clock.random, ...sandbox })
    const company = this.sandbox.company(tenant)
    this.tenant = company.tenant
    this.year = year ?? company.books.years.at(-1)!.id
    const vault = openVault(`k1:${'A'.repeat(43)}`)
    this.vault = {
      seal: (of, secret) => this.clock.outside(vault.seal(of, secret)),
      open: (of, sealed) => this.clock.outside(vault.open(of, sealed)),
    }
    this.core = this.#gateway()
  }

  fetch: typeof fetch = (input, init) => this.sandbox.fetch(new Request(input as string | URL, init))

  #gateway(): GatewayCore {
    return new GatewayCore({
      fetch: this.fetch,
      clock: this.clock,
      config,
      vault: this.vault,
      store: this.store,
      copy: this.copy,
    })
  }

  /** The object is gone from memory; what it stored is not. */
  evict(): void {
    this.core = this.#gateway()
  }

  /** Tokens as an approval gives them. */
  consent(): FortnoxTokens {
    const { account = 'service', scopes = defaultScopes } = this.options
    const { accessToken, refreshToken, expiresIn, scope } = this.sandbox.tokens(this.tenant, {
      account,
      scopes,
    })
    const expiresAt = this.clock.now() + expiresIn * 1000
    return { accessToken, refreshToken, expiresAt, scope: scope.split(' '), account }
  }

  async approve(): Promise<void> {
    await this.clock.run(this.core.adopt(this.tenant, this.consent()))
  }

  office(): PermitOffice & { lastWay: () => string | null } {
    let fileWay: string | null = null
    return {
      lastWay: () => fileWay,
      permit: async (priority) => {
        const permit = await this.core.permit(this.tenant, priority)
        fileWay = permit.fileWay
        return permit
      },
      answered: (permit) => this.core.answered(permit),
      giveBack: (permit) => this.core.giveBack(permit),
      pause: (ms) => this.core.pause(ms),
      refused: (version) => this.core.refused(this.tenant, version),
      rememberFileWay: (way) => {
        fileWay = way
        return this.core.rememberFileWay(way)
      },
    }
  }

  /** The worker's variables that say how it is known to Fortnox. */
  variables(): FortnoxVariables {
    return {
      EDGE_ORIGIN: new URL(config.redirectUri).origin,
      FORTNOX_AUTH_ORIGIN: config.authOrigin,
      FORTNOX_API_ORIGIN: config.apiOrigin,
      FORTNOX_CLIENT_ID: config.clientId,
      FORTNOX_CLIENT_SECRET: config.clientSecret,
    }
  }

  deps(priority: Priority = 'background'): RequestDeps & { office: { lastWay: () => string | null } } {
    const { apiOrigin } = config
    return { apiOrigin, fetch: this.fetch, clock: this.clock, office: this.office(), priority }
  }

  fortnox(priority: Priority = 'background'): Fortnox {
    return createFortnox(this.deps(priority))
  }

  /**
   * One sync of the year: the new year is kept, or the old one stays.
   *
   * @returns null, or the code that the sync ended with
   */
  async syncOnce(): Promise<string | null> {
    try {
      this.kept = await this.clock.run(readYear(this.fortnox(), this.year))
      return null
    } catch (error) {
      const { code } = toWireError(error)
      if (code === 'internal') throw error
      return code
    }
  }
}

/** A bench with a company that has every special case, approved. */
export async function approvedBench(options: BenchOptions = {}): Promise<Bench> {
  const bench = new Bench({ vouchers: 90, ...options })
  await bench.approve()
  return bench
}
