import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { loginPage } from './page.ts'
import { type User, users } from './users.ts'

export interface IdentityOptions {
  host?: string
  port?: number
  clientId?: string
  clientSecret?: string
  /** Where the edge takes the member back: `EDGE_ORIGIN/session/callback`. */
  redirectUris: string[]
}

export interface RunningIdentity {
  url: string
  users: readonly User[]
  close(): Promise<void>
}

export const identityClient = { id: 'underlag-edge', secret: 'underlag-edge-local-secret' }

/** A real OpenID provider (the oidc-provider package) with a few made-up members of two firms. For local use only. */
export async function startIdentity(options: IdentityOptions): Promise<RunningIdentity> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const url = `http://${host}:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, configuration(options))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      interact(provider, request, response).catch((error) => {
        response.statusCode = 400
        response.end(String(error))
      })
    } else answer(request, response)
  })
  return {
    url,
    users,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configuration({ clientId, clientSecret, redirectUris }: IdentityOptions): Configuration {
  return {
    clients: [
      {
        client_id: clientId ?? identityClient.id,
        client_secret: clientSecret ?? identityClient.secret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'firm_id', 'firm_name'], email: ['email'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['local-use-only'] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_: KoaContextWithOIDC, id: string) => {
      const user = users.find(({ login }) => login === id)
      return (
        user && {
          accountId: id,
          claims: async () => ({
            sub: id,
            name: user.name,
            email: user.email,
            firm_id: user.firm.id,
            firm_name: user.firm.name,
          }),
        }
      )
    },
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  }
}

/** The sign-in page, and what its form says. Any of the listed members with the password printed at start. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response)
  if (request.method !== 'POST') return page(response, 200, loginPage(users, null))
  const form = new URLSearchParams(await bodyOf(request))
  const user = users.find(
    ({ login, password }) => login === form.get('login') && password === form.get('password'),
  )
  if (!user) return page(response, 401, loginPage(users, 'Fel användarnamn eller lösenord.'))
  await provider.interactionFinished(request, response, { login: { accountId: user.login } })
}

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(html)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
