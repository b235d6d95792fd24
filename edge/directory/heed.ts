import { type ErrorCode, toWireError, type WireError } from '../../shared/errors.ts'
import { markBroken } from './integrations.ts'

/** What says that the connection itself has ended, not that one request failed. A new approval is always the way back. */
const ends: ReadonlySet<ErrorCode> = new Set([
  'connection_broken',
  'connection_inactive',
  'consent_revoked',
  'missing_integration_licence',
  'missing_system_administrator',
  'missing_bookkeeping',
])

/**
 * Asks Fortnox. When that shows that the tenant's connection has ended, every integration that uses it says so from then
 * on, with the reason; the error goes on to the caller.
 */
export async function heedBroken<T>(db: D1Database, tenant: number, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const wire = toWireError(error)
    if (ends.has(wire.code)) await markBroken(db, tenant, reasonOf(wire))
    throw error
  }
}

/** The gateway holds no tokens though there is a connection: they were lost, nobody has failed to approve. */
function reasonOf(error: WireError): WireError {
  return error.code === 'connection_inactive' ? { code: 'connection_broken', data: {} } : error
}
