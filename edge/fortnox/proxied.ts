import { UnderlagError } from '../../shared/errors.ts'
import { endpoints, matchPath, type Query } from './allow-list.ts'
import { typeOf } from './magic.ts'
import { type RequestDeps, requestBytes } from './request.ts'

/** Types that the proxy names in its answers; all else is bytes. */
const named = new Set([
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/json',
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
  const { head, body } = await requestBytes(
    deps,
    { ...match, query: wanted, signal },
    (bytes) => typeOf(bytes) !== 'text/html',
  )
  const type = typeOf(head)
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
