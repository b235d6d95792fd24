import type { Clock } from '../../shared/clock.ts'
import { type ErrorCode, toWireError, UnderlagError, type WireError } from '../../shared/errors.ts'
import { type Endpoint, endpoints, pathOf, type Query } from './allow-list.ts'
import { record, whole } from './fields.ts'
import type { Permit } from './gateway-core.ts'
import type { Priority } from './types.ts'

/** The gateway as a request sees it. */
export interface PermitOffice {
  permit(priority: Priority): Promise<Permit>
  answered(permit: number): Promise<void>
  giveBack(permit: number): Promise<void>
  pause(ms: number): Promise<void>
  refused(version: number): Promise<void>
  rememberFileWay(way: string): Promise<void>
}

export interface RequestDeps {
  apiOrigin: string
  fetch: typeof fetch
  clock: Clock
  office: PermitOffice
  priority: Priority
}

export interface Asked {
  endpoint: Endpoint
  parameters?: Record<string, string>
  query?: Query
  signal?: AbortSignal | undefined
}

/** Longest wait for the answer's headers, ms; a whole year's SIE is made before its first byte. */
const headerPatience = 60_000
/** Longest silence within a body, ms. */
const bodyPatience = 30_000
/** Whoever fetches in bulk waits and asks again of its own accord. */
const attempts = { person: 4, background: 8, bulk: 3 } as const

/** One try's outcome that another try may mend. */
class Again extends Error {
  readonly code: WireError['code']
  readonly waitMs: number | null
  constructor(code: WireError['code'], waitMs: number | null = null, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.waitMs = waitMs
  }
}

/**
 * JSON of a read endpoint, whole and checked.
 *
 * @throws `fortnox_scope_missing`, `fortnox_licence_missing`, `fortnox_not_found`; after all tries
 * `fortnox_unreachable`, `fortnox_rate_limited` or `fortnox_bad_answer`; whatever the gateway says of the connection
 */
export function requestJson(deps: RequestDeps, asked: Asked): Promise<unknown> {
  return tries(deps, asked, async (response) => {
    const raw = await wholeText(deps, response)
    const body = parsed(raw)
    if (body === undefined) throw new Again('fortnox_bad_answer')
    const error = errorOf(body)
    if (error) throw refusal(error)
    return body
  })
}

/** The first bytes of an answer, and the rest of it as it comes. */
export interface Opened {
  head: Uint8Array
  body: ReadableStream<Uint8Array>
  length: number | null
}

/**
 * An answer's bytes as a stream with back-pressure; a try counts as good when `accept` takes its first bytes. What is cut
 * after them is an error in the stream: whoever reads it asks again.
 *
 * @param accept false: another try is made. An answer that is an error envelope never gets there.
 * @param interrupted code of that error
 */
export function requestBytes(
  deps: RequestDeps,
  asked: Asked,
  accept: (head: Uint8Array) => boolean,
  interrupted: ErrorCode = 'document_interrupted',
): Promise<Opened> {
  return tries(deps, asked, async (response) => {
    if (!response.body) throw new Again('fortnox_bad_answer')
    const declared = response.headers.get('content-encoding') ? null : response.headers.get('content-length')
    const length = declared === null ? null : whole(declared)
    const source = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
    let head = new Uint8Array(0)
    let ended = false
    try {
      while (head.length < 1024 && !ended) {
        const { done, value } = await patient(deps.clock, source.read())
        ended = done
        if (value) head = joined(head, value)
      }
    } catch (cause) {
      await source.cancel(cause).catch(() => undefined)
      throw new Again('fortnox_unreachable', null, cause)
    }
    const error = looksLikeJson(head) && ended ? errorOf(parsed(new TextDecoder().decode(head))) : null
    if (error || head.length === 0 || !accept(head)) {
      await source.cancel().catch(() => undefined)
      throw error ? refusal(error) : new Again('fortnox_bad_answer')
    }
    return { head, body: rest(deps.clock, { head, source, ended, length, interrupted }), length }
  })
}

async function tries<T>(
  deps: RequestDeps,
  asked: Asked,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { clock, office, priority } = deps
  const url = urlOf(deps.apiOrigin, asked)
  for (let attempt = 1; ; attempt++) {
    try {
      return await one(deps, url, asked.signal, read)
    } catch (error) {
      if (!(error instanceof Again)) throw error
      if (attempt >= attempts[priority]) throw new UnderlagError(error.code, {}, { cause: error })
      const backoff = Math.min(30_000, 400 * 2 ** attempt) * (0.5 + clock.random())
      if (error.code === 'fortnox_rate_limited') await office.pause(error.waitMs ?? 5_000)
      // At once only after the first: a server that goes on refusing is given time.
      else
        await clock.sleep(error.waitMs || (error.waitMs === 0 && attempt === 1 ? 0 : backoff), asked.signal)
    }
  }
}

/** One try: a permit, one request, and what its answer says. */
async function one<T>(
  deps: RequestDeps,
  url: string,
  signal: AbortSignal | undefined,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { fetch, clock, office, priority } = deps
  signal?.throwIfAborted()
  const permit = await office.permit(priority).catch((error) => {
    // The token could not be renewed now: that passes, as Fortnox itself being out of reach does.
    throw toWireError(error).code === 'fortnox_unreachable'
      ? new Again('fortnox_unreachable', null, error)
      : error
  })
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let response: Response
  try {
    response = await patient(
      clock,
      fetch(url, {
        headers: { authorization: `Bearer ${permit.accessToken}`, accept: 'application/json' },
        redirect: 'manual',
        signal: controller.signal,
      }),
      headerPatience,
    )
  } catch (cause) {
    controller.abort()
    signal?.throwIfAborted()
    throw new Again('fortnox_unreachable', null, cause)
  } finally {
    await office.answered(permit.id)
  }
  try {
    return await (response.ok ? read(response) : refusedWith(deps, response, permit))
  } catch (error) {
    // What is left of the answer is of no use to anybody.
    controller.abort()
    throw error
  }
}

