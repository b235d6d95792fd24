/** The sandbox over HTTP: streams bodies as the receiver takes them, and really cuts connections. */

import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { ConnectionLost } from './body.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'

export interface ServeOptions extends SandboxOptions {
  /** 0 (the default) takes a free one. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
}

export interface RunningSandbox {
  /** Without a trailing slash. */
  url: string
  sandbox: Sandbox
  /** Ends open connections too. */
  close(): Promise<void>
}

/** Starts a sandbox on a socket. Rejects when the address is taken. */
export function startSandbox(options: ServeOptions = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox(options)
  const host = options.host ?? '127.0.0.1'
  return new Promise((resolve, reject) => {
    const answer = async (request: Request, env: { outgoing?: ServerResponse }): Promise<Response> => {
      try {
        return await sandbox.fetch(request)
      } catch (error) {
        // Whoever asked has left, or the connection is to be cut: nothing may be written.
        if (!(error instanceof ConnectionLost) && !request.signal.aborted) throw error
        env.outgoing?.destroy()
        return RESPONSE_ALREADY_SENT
      }
    }
    const server = serve(
      { fetch: answer, port: options.port ?? 0, hostname: host, overrideGlobalObjects: false },
      (info: AddressInfo) =>
        resolve({
          url: `http://${host.includes(':') ? `[${host}]` : host}:${info.port}`,
          sandbox,
          close: () =>
            new Promise((done) => {
              server.close(() => done())
              ;(server as Server).closeAllConnections()
            }),
        }),
    )
    server.once('error', reject)
  })
}
