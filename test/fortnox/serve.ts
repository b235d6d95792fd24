/** The sandbox over HTTP: streams bodies as the receiver takes them, and really cuts connections. */

import { type Server, ServerResponse } from 'node:http'
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

/** Settles when more can be written, or nothing ever again. */
function room(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.on('drain', done)
    outgoing.on('close', done)
  })
}

/**
 * Writes the answer piece by piece, as fast as the receiver takes it. Headers go out before the body is asked for, so
 * that a body that is cut or stalls is one that had begun; a body that fails takes the connection with it.
 */
async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.flushHeaders()
  const reader = response.body?.getReader()
  const leave = () => void reader?.cancel().catch(() => {})
  outgoing.once('close', leave)
  try {
    for (;;) {
      const next = await reader?.read()
      if (next === undefined || next.done || outgoing.destroyed) break
      if (!outgoing.write(next.value)) await room(outgoing)
    }
    outgoing.end()
  } catch {
    // What was written must reach the receiver before the cut does.
    if (outgoing.writableNeedDrain) await room(outgoing)
    setImmediate(() => outgoing.destroy())
  } finally {
    outgoing.off('close', leave)
  }
}

/** Starts a sandbox on a socket. Rejects when the address is taken, or with a `BooksError`. */
export async function startSandbox(options: ServeOptions = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox(options)
  const host = options.host ?? '127.0.0.1'
  return new Promise((resolve, reject) => {
    const answer = async (request: Request, { outgoing }: { outgoing: unknown }): Promise<Response> => {
      if (!(outgoing instanceof ServerResponse)) throw new TypeError('the sandbox speaks HTTP/1.1')
      try {
        await write(await sandbox.fetch(request), outgoing)
      } catch (error) {
        // Whoever asked has left, or the connection is to be cut: nothing may be written.
        if (!(error instanceof ConnectionLost) && !request.signal.aborted) throw error
        outgoing.destroy()
      }
      return RESPONSE_ALREADY_SENT
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
