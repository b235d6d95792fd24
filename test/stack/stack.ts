import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startAnalysis } from '../analysis/server.ts'
import {
  defaultClientId,
  defaultClientSecret,
  type RunningSandbox,
  type ServeOptions,
  startSandbox,
} from '../fortnox/index.ts'
import { identityClient, type RunningIdentity, startIdentity } from '../identity/identity.ts'
import { type RunningEdge, startEdge } from './edge.ts'
import { buildExtension, extensionRedirects } from './extension.ts'
import { freePort, localFolder } from './processes.ts'

/** The addresses of `npm start`: one loopback address each, so that cookies and third-party rules are those of real sites. */
export const addresses = {
  sandbox: { host: '127.0.0.1', port: 4010 },
  edge: { host: '127.0.0.2', port: 4020 },
  identity: { host: '127.0.0.3', port: 4030 },
  analysis: { host: '127.0.0.4', port: 4040 },
} as const

export interface StackOptions {
  /** Passed on to the sandbox: books, settings, scale. */
  sandbox?: ServeOptions
  /** True: the addresses above; else free ports of the same hosts. */
  fixedPorts?: boolean
  /** Which browser to build the extension for; null builds none. */
  browser?: 'chrome' | 'firefox' | null
  /** Leaves out the analysis program. */
  analysis?: boolean
}

export interface Stack {
  sandbox: RunningSandbox
  identity: RunningIdentity
  edge: RunningEdge
  analysis: { url: string; close(): Promise<void> } | null
  /** The unpacked extension. */
  extension: string | null
  stop(): Promise<void>
}

/** Everything, running: sandbox, sign-in, edge, analysis program, and the extension built for them. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const port = async (name: keyof typeof addresses) =>
    options.fixedPorts ? addresses[name].port : await freePort(addresses[name].host)
  const edgeAddress = { host: addresses.edge.host, port: await port('edge') }
  const edgeUrl = `http://${edgeAddress.host}:${edgeAddress.port}`
  const persistTo = mkdtempSync(join(localFolder('stacks'), 'edge-'))
  const started: (() => Promise<void>)[] = [async () => rmSync(persistTo, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end()
  }
  try {
    const sandbox = await startSandbox({
      ...options.sandbox,
      host: addresses.sandbox.host,
      port: await port('sandbox'),
      client: { ...options.sandbox?.client, redirectUris: [`${edgeUrl}/consent/callback`] },
    })
    started.push(() => sandbox.close())
    const identity = await startIdentity({
      host: addresses.identity.host,
      port: await port('identity'),
      redirectUris: [`${edgeUrl}/session/callback`],
    })
    started.push(() => identity.close())
    const [edge, extension, analysis] = await Promise.all([
      startEdge({
        ...edgeAddress,
        persistTo,
        fortnoxUrl: sandbox.url,
        fortnoxClient: { id: defaultClientId, secret: defaultClientSecret },
        identityUrl: identity.url,
        identityClient,
        extensionRedirects,
      }).then((edge) => {
        started.push(() => edge.stop())
        return edge
      }),
      options.browser === null ? null : buildExtension(options.browser ?? 'chrome', edgeUrl),
      options.analysis === false
        ? null
        : startAnalysis({ host: addresses.analysis.host, port: await port('analysis') }).then((analysis) => {
            started.push(() => analysis.close())
            return analysis
          }),
    ])
    return { sandbox, identity, edge, analysis, extension, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
