import type { Clock } from '../../shared/clock.ts'
import type { ConsentLink } from '../../shared/contract/types.ts'
import type { ErrorCode, WireError } from '../../shared/errors.ts'
import type { Env } from '../env.ts'

/** How long a consent link holds, ms: long enough for a holiday, short enough to be forgotten safely. */
export const linkLife = 14 * 24 * 3600 * 1000
/** How long the way to Fortnox and back may take, ms. */
export const attemptLife = 3600 * 1000

export interface Link {
  id: string
  integration: string
  expiresAt: number
  withdrawnAt: number | null
  usedAt: number | null
}

const columns = 'id, integration, expires_at AS expiresAt, withdrawn_at AS withdrawnAt, used_at AS usedAt'

/** Why a link does not hold, or null while it does. */
export function linkProblem(
  link: Link | null,
  now: number,
): Extract<ErrorCode, `consent_link_${string}`> | null {
  if (!link) return 'consent_link_unknown'
  if (link.usedAt !== null) return 'consent_link_used'
  if (link.withdrawnAt !== null) return 'consent_link_withdrawn'
  return link.expiresAt <= now ? 'consent_link_expired' : null
}

/** The integration's link that holds, or null. */
export async function holdingLink(env: Env, clock: Clock, integration: string): Promise<ConsentLink | null> {
  const link = await env.DIRECTORY.prepare(
    `SELECT ${columns} FROM consent_link WHERE integration = ?1 AND withdrawn_at IS NULL AND used_at IS NULL AND expires_at > ?2
     ORDER BY created_at DESC LIMIT 1`,
  )
    .bind(integration, clock.now())
    .first<Link>()
  return link && { url: await linkUrl(env, link.id), expiresAt: link.expiresAt }
}

export async function createLink(
  env: Env,
  clock: Clock,
  integration: string,
  member: string,
): Promise<ConsentLink> {
  const id = randomId()
  const now = clock.now()
  await env.DIRECTORY.prepare(
    'INSERT INTO consent_link (id, integration, created_by, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)',
  )
    .bind(id, integration, member, now, now + linkLife)
    .run()
  return { url: await linkUrl(env, id), expiresAt: now + linkLife }
}

export async function withdrawLinks(env: Env, clock: Clock, integration: string): Promise<void> {
  await env.DIRECTORY.prepare(
    'UPDATE consent_link SET withdrawn_at = ?2 WHERE integration = ?1 AND withdrawn_at IS NULL AND used_at IS NULL',
  )
    .bind(integration, clock.now())
    .run()
}

/** The link that a token names, whatever its state; null when the token is none of ours. */
export async function linkOfToken(env: Env, token: string): Promise<Link | null> {
  const [id, mac, ...more] = token.split('.')
  if (!id || !mac || more.length > 0 || !(await sameText(mac, await macOf(env, id)))) return null
  return env.DIRECTORY.prepare(`SELECT ${columns} FROM consent_link WHERE id = ?1`).bind(id).first<Link>()
}

/** `id.mac`: the secret part is derived, so a copy of the database opens no link. */
export async function linkToken(env: Env, id: string): Promise<string> {
  return `${id}.${await macOf(env, id)}`
}

export async function useLink(env: Env, clock: Clock, link: string): Promise<void> {
  await env.DIRECTORY.prepare('UPDATE consent_link SET used_at = ?2 WHERE id = ?1 AND used_at IS NULL')
    .bind(link, clock.now())
    .run()
}

/** Begins an attempt: the state that goes to Fortnox. */
export async function beginAttempt(env: Env, clock: Clock, link: string): Promise<string> {
  const state = randomId()
  await env.DIRECTORY.prepare('INSERT INTO consent_attempt (state, link, created_at) VALUES (?1, ?2, ?3)')
    .bind(await digest(state), link, clock.now())
    .run()
  return state
}

/** The open attempt of a state, with its link; null when unknown, ended or too old. */
export async function openAttempt(env: Env, clock: Clock, state: string): Promise<Link | null> {
  return env.DIRECTORY.prepare(
    `SELECT l.id, l.integration, l.expires_at AS expiresAt, l.withdrawn_at AS withdrawnAt, l.used_at AS usedAt
     FROM consent_attempt a JOIN consent_link l ON l.id = a.link
     WHERE a.state = ?1 AND a.ended_at IS NULL AND a.created_at > ?2`,
  )
    .bind(await digest(state), clock.now() - attemptLife)
    .first<Link>()
}

/** Ends an attempt, once. Answers false when somebody else already did. */
export async function endAttempt(
  env: Env,
  clock: Clock,
  state: string,
  refusal: WireError | null,
): Promise<boolean> {
  const { meta } = await env.DIRECTORY.prepare(
    'UPDATE consent_attempt SET ended_at = ?2, refusal = ?3 WHERE state = ?1 AND ended_at IS NULL',
  )
    .bind(await digest(state), clock.now(), refusal && JSON.stringify(refusal))
    .run()
  return meta.changes > 0
}

/** The newest ended attempt of a link since `after` (ms): what the first page shows beside the window. */
export async function lastRefusal(env: Env, link: string, after: number): Promise<WireError | null> {
  const row = await env.DIRECTORY.prepare(
    `SELECT refusal FROM consent_attempt WHERE link = ?1 AND ended_at > ?2 AND refusal IS NOT NULL
     ORDER BY ended_at DESC LIMIT 1`,
  )
    .bind(link, after)
    .first<{ refusal: string }>()
  return row && (JSON.parse(row.refusal) as WireError)
}

/** Forgets attempts that nobody can come back to, with what was said of them. */
export async function endOldAttempts(env: Env, clock: Clock): Promise<void> {
  await env.DIRECTORY.prepare('DELETE FROM consent_attempt WHERE created_at < ?1')
    .bind(clock.now() - 2 * attemptLife)
    .run()
}

async function linkUrl(env: Env, id: string): Promise<string> {
  return `${env.EDGE_ORIGIN}/consent/${await linkToken(env, id)}`
}

async function macOf(env: Env, id: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(env.LINK_SECRET),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`consent-link ${id}`))
  return base64url(new Uint8Array(mac)).slice(0, 32)
}

async function digest(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** Compares by digest, so that the time taken says nothing about where two texts part. */
export async function sameText(a: string, b: string): Promise<boolean> {
  return (await digest(a)) === (await digest(b))
}

function randomId(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(16)))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
