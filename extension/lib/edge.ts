import { createEdgeClient, type EdgeClient } from '../../shared/contract/client.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { accessToken, renewAfterRefusal, storedAccess } from '../features/session/tokens.ts'
import { edgeAddress } from './settings.ts'

/** The background's client of the edge: address and session looked up for every call. */
export const edge: EdgeClient = {
  json: async (name, input) => (await client()).json(name, input),
  bytes: async (name, input) => (await client()).bytes(name, input),
}

async function client(): Promise<EdgeClient> {
  const [{ origin }, stored] = await Promise.all([edgeAddress(), storedAccess()])
  if (!origin) throw new UnderlagError('edge_unreachable')
  return createEdgeClient(origin, () => accessToken(origin, stored), fetchWithSession(origin))
}

/** A token may be refused before its time (key rotation, a restarted edge): renew once, then ask once more. */
function fetchWithSession(origin: string): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.status !== 401 || init?.body instanceof ReadableStream) return response
    const headers = new Headers(init?.headers)
    const refused = headers.get('authorization')?.replace('Bearer ', '') ?? ''
    const token = await renewAfterRefusal(origin, refused)
    if (!token) return response
    headers.set('authorization', `Bearer ${token}`)
    return fetch(input, { ...init, headers })
  }
}
