import { errorCodes, UnderlagError, type WireError } from '../errors.ts'
import type { AnswerOf, BodyOf, Call, ParamsOf, QueryOf } from './call.ts'
import { type CallName, calls } from './calls.ts'

type Calls = typeof calls
interface Extra {
  /** For `upload` calls: the bytes, and whether they are gzip already. */
  bytes?: BodyInit
  gzip?: boolean
  signal?: AbortSignal
}
export type CallInput<N extends CallName> = {
  params?: ParamsOf<Calls[N]>
  query?: QueryOf<Calls[N]>
  body?: BodyOf<Calls[N]>
} & Extra

export interface EdgeClient {
  /** A call that answers with JSON. Throws `UnderlagError` with the edge's code, or `edge_unreachable`. */
  json<N extends CallName>(name: N, input?: CallInput<N>): Promise<AnswerOf<Calls[N]>>
  /** A call that answers with bytes: the response itself, its status already checked. */
  bytes<N extends CallName>(name: N, input?: CallInput<N>): Promise<Response>
}

/** The URL of a call below `base`. Parameters are percent-encoded. */
export function callUrl(
  base: string,
  call: Call,
  params: Record<string, string> = {},
  query: object = {},
): string {
  const path = call.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const url = new URL(path, base)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  }
  return url.href
}

/**
 * The extension's side of the contract.
 *
 * @param base the edge's origin
 * @param authorization gives a fresh bearer token; throws `not_signed_in` when there is none
 */
export function createEdgeClient(
  base: string,
  authorization: () => Promise<string>,
  fetcher: typeof fetch = (input, init) => fetch(input, init),
): EdgeClient {
  async function send(name: CallName, input: CallInput<CallName> = {}): Promise<Response> {
    const call: Call = calls[name]
    const headers = new Headers({ authorization: `Bearer ${await authorization()}` })
    let body: BodyInit | null = null
    if (call.upload) {
      body = input.bytes ?? null
      headers.set('content-type', 'application/octet-stream')
      if (input.gzip) headers.set('content-encoding', 'gzip')
    } else if (input.body !== undefined) {
      body = JSON.stringify(input.body)
      headers.set('content-type', 'application/json')
    }
    const init: RequestInit & { duplex?: 'half' } = { method: call.method, headers, body }
    if (body instanceof ReadableStream) init.duplex = 'half'
    if (input.signal) init.signal = input.signal
    let response: Response
    try {
      response = await fetcher(callUrl(base, call, input.params as Record<string, string>, input.query), init)
    } catch (cause) {
      if (input.signal?.aborted) throw cause
      throw new UnderlagError('edge_unreachable', {}, { cause })
    }
    if (response.ok || response.status === 304) return response
    throw await errorOf(response)
  }
  return {
    bytes: (name, input) => send(name, input as CallInput<CallName>),
    async json<N extends CallName>(name: N, input?: CallInput<N>) {
      const response = await send(name, input as CallInput<CallName>)
      if (response.status === 204 || response.status === 304) return null as AnswerOf<Calls[N]>
      return (await response.json()) as AnswerOf<Calls[N]>
    },
  }
}

async function errorOf(response: Response): Promise<UnderlagError> {
  const body = (await response.json().catch(() => null)) as { error?: WireError } | null
  const code = body?.error?.code
  if (code && errorCodes.includes(code)) return new UnderlagError(code, body.error?.data ?? {})
  return response.status === 401
    ? new UnderlagError('not_signed_in')
    : new UnderlagError(response.status >= 500 ? 'edge_unreachable' : 'internal', { status: response.status })
}
