import { browser } from 'wxt/browser'
import type { Session } from '../../../shared/contract/types.ts'
import { UnderlagError } from '../../../shared/errors.ts'
import { refresh, type Tokens } from './oauth.ts'

/**
 * Where the session lives: the short access token in memory that content scripts cannot read, the refresh token on
 * disk, equally out of their reach. Both belong to one edge; another edge's address finds none.
 */
export interface Stored extends Tokens {
  origin: string
}
const accessKey = 'accessToken'
const refreshKey = 'refreshToken'
const sessionKey = 'session'
/** A token that would end within this time is renewed first, ms. */
const margin = 60_000

let renewing: Promise<string> | null = null

/** Keeps content scripts out of both stores. Called when the background starts. */
export async function restrictStores(): Promise<void> {
  const level = { accessLevel: 'TRUSTED_CONTEXTS' } as const
  await Promise.allSettled([
    browser.storage.session.setAccessLevel?.(level),
    // Chrome has it for storage.local too; Firefox' content scripts are of the extension's own making only.
    (browser.storage.local as { setAccessLevel?: (level: object) => Promise<void> }).setAccessLevel?.(level),
  ])
}

export async function keepTokens(origin: string, tokens: Tokens): Promise<void> {
  await browser.storage.local.set({ [refreshKey]: { origin, token: tokens.refreshToken } })
  await browser.storage.session.set({ [accessKey]: { origin, ...tokens } satisfies Stored })
}

export async function dropTokens(): Promise<void> {
  await Promise.all([
    browser.storage.session.remove([accessKey, sessionKey]),
    browser.storage.local.remove(refreshKey),
  ])
}

/** Remembers who is signed in, for as long as the browser runs. */
export async function keepSession(session: Session): Promise<void> {
  await browser.storage.session.set({ [sessionKey]: session })
}

export async function keptSession(): Promise<Session | null> {
  return ((await browser.storage.session.get(sessionKey))[sessionKey] as Session | undefined) ?? null
}

/** True when a session may exist: no call is needed to know that there is none. */
export async function hasSession(origin: string): Promise<boolean> {
  return (await storedRefreshToken(origin)) !== null
}

/** The access token as it is kept, whatever edge it is for. */
export async function storedAccess(): Promise<Stored | undefined> {
  return (await browser.storage.session.get(accessKey))[accessKey] as Stored | undefined
}

/**
 * A bearer token that holds, renewed when needed. Throws `not_signed_in`, or `edge_unreachable` when it cannot be renewed now.
 *
 * @param stored as {@link storedAccess} gave it just now
 */
export async function accessToken(origin: string, stored: Stored | undefined): Promise<string> {
  if (stored?.origin === origin && stored.expiresAt - margin > Date.now()) return stored.accessToken
  return renew(origin)
}

/** After the edge refused `refused`: a new token, or null when there is none to be had. */
export async function renewAfterRefusal(origin: string, refused: string): Promise<string | null> {
  const stored = await storedAccess()
  if (stored && stored.origin === origin && stored.accessToken !== refused) return stored.accessToken
  return renew(origin).catch(() => null)
}

/** One renewal at a time: refresh tokens are single use. */
function renew(origin: string): Promise<string> {
  renewing ??= renewNow(origin).finally(() => {
    renewing = null
  })
  return renewing
}

async function renewNow(origin: string): Promise<string> {
  const token = await storedRefreshToken(origin)
  if (!token) throw new UnderlagError('not_signed_in')
  try {
    const tokens = await refresh(origin, token)
    await keepTokens(origin, tokens)
    return tokens.accessToken
  } catch (error) {
    if (error instanceof UnderlagError && error.code === 'not_signed_in') await dropTokens()
    throw error
  }
}

async function storedRefreshToken(origin: string): Promise<string | null> {
  const stored = (await browser.storage.local.get(refreshKey))[refreshKey] as
    | { origin: string; token: string }
    | undefined
  return stored?.origin === origin ? stored.token : null
}
