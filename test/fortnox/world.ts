/** Everything that one sandbox holds, as its parts see it. */

import type { SandboxClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Company, User } from './model.ts'
import type { Random } from './numbers.ts'
import type { OAuthState } from './oauth/state.ts'
import type { Settings } from './settings.ts'
import type { RateLimit, Traffic } from './traffic.ts'

/** An integration as registered in the developer portal. */
export interface Client {
  /** As the approval page shows it. */
  name: string
  id: string
  secret: string
  /** The first is the default. Loopback addresses are accepted besides. */
  redirectUris: string[]
  /** What it may ask for. */
  scopes: string[]
  /** Whether `account_type=service` is enabled for it. */
  serviceAccounts: boolean
}

export interface World {
  readonly settings: Settings
  readonly clock: SandboxClock
  readonly random: Random
  readonly companies: Map<number, Company>
  readonly users: User[]
  readonly client: Client
  /** Null lets everything through. */
  readonly rateLimit: RateLimit | null
  readonly oauth: OAuthState
  readonly traffic: Traffic
  readonly faults: Faults
  /** How often Fortnox was asked to act, by action (`email`, `print`, `POST` …). */
  readonly actions: Map<string, number>
  /** What `@url` begins with. */
  readonly apiOrigin: string
}
