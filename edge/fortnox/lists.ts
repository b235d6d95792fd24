import { UnderlagError } from '../../shared/errors.ts'
import type { Endpoint, Query } from './allow-list.ts'
import { record, whole } from './fields.ts'
import { type RequestDeps, requestJson } from './request.ts'

/** Fortnox' largest page. */
export const pageSize = 500
/** A list that changes under our hands is read anew this many times. */
const readings = 4

export interface ListRequest {
  endpoint: Endpoint
  /** The answer's key: `Vouchers`, `Invoices`, … */
  key: string
  query?: Query
  /** Null for an entry that cannot be read: it is counted and passed over. */
  idOf: (entry: Record<string, unknown>) => string | null
  onPage?: (read: number, total: number | null) => void
}

export interface Listed {
  entries: Record<string, unknown>[]
  /** `@TotalResources`. */
  total: number
}

/**
 * A whole list as it was at one moment, as far as its own figures can tell: the total is the same on every page, no
 * entry stands on two pages and none is missing. Else it is read anew, and at last given up with `fortnox_bad_answer`.
 */
export async function readList(deps: RequestDeps, request: ListRequest): Promise<Listed> {
  for (let reading = 1; ; reading++) {
    const listed = await readOnce(deps, request)
    if (listed) return listed
    if (reading === readings) {
      throw new UnderlagError('fortnox_bad_answer', {}, { message: `${request.endpoint} never held still` })
    }
    await deps.clock.sleep(250 * 2 ** reading)
  }
}

async function readOnce(deps: RequestDeps, request: ListRequest): Promise<Listed | null> {
  const entries: Record<string, unknown>[] = []
  /** On which page each entry was seen first, by all that it says. */
  const pageOf = new Map<string, number>()
  let unreadable = 0
  let total: number | null = null
  for (let page = 1; ; page++) {
    const query: Query = [...(request.query ?? []), ['limit', String(pageSize)]]
    if (page > 1) query.push(['page', String(page)])
    const body = record(await requestJson(deps, { endpoint: request.endpoint, query }))
    const items = body?.[request.key]
    if (!Array.isArray(items))
      throw new UnderlagError('fortnox_bad_answer', {}, { message: `no ${request.key}` })
    const meta = record(body?.MetaInformation)
    const said: number | null = whole(meta?.['@TotalResources'])
    if (page > 1 && said !== total) return null
    total = said
    for (const item of items) {
      const entry = record(item)
      if (!entry || request.idOf(entry) === null) {
        unreadable++
        continue
      }
      // The same entry on two pages: the page repeats, or the list moved between them. Books may repeat a number, though,
      // and an entry that says something else is another one.
      const content = JSON.stringify(entry)
      if ((pageOf.get(content) ?? page) !== page) return null
      pageOf.set(content, page)
      entries.push(entry)
    }
    const read = entries.length + unreadable
    request.onPage?.(read, total)
    const last = total === null ? items.length < pageSize : read >= total
    if (last || items.length === 0) {
      if (total !== null && read !== total) return null
      return { entries, total: total ?? read }
    }
  }
}
