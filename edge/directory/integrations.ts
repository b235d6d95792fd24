import type { Clock } from '../../shared/clock.ts'
import type { MissingPart } from '../../shared/contract/types.ts'
import type { WireError } from '../../shared/errors.ts'
import type { FortnoxCompany } from '../fortnox/types.ts'
import type { Connection, Integration, Member } from './types.ts'

interface Row {
  id: string
  firm: string
  company: string
  name: string
  ledger: 'LEDGER'
  last_refusal: string | null
  tenant: number | null
  organisation_number: string | null
  connection_name: string | null
  state: Connection['state'] | null
  reason: string | null
  missing: string | null
  connected_at: number | null
}

const select = `SELECT i.id, i.firm, i.company, i.name, i.ledger, i.last_refusal, c.tenant, c.organisation_number,
  c.name AS connection_name, c.state, c.reason, c.missing, c.connected_at
  FROM integration i LEFT JOIN connection c ON c.tenant = i.connection`

function integrationOf(row: Row): Integration {
  return {
    id: row.id,
    firm: row.firm,
    company: row.company,
    name: row.name,
    ledger: row.ledger,
    lastRefusal: row.last_refusal ? (JSON.parse(row.last_refusal) as WireError) : null,
    connection:
      row.tenant === null
        ? null
        : {
            tenant: row.tenant,
            organisationNumber: row.organisation_number!,
            name: row.connection_name!,
            state: row.state!,
            reason: row.reason ? (JSON.parse(row.reason) as WireError) : null,
            missing: JSON.parse(row.missing!) as MissingPart[],
            connectedAt: row.connected_at!,
          },
  }
}

export async function integrationsOfFirm(db: D1Database, firm: string): Promise<Integration[]> {
  const { results } = await db.prepare(`${select} WHERE i.firm = ?1 ORDER BY i.name`).bind(firm).all<Row>()
  return results.map(integrationOf)
}

export async function findIntegration(
  db: D1Database,
  firm: string,
  company: string,
): Promise<Integration | null> {
  const row = await db
    .prepare(`${select} WHERE i.firm = ?1 AND i.company = ?2`)
    .bind(firm, company)
    .first<Row>()
  return row && integrationOf(row)
}

export async function integrationById(db: D1Database, id: string): Promise<Integration | null> {
  const row = await db.prepare(`${select} WHERE i.id = ?1`).bind(id).first<Row>()
  return row && integrationOf(row)
}

/** A member says that this is the company; again: its name changes. */
export async function confirmCompany(
  db: D1Database,
  clock: Clock,
  member: Member,
  company: string,
  name: string,
): Promise<Integration> {
  const now = clock.now()
  await db.batch([
    db
      .prepare('INSERT INTO company (organisation_number, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING')
      .bind(company, now),
    db
      .prepare(
        `INSERT INTO integration (id, firm, company, name, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (firm, company) DO UPDATE SET name = excluded.name`,
      )
      .bind(crypto.randomUUID(), member.firm, company, name, member.id, now),
  ])
  return (await findIntegration(db, member.firm, company))!
}

/**
 * After an approval: the connection is active (again) and the integration uses it; cron looks at it from now on.
 *
 * @returns tenants that no integration uses any more, since this one came from them: their tokens are to be forgotten
 */
export async function connect(
  db: D1Database,
  clock: Clock,
  integration: string,
  company: FortnoxCompany,
): Promise<number[]> {
  const now = clock.now()
  const [, , left] = await db.batch<{ tenant: number }>([
    db
      .prepare(
        `INSERT INTO connection (tenant, organisation_number, name, state, connected_at) VALUES (?1, ?2, ?3, 'active', ?4)
         ON CONFLICT (tenant) DO UPDATE SET organisation_number = excluded.organisation_number, name = excluded.name,
           state = 'active', reason = NULL, missing = '[]', connected_at = excluded.connected_at`,
      )
      .bind(company.tenant, company.organisationNumber, company.name, now),
    db
      .prepare('UPDATE integration SET connection = ?2, last_refusal = NULL, due_at = ?3 WHERE id = ?1')
      .bind(integration, company.tenant, now),
    db.prepare(
      'DELETE FROM connection WHERE NOT EXISTS (SELECT 1 FROM integration WHERE connection = tenant) RETURNING tenant',
    ),
  ])
  return left!.results.map(({ tenant }) => tenant)
}

/** Ends the integration's use of its connection. Answers whether another integration still uses the tenant. */
export async function disconnect(db: D1Database, integration: Integration): Promise<{ stillUsed: boolean }> {
  const tenant = integration.connection?.tenant
  if (tenant === undefined) return { stillUsed: false }
  const [, , used] = await db.batch<{ used: number }>([
    db
      .prepare('UPDATE integration SET connection = NULL, due_at = NULL, last_refusal = NULL WHERE id = ?1')
      .bind(integration.id),
    db
      .prepare(
        'DELETE FROM connection WHERE tenant = ?1 AND NOT EXISTS (SELECT 1 FROM integration WHERE connection = ?1)',
      )
      .bind(tenant),
    db.prepare('SELECT COUNT(*) AS used FROM integration WHERE connection = ?1').bind(tenant),
  ])
  return { stillUsed: (used!.results[0]?.used ?? 0) > 0 }
}

/** The connection stopped working: every integration that uses it shows why. */
export async function markBroken(db: D1Database, tenant: number, reason: WireError): Promise<void> {
  await db
    .prepare(`UPDATE connection SET state = 'broken', reason = ?2 WHERE tenant = ?1 AND state = 'active'`)
    .bind(tenant, JSON.stringify(reason))
    .run()
}

export async function setMissing(db: D1Database, tenant: number, missing: MissingPart[]): Promise<void> {
  await db
    .prepare('UPDATE connection SET missing = ?2 WHERE tenant = ?1 AND missing <> ?2')
    .bind(tenant, JSON.stringify(missing))
    .run()
}

export async function setRefusal(
  db: D1Database,
  integration: string,
  refusal: WireError | null,
): Promise<void> {
  await db
    .prepare('UPDATE integration SET last_refusal = ?2 WHERE id = ?1')
    .bind(integration, refusal && JSON.stringify(refusal))
    .run()
}

/** True when any firm's integration uses the tenant. */
export async function tenantInUse(db: D1Database, tenant: number): Promise<boolean> {
  const row = await db.prepare('SELECT 1 FROM integration WHERE connection = ?1 LIMIT 1').bind(tenant).first()
  return row !== null
}

/** Integrations that cron should look at, the longest waiting first; each is put off to `next` in the same step. */
export async function takeDue(
  db: D1Database,
  now: number,
  next: number,
  limit: number,
): Promise<Integration[]> {
  const { results } = await db
    .prepare(
      `UPDATE integration SET due_at = ?2 WHERE id IN
         (SELECT i.id FROM integration i JOIN connection c ON c.tenant = i.connection AND c.state = 'active'
          WHERE i.due_at <= ?1 ORDER BY i.due_at LIMIT ?3) RETURNING id`,
    )
    .bind(now, next, limit)
    .all<{ id: string }>()
  const found = await db
    .prepare(`${select} WHERE i.id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(results.map(({ id }) => id)))
    .all<Row>()
  return found.results.map(integrationOf)
}