/** What an answer that is no success means: always throws. */
async function refusedWith(
  { clock, office }: RequestDeps,
  response: Response,
  permit: Permit,
): Promise<never> {
  const body = parsed(await patient(clock, response.text()).catch(() => ''))
  const { status } = response
  if (status === 401) {
    await office.refused(permit.version).catch((error) => {
      if (toWireError(error).code !== 'fortnox_unreachable') throw error
    })
    throw new Again('fortnox_unreachable', 0)
  }
  if (status === 429) throw new Again('fortnox_rate_limited', retryAfter(response, clock.now()))
  if (status >= 500) throw new Again('fortnox_unreachable', retryAfter(response, clock.now()))
  if (status === 404) throw new UnderlagError('fortnox_not_found')
  throw refusal(errorOf(body) ?? { code: 0, message: `status ${status}` }, status)
}

/** What Fortnox' error codes mean to us (developer.fortnox.se/general/errors). */
function refusal({ code, message }: FortnoxError, status = 200): Error {
  if (code === 2000663 || code === 2000664)
    return new UnderlagError('fortnox_scope_missing', { fortnox: code })
  if (code === 2001101) return new UnderlagError('fortnox_licence_missing', { fortnox: code })
  if (code === 2001103) return new UnderlagError('missing_integration_licence')
  // An error in a 200 is Fortnox stumbling: what it would refuse, it refuses with a status.
  if (status === 200 || code === 1000003) return new Again('fortnox_bad_answer', null, message)
  if (status === 403) return new UnderlagError('fortnox_scope_missing', { fortnox: code })
  return new UnderlagError('fortnox_bad_answer', { fortnox: code, status })
}

interface FortnoxError {
  code: number
  message: string
}

/** Fortnox' error envelope, whichever way its keys are written; null when the body is none. */
function errorOf(body: unknown): FortnoxError | null {
  const envelope = record(body)
  const information = record(envelope?.ErrorInformation)
  if (information) {
    return {
      code: whole(information.code ?? information.Code) ?? 0,
      message: String(information.message ?? information.Message ?? ''),
    }
  }
  return envelope && typeof envelope.message === 'string' && Object.keys(envelope).length === 1
    ? { code: 0, message: envelope.message }
    : null
}

function retryAfter(response: Response, now: number): number | null {
  const value = response.headers.get('retry-after')
  if (value === null) return null
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 120_000) : null
}

function urlOf(origin: string, { endpoint, parameters = {}, query = [] }: Asked): string {
  const url = new URL(pathOf(endpoint, parameters), origin)
  const allowed: readonly string[] = endpoints[endpoint].query
  for (const [name, value] of query) {
    if (!allowed.includes(name)) throw new TypeError(`${endpoint}: no query ${name}`)
    url.searchParams.append(name, value)
  }
  return url.href
}

async function wholeText({ clock }: RequestDeps, response: Response): Promise<string> {
  try {
    return await patient(clock, response.text(), headerPatience)
  } catch (cause) {
    throw new Again('fortnox_unreachable', null, cause)
  }
}

/** The promise, or a failure after `ms` of silence. */
async function patient<T>(clock: Clock, promise: Promise<T>, ms = bodyPatience): Promise<T> {
  const done = new AbortController()
  try {
    return await Promise.race([
      promise,
      clock.sleep(ms, done.signal).then(() => Promise.reject(new Error(`silent for ${ms} ms`))),
    ])
  } finally {
    done.abort()
    promise.catch(() => undefined)
  }
}

interface Rest {
  head: Uint8Array
  source: ReadableStreamDefaultReader<Uint8Array>
  ended: boolean
  length: number | null
  interrupted: ErrorCode
}

/**
 * Head and rest as one stream that pulls only when pulled. Fewer bytes than declared, a cut or a silence is an error in
 * the stream, so that nobody takes a part for the whole.
 */
function rest(clock: Clock, { head, source, ended, length, interrupted }: Rest): ReadableStream<Uint8Array> {
  let seen = head.length
  let started = false
  const finish = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (length !== null && seen !== length) controller.error(new UnderlagError(interrupted, { seen, length }))
    else controller.close()
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!started) {
          started = true
          controller.enqueue(head)
          if (ended) finish(controller)
          return
        }
        try {
          const { done, value } = await patient(clock, source.read())
          if (done) return finish(controller)
          seen += value.length
          controller.enqueue(value)
        } catch (cause) {
          await source.cancel(cause).catch(() => undefined)
          controller.error(new UnderlagError(interrupted, {}, { cause }))
        }
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

function looksLikeJson(head: Uint8Array): boolean {
  return head[0] === 0x7b || head[0] === 0x5b
}

/** True for errors that mean "this part of Fortnox is not ours to see". */
export function isMissingPart(error: unknown): error is UnderlagError {
  const { code } = toWireError(error)
  return code === 'fortnox_scope_missing' || code === 'fortnox_licence_missing'
}
