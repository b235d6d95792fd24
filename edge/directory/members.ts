import type { Clock } from '../../shared/clock.ts'
import type { Member } from './types.ts'

/** What the identity provider says of the person who signed in. */
export interface Identity {
  issuer: string
  subject: string
  name: string
  email: string
  firm: { claim: string; name: string }
}

/** The member and firm of an identity, made at the first sign-in; names follow the identity provider. */
export async function signInMember(db: D1Database, clock: Clock, identity: Identity): Promise<Member> {
  const now = clock.now()
  await db.batch([
    db
      .prepare(
        `INSERT INTO firm (id, issuer, claim, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (issuer, claim) DO UPDATE SET name = excluded.name`,
      )
      .bind(crypto.randomUUID(), identity.issuer, identity.firm.claim, identity.firm.name, now),
    db
      .prepare(
        `INSERT INTO member (id, firm, issuer, subject, name, email, created_at)
         SELECT ?1, firm.id, ?2, ?3, ?4, ?5, ?6 FROM firm WHERE firm.issuer = ?2 AND firm.claim = ?7
         ON CONFLICT (issuer, subject) DO UPDATE SET firm = excluded.firm, name = excluded.name, email = excluded.email`,
      )
      .bind(
        crypto.randomUUID(),
        identity.issuer,
        identity.subject,
        identity.name,
        identity.email,
        now,
        identity.firm.claim,
      ),
  ])
  const row = await db
    .prepare('SELECT id FROM member WHERE issuer = ?1 AND subject = ?2')
    .bind(identity.issuer, identity.subject)
    .first<{ id: string }>()
  return (await findMember(db, row!.id))!
}

/** The member, or null when there is none (any more). */
export async function findMember(db: D1Database, id: string): Promise<Member | null> {
  return db
    .prepare(
      `SELECT member.id, member.firm, firm.name AS firmName, member.name, member.email
       FROM member JOIN firm ON firm.id = member.firm WHERE member.id = ?1`,
    )
    .bind(id)
    .first<Member>()
}

/** The key of the member's cache on one device: 32 random bytes, base64url, made at the first call. */
export async function cacheKey(
  db: D1Database,
  clock: Clock,
  member: string,
  device: string,
): Promise<string> {
  const made = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const row = await db
    .prepare(
      `INSERT INTO cache_key (member, device, key, created_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (member, device) DO UPDATE SET device = excluded.device RETURNING key`,
    )
    .bind(member, device, made, clock.now())
    .first<{ key: string }>()
  return row!.key
}

/** Forgets the device's cache key: what the device kept can no longer be opened. */
export async function dropCacheKey(db: D1Database, member: string, device: string): Promise<void> {
  await db.prepare('DELETE FROM cache_key WHERE member = ?1 AND device = ?2').bind(member, device).run()
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
