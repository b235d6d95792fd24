/** Which fiscal year a request means. */

import { toDate } from '../dates.ts'
import type { Exchange } from '../exchange.ts'
import type { FiscalYear } from '../model.ts'

/** The year that holds the date, else the latest one. */
export function currentYear(exchange: Exchange): FiscalYear | undefined {
  const today = new Date(exchange.world.clock.now()).toISOString().slice(0, 10)
  const { years } = exchange.company.books
  return (
    years.find((year) => year.from <= today && today <= year.to) ??
    [...years].sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  )
}

/** By `financialyear` (an id), `financialyeardate`, or neither: the current year. An answer is a refusal. */
export function askedYear(exchange: Exchange): FiscalYear | Promise<Response> | null {
  const { settings } = exchange.world
  const { years } = exchange.company.books
  const id = exchange.param('financialyear')
  const date = exchange.param('financialyeardate')
  if (id === null && date === null) {
    return settings.defaultYear === 'refused' ? exchange.error(2000588) : (currentYear(exchange) ?? null)
  }
  const year =
    id !== null
      ? years.find((one) => String(one.id) === id)
      : years.find((one) => one.from <= (toDate(date ?? '') ?? '') && (toDate(date ?? '') ?? '') <= one.to)
  if (year !== undefined) return year
  switch (settings.unknownYear) {
    case 'refused':
      return exchange.error(2000588)
    case 'missing':
      return exchange.missing(2000588, 'Kan inte hitta räkenskapsåret.')
    case 'empty':
      return null
  }
}
