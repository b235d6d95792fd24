/** Lists as Fortnox gives them: filters, `lastmodified`, sorting, pages of 100 (at most 500), `MetaInformation`. */

import type { Exchange } from '../exchange.ts'

export type Filter<T> = (item: T, value: string) => boolean

export interface ListSpec<T> {
  /** The list's key, such as `Vouchers`. */
  key: string
  items: readonly T[]
  shape: (item: T) => object
  /** By parameter name, lower case. Several combine. */
  filters?: Record<string, Filter<T>>
  /** Names that do something elsewhere, and so are no unknown parameters. */
  known?: readonly string[]
  /** By `sortby` value. */
  sort?: Record<string, (item: T) => string | number>
  /** Ms since 1970; the list takes `lastmodified` when given. */
  modified?: (item: T) => number
  /** Answers page 1 whatever page is asked for. */
  pageless?: boolean
}

const paging = ['page', 'limit', 'offset', 'sortby', 'sortorder', 'lastmodified']

/** ILIKE %value%. */
export function contains(text: string, value: string): boolean {
  return text.toLowerCase().includes(value.toLowerCase())
}

/** A number's filter: part of it, or exactly it, by the settings. */
export function identifier<T>(exchange: Exchange, of: (item: T) => string | number): Filter<T> {
  return exchange.world.settings.identifierFilters === 'contains'
    ? (item, value) => String(of(item)).includes(value)
    : (item, value) => String(of(item)) === value
}

/** `2019-03-10`, `2019-03-10 12:30` or with seconds; ms since 1970 (as UTC), null when it is none. */
function momentOf(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text.trim())
  if (match === null) return null
  const time = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? ':00'}Z`)
  return Number.isNaN(time) ? null : time
}

const whole = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : null)

/** Answers a list request. */
export function list<T>(exchange: Exchange, spec: ListSpec<T>): Promise<Response> {
  const { settings } = exchange.world
  const filters = spec.filters ?? {}
  let items: readonly T[] = spec.items

  for (const name of new Set(exchange.params.keys())) {
    const value = exchange.param(name)
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined
    if (filter !== undefined) {
      if (value !== null) items = items.filter((item) => filter(item, value))
    } else if (
      !paging.includes(name) &&
      !spec.known?.includes(name) &&
      settings.invalidParameter === 'refused'
    ) {
      return exchange.error(2000588)
    }
  }
  const since = exchange.param('lastmodified')
  if (since !== null && spec.modified !== undefined) {
    const moment = momentOf(since)
    const { modified } = spec
    if (moment === null) return exchange.error(2000588)
    items = items.filter((item) => modified(item) >= moment)
  }
  const sortBy = exchange.param('sortby')?.toLowerCase()
  const order = exchange.param('sortorder')?.toLowerCase() ?? 'ascending'
  const by = sortBy === undefined || spec.sort === undefined ? undefined : spec.sort[sortBy]
  if (sortBy !== undefined && by === undefined && settings.invalidParameter === 'refused')
    return exchange.error(2000588)
  if (by !== undefined) {
    items = items.toSorted((a, b) => {
      const [x, y] = [by(a), by(b)]
      return x < y ? -1 : x > y ? 1 : 0
    })
  }
  if (order === 'descending') items = items.toReversed()

  const asked = whole(exchange.param('limit')) ?? 100
  if (asked > 500 && settings.limitAbove500 === 'refused') return exchange.error(2000588)
  const limit = Math.min(500, Math.max(1, asked))
  const page = spec.pageless ? 1 : Math.max(1, whole(exchange.param('page')) ?? 1)
  const offset = whole(exchange.param('offset'))
  const start = offset ?? (page - 1) * limit
  const shown = items.slice(start, start + limit)
  const past = shown.length === 0 && settings.pastTheEnd === 'zero'
  return exchange.json({
    MetaInformation: {
      '@TotalResources': past ? 0 : items.length,
      '@TotalPages': past ? 0 : Math.ceil(items.length / limit),
      '@CurrentPage': past ? 1 : offset === null ? page : Math.floor(offset / limit) + 1,
    },
    [spec.key]: shown.map(spec.shape),
  })
}
