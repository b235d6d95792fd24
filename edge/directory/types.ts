import type { MissingPart } from '../../shared/contract/types.ts'
import type { WireError } from '../../shared/errors.ts'

/** A firm's user, as the session says and the directory confirms. */
export interface Member {
  id: string
  firm: string
  firmName: string
  name: string
  email: string
}

/** firm + company, and the connection it has, if any. */
export interface Integration {
  /** Also the key of its ledger. */
  id: string
  firm: string
  /** Ten digits. */
  company: string
  name: string
  /** Binding of the database that holds its ledger. */
  ledger: 'LEDGER'
  connection: Connection | null
  lastRefusal: WireError | null
}

/** Our key to one Fortnox tenant. */
export interface Connection {
  tenant: number
  organisationNumber: string
  name: string
  state: 'active' | 'broken'
  reason: WireError | null
  missing: MissingPart[]
  connectedAt: number
}
