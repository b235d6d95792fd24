import { documentHeaders, shownTypes } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { heedBroken } from '../directory/heed.ts'
import { openFortnox } from '../fortnox/client.ts'
import type { Handlers } from './handler.ts'

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** A document's bytes on their way from Fortnox to the extension. Nothing is kept here. */
export const documentHandlers: Pick<Handlers, 'document'> = {
  async document({ env, clock, caller, access, ledger, params, query, request }) {
    const integration = await access.integration(caller, params.company)
    const found = await ledger(integration.ledger).document(
      { integration: integration.id, year: params.year },
      params.document,
    )
    if (!found) throw new UnderlagError('not_found')
    const { tenant } = access.connection(integration)
    const fortnox = openFortnox(env, tenant, query.priority === 'prefetch' ? 'background' : query.priority)
    const { body, type, length } = await heedBroken(env.DIRECTORY, tenant, () =>
      fortnox.document(found.entry, request.signal),
    )
    const shown = shownTypes.find((candidate) => candidate === type)
    const headers = new Headers({
      'content-type': shown ?? 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      [documentHeaders.name]: encodeURIComponent(fileName(found.entry.fileName ?? found.entry.name, shown)),
      [documentHeaders.origin]: found.entry.origin,
      [documentHeaders.fetchedAt]: String(clock.now()),
      'access-control-expose-headers': Object.values(documentHeaders).join(', '),
    })
    if (length !== null) headers.set('content-length', String(length))
    return new Response(body, { headers })
  },
}

/** The file's name with an extension that agrees with what the bytes are. */
function fileName(name: string, type: string | undefined): string {
  const extension = type && extensions[type]
  if (!extension || name.toLowerCase().endsWith(`.${extension}`)) return name
  return extension === 'jpg' && /\.jpe?g$/i.test(name) ? name : `${name}.${extension}`
}
