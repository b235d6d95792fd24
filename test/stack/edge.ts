import { randomBytes } from 'node:crypto'
import { migratedDatabases } from './databases.ts'
import { answers, type Running, run, startServer } from './processes.ts'

export interface EdgeOptions {
  host: string
  port: number
  /** Where wrangler keeps D1, KV and objects. */
  persistTo: string
  fortnoxUrl: string
  fortnoxClient: { id: string; secret: string }
  identityUrl: string
  identityClient: { id: string; secret: string }
  extensionRedirects: string[]
}

export interface RunningEdge extends Running {
  url: string
  /** SQL against one of the local databases. */
  query<T>(database: 'DIRECTORY' | 'LEDGER', sql: string): Promise<T[]>
  /** Fires the scheduled handler, as Cloudflare's cron would. */
  scheduled(): Promise<Response>
}

/** The real worker in `wrangler dev`, on an address of its own. */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  const { host, port, persistTo } = options
  const url = `http://${host}:${port}`
  await migratedDatabases(persistTo)
  const variables: Record<string, string> = {
    EDGE_ORIGIN: url,
    FORTNOX_AUTH_ORIGIN: options.fortnoxUrl,
    FORTNOX_API_ORIGIN: options.fortnoxUrl,
    FORTNOX_CLIENT_ID: options.fortnoxClient.id,
    FORTNOX_CLIENT_SECRET: options.fortnoxClient.secret,
    IDENTITY_ISSUER: options.identityUrl,
    IDENTITY_CLIENT_ID: options.identityClient.id,
    IDENTITY_CLIENT_SECRET: options.identityClient.secret,
    IDENTITY_FIRM_CLAIM: 'firm_id',
    IDENTITY_FIRM_NAME_CLAIM: 'firm_name',
    EXTENSION_REDIRECTS: options.extensionRedirects.join(' '),
    VAULT_KEYS: `local:${randomBytes(32).toString('base64url')}`,
    LINK_SECRET: randomBytes(32).toString('base64url'),
  }
  const server = startServer('wrangler', [
    'dev',
    ...['--ip', host, '--port', String(port), '--inspector-port', '0', '--persist-to', persistTo],
    ...['--test-scheduled', '--show-interactive-dev-session=false', '--log-level', 'info'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
  ])
  await answers(`${url}/.well-known/oauth-authorization-server`, server)
  return {
    ...server,
    url,
    async query<T>(database: 'DIRECTORY' | 'LEDGER', sql: string) {
      const printed = await run('wrangler', [
        'd1',
        'execute',
        database,
        ...['--local', '--persist-to', persistTo, '--json', '--command', sql],
      ])
      return (JSON.parse(printed.slice(printed.indexOf('['))) as [{ results: T[] }])[0].results
    },
    scheduled: () => fetch(`${url}/__scheduled?cron=*/15+0-5+*+*+*`),
  }
}
