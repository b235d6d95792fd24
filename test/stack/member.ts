import { createHash, randomBytes } from 'node:crypto'
import { createEdgeClient, type EdgeClient } from '../../shared/contract/client.ts'
import { extensionClientId, sessionPaths } from '../../shared/contract/session.ts'
import type { CompanyState, SyncState } from '../../shared/contract/types.ts'
import { Browser } from './browser.ts'
import { extensionRedirects } from './extension.ts'
import type { Stack } from './stack.ts'

/** A member at the edge's API, signed in the way the extension does it, over HTTP. */
export interface Member {
  client: EdgeClient
  accessToken: string
}

/** Signs a member of the local identity provider in: discovery left out, else as extension/features/session. */
export async function signInMember(stack: Pick<Stack, 'edge'>, login: string): Promise<Member> {
  const browser = new Browser()
  const verifier = randomBytes(32).toString('base64url')
  const redirect = extensionRedirects[0]!
  const url = new URL(sessionPaths.authorize, stack.edge.url)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: extensionClientId,
    redirect_uri: redirect,
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const page = await browser.open(url.href)
  const ended = await browser.open(page.url, { login, password: login })
  const code = new URL(ended.url).searchParams.get('code')
  if (!code) throw new Error(`sign-in ended at ${ended.url} ${ended.body.slice(0, 500)}`)
  const answer = await fetch(new URL(sessionPaths.token, stack.edge.url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      client_id: extensionClientId,
      code_verifier: verifier,
    }),
  })
  const tokens = (await answer.json()) as { access_token?: string }
  if (!tokens.access_token) throw new Error(`no token: ${JSON.stringify(tokens)}`)
  const { access_token: accessToken } = tokens
  return { accessToken, client: createEdgeClient(stack.edge.url, async () => accessToken) }
}

/** Opens the consent link, chooses "Ge behörighet", and approves at the sandbox as `user` for `tenant`. */
export async function approve(
  stack: Pick<Stack, 'sandbox'>,
  link: string,
  choice: { user?: string; tenant?: number; deny?: boolean } = {},
  language = 'sv',
): Promise<{ status: number; body: string }> {
  const browser = new Browser({ 'accept-language': language })
  await browser.open(link)
  const atFortnox = await browser.open(link, {}, { follow: false })
  const back = stack.sandbox.sandbox.approve(atFortnox.url, choice)
  if (!back) throw new Error('Fortnox shows its own error page')
  return browser.open(back.href)
}

/** Polls until the run has ended. */
export async function ended(
  client: EdgeClient,
  company: string,
  sync: string,
  patience = 60_000,
): Promise<SyncState> {
  const until = Date.now() + patience
  for (;;) {
    const state = await client.json('sync', { params: { company, sync } })
    if (state.state !== 'running') return state
    if (Date.now() > until) throw new Error(`still running: ${JSON.stringify(state)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Confirmed, linked, approved: a company with the green light. */
export async function activate(
  stack: Stack,
  client: EdgeClient,
  company: { organisationNumber: string; name: string; tenant: number; user?: string },
): Promise<CompanyState> {
  const params = { company: company.organisationNumber }
  await client.json('confirmCompany', { params, body: { name: company.name } })
  const link = await client.json('createConsentLink', { params })
  const choice = { tenant: company.tenant, ...(company.user ? { user: company.user } : {}) }
  const page = await approve(stack, link.url, choice)
  const state = await client.json('company', { params })
  if (state.state !== 'active') throw new Error(`not active: ${page.status} ${page.body.slice(0, 2000)}`)
  return state
}
