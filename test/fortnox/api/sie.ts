/** `/3/sie/{type}`: the year's own file, byte for byte, or one written on the way out. */

import type { Hono } from 'hono'
import { textSource } from '../answer.ts'
import { decodeSie, encodeCp437 } from '../books/cp437.ts'
import { type SieSelection, writeSie } from '../books/sie-writer.ts'
import { toDate } from '../dates.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import { askedYear } from './years.ts'

/** `A,20,24;B,5,9`; null for an incomplete interval. */
function intervals(text: string): NonNullable<SieSelection['series']> | null {
  const parts = text.split(';').map((part) => part.split(','))
  if (!parts.every((part) => part.length === 3 && /^\d+$/.test(part[1] ?? '') && /^\d+$/.test(part[2] ?? '')))
    return null
  return parts.map(([series, from, to]) => ({ series: series ?? '', from: Number(from), to: Number(to) }))
}

function send(exchange: Exchange, type: string): Promise<Response> {
  const year = askedYear(exchange)
  if (year instanceof Promise) return year
  if (!/^[1-4]$/.test(type)) return exchange.error(2000588)
  if (year === null) return exchange.missing(2000588, 'Kan inte hitta räkenskapsåret.')
  const { settings, clock } = exchange.world
  const asked = exchange.param('selection')
  const series = asked === null ? null : intervals(asked)
  if (asked !== null && series === null) return exchange.error(2000588)
  const day = (name: string) => {
    const value = exchange.param(name)
    return value === null ? null : toDate(value)
  }
  const selection: SieSelection = {
    type: Number(type) as SieSelection['type'],
    from: day('fromdate'),
    to: day('todate'),
    exportAll: exchange.param('exportall')?.toLowerCase() !== 'false',
    series,
  }
  const whole =
    selection.from === null &&
    selection.to === null &&
    series === null &&
    exchange.param('exportall') === null
  const encode = settings.utf8Sie ? (text: string) => new TextEncoder().encode(text) : encodeCp437
  const disposition = { kind: settings.sieDisposition, name: `${exchange.company.name}_${year.from}.se` }
  if (type === '4' && whole && year.file !== null) {
    const bytes = settings.utf8Sie ? encode(decodeSie(year.file)) : year.file
    return exchange.bytes(bytes, settings.sieContentType, disposition)
  }
  const { company } = exchange
  const source = textSource(() => writeSie(company, year, selection, clock.now()), encode)
  return exchange.bytes(source, settings.sieContentType, disposition)
}

export function addSie(app: Hono<Env>): void {
  app.get('/3/sie/:type', (c) => send(exchangeOf(c), c.req.param('type')))
}
