import { UnderlagError } from '../../shared/errors.ts'
import { type Endpoint, endpoints, matchPath, type Query } from './allow-list.ts'
import { typeOf } from './magic.ts'
import { type Asked, type RequestDeps, requestBytes, requestJson } from './request.ts'
import { whole } from './whole.ts'

/** Types that the proxy names in its answers; all else is bytes. */
const named = new Set([
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/json',
])

/** Endpoints that answer with a file, which is passed on as it comes; all others answer with JSON, checked first. */
const files: ReadonlySet<Endpoint> = new Set([
  'customerInvoicePdf',
  'archiveFile',
  'archiveByFileId',
  'inboxFile',
  'inboxByFileId',
  'sie',
])

/**
 * A read of Fortnox by a path from outside, over any way of asking: only what the allow-list names, with only the
 * parameters it names.
 *
 * @throws `not_found` for all else, without a call
 */
export async function proxied(
  deps: RequestDeps,
  path: string,
  query: URLSearchParams,
  signal?: AbortSignal,
): Promise<Response> {
  const match = matchPath(path)
  const allowed: readonly string[] = match ? endpoints[match.endpoint].query : []
  const wanted: Query = [...query]
  if (!match || wanted.some(([name]) => !allowed.includes(name))) throw new UnderlagError('not_found')
  const asked: Asked = { ...match, query: wanted, signal }
  if (!files.has(match.endpoint))
    return answer(JSON.stringify(await requestJson(deps, asked)), 'application/json')
  const { head, body, length } = await requestBytes(deps, asked, (bytes) => typeOf(bytes) !== 'text/html')
  const type = typeOf(head)
  return answer(body.pipeThrough(whole(type, length)), type)
}

function answer(body: BodyInit, type: string | null): Response {
  return new Response(body, {
    headers: {
      'content-type': type !== null && named.has(type) ? type : 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
