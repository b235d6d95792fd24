/** One request and its answer: what was asked, by whom, which fault strikes it, and how it is sent. */

import type { Context } from 'hono'
import { type Answer, type ByteSource, sourceOf, webPage } from './answer.ts'
import { errorBody, missingBody, phpJson } from './api/json.ts'
import { bodyOf, ConnectionLost, forever } from './body.ts'
import type { SetFault } from './faults.ts'
import type { Company } from './model.ts'
import { hex } from './numbers.ts'
import type { RequestRecord } from './traffic.ts'
import type { World } from './world.ts'

export interface Env {
  Variables: { exchange: Exchange }
}

export interface Caller {
  company: Company
  scopes: readonly string[]
  userId: number
}

/** The exchange of the request at hand. */
export function exchangeOf(c: Context<Env>): Exchange {
  return c.get('exchange')
}

export class Exchange {
  readonly world: World
  readonly record: RequestRecord
  readonly signal: AbortSignal
  /** Query parameters, names in lower case: Fortnox takes them in any case. */
  readonly params: URLSearchParams
  readonly accept: string
  caller: Caller | null = null
  fault: SetFault | null = null
  private readonly began: number
  private answered = false

  constructor(world: World, request: Request) {
    const url = new URL(request.url)
    const path = url.pathname.replace(/(.)\/+$/, '$1')
    this.world = world
    this.record = world.traffic.begin(request.method, path, url.search)
    this.signal = request.signal
    this.accept = request.headers.get('accept') ?? '*/*'
    this.params = new URLSearchParams(
      [...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]),
    )
    this.began = world.clock.now()
  }

  /** The company whose token was sent; only for requests that were let in. */
  get company(): Company {
    if (this.caller === null) throw new Error('this request has not been let in')
    return this.caller.company
  }

  /** A parameter's value; null when absent or empty. */
  param(name: string): string | null {
    const value = this.params.get(name)
    return value === null || value === '' ? null : value
  }

  /** Sends an answer, with Fortnox' headers, counted, and struck by the request's fault if there is one. */
  async send(answer: Answer): Promise<Response> {
    const { world, record, signal, fault } = this
    this.answered = true
    record.status = answer.status
    const struck = this.strike(answer)
    const headers = new Headers({
      Server: 'Fortnox',
      'X-Uid': hex(world.random, 8),
      'X-Build': '16d854443d',
      'X-Rack-Responsetime': String(Math.max(1, Math.round(world.clock.now() - this.began))),
      'Strict-Transport-Security': 'max-age=31536000; includeSubdomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'sameorigin',
      'X-Xss-Protection': '0',
      Vary: 'Accept-Encoding',
      ...struck.headers,
    })
    const body = bodyOf(struck, { record, traffic: world.traffic, clock: world.clock, signal, fault })
    return new Response(record.method === 'HEAD' ? null : body, { status: struck.status, headers })
  }

  /** What the fault makes of an answer. */
  private strike(answer: Answer): Answer {
    if (this.fault === null || answer.status !== 200) return answer
    switch (this.fault.kind) {
      case 'web-page':
        return {
          ...answer,
          headers: { ...answer.headers, 'Content-Length': String(webPage.length) },
          body: webPage,
        }
      case 'truncated':
      case 'malformed-json':
      case 'cut':
      case 'stall': {
        // A length that the body does not keep is another fault, which HTTP itself reports.
        const { 'Content-Length': length, ...headers } = answer.headers
        return this.fault.kind === 'cut' && length !== undefined ? answer : { ...answer, headers }
      }
      default:
        return answer
    }
  }

  /**
   * The faults that come instead of an answer.
   * @returns the answer to give in the handler's place; null to go on
   * @throws {ConnectionLost} for a connection cut before any answer, or the signal's reason
   */
  async preempt(): Promise<Response | null> {
    const { fault, signal } = this
    if (fault === null) return null
    this.record.fault = fault.kind
    const html = { 'Content-Type': 'text/html; charset=UTF-8' }
    switch (fault.kind) {
      case 'rate-limited': {
        const retry = fault.retryAfter
        const date = new Date(this.world.clock.now() + 5000).toUTCString()
        return this.send(this.tooMany(retry === undefined ? null : retry === 'date' ? date : String(retry)))
      }
      case 'status': {
        const status = fault.status ?? 500
        return this.send(
          fault.json
            ? { status, headers: { 'Content-Type': 'application/json' }, body: errorBody(1000003) }
            : { status, headers: html, body: webPage },
        )
      }
      case 'hang':
        return forever(signal)
      case 'reset':
        throw this.lost()
      case 'slow-first-byte':
        await this.world.clock.sleep(fault.delayMs ?? 1000, signal)
        return null
      case 'html':
        return this.send({ status: 200, headers: html, body: webPage })
      case 'error-body':
        return this.send({
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: errorBody(1000003),
        })
      case 'empty':
        return this.send({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '' })
      case 'unauthorized':
        return this.unauthorized()
      case 'invalid-grant':
        return this.send({
          status: 400,
          headers: html,
          body: JSON.stringify({ error: 'invalid_grant', error_description: 'Invalid refresh token' }),
        })
      case 'repeat-page':
        this.params.delete('offset')
        this.params.set('page', '1')
        return null
      default:
        return null
    }
  }

  /** After the handler: an answer that no `send` has counted, or one that is lost on the way. */
  settle(response: Response): void {
    if (this.fault?.kind === 'lost-answer') throw this.lost()
    if (this.answered) return
    this.record.status = response.status
    this.world.traffic.end(this.record, 'complete')
  }

  /** The request ended in an exception: its receiver left, or the connection was cut. */
  abandon(): void {
    this.world.traffic.end(this.record, 'aborted')
  }

  private lost(): ConnectionLost {
    this.world.traffic.end(this.record, 'cut')
    return new ConnectionLost('the connection was cut before an answer')
  }

  /** A 429, its body as the settings have it. */
  tooMany(retryAfter: string | null): Answer {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    if (retryAfter !== null) headers['Retry-After'] = retryAfter
    switch (this.world.settings.rateLimitBody) {
      case 'message':
        return { status: 429, headers, body: phpJson({ message: 'Too Many Requests' }) }
      case 'error':
        return { status: 429, headers, body: errorBody(1000003, 'Too Many Requests') }
      case 'html':
        headers['Content-Type'] = 'text/html; charset=UTF-8'
        return { status: 429, headers, body: webPage }
      case 'empty':
        return { status: 429, headers, body: '' }
    }
  }

  unauthorized(): Promise<Response> {
    return this.send({
      status: 401,
      headers: { 'Content-Type': 'application/json' },
      body: phpJson({ message: 'unauthorized' }),
    })
  }

  json(value: unknown, status = 200): Promise<Response> {
    return this.send({ status, headers: { 'Content-Type': 'application/json' }, body: phpJson(value) })
  }

  error(code: number, status = 400, message?: string): Promise<Response> {
    return this.send({
      status,
      headers: { 'Content-Type': 'application/json' },
      body: errorBody(code, message),
    })
  }

  /** 404, keys capitalised. */
  missing(code: number, message?: string): Promise<Response> {
    return this.send({
      status: 404,
      headers: { 'Content-Type': 'application/json' },
      body: missingBody(code, message),
    })
  }

  /** Raw bytes with the type and disposition that the settings give them. */
  bytes(
    body: Uint8Array | ByteSource,
    type: string | 'absent',
    disposition: { kind: 'absent' | 'attachment' | 'inline'; name: string },
  ): Promise<Response> {
    const headers: Record<string, string> = {}
    if (type !== 'absent') headers['Content-Type'] = type
    if (disposition.kind !== 'absent') {
      headers['Content-Disposition'] =
        `${disposition.kind}; filename="${disposition.name.replace(/[^\x20-\x7e]|"/g, '_')}"`
    }
    const { length } = sourceOf(body)
    if (this.world.settings.contentLength && length !== null) headers['Content-Length'] = String(length)
    return this.send({ status: 200, headers, body })
  }
}
