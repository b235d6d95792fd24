import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import type { Clock } from '../../shared/clock.ts'
import type { Sha256 } from './sha256.ts'

/** What every part of the ledger works with. */
export interface Context {
  db: D1Database
  clock: Clock
  sha256: () => Sha256
  /** Bytes of JSON per statement parameter; also the most that one step changes in place. */
  parameterBytes: number
}

/** One statement that asks for `FIRST` or all rows, bound. */
export function statement(db: D1Database, sql: string, ...values: unknown[]): D1PreparedStatement {
  return db.prepare(sql).bind(...values)
}

/** Rows written by these results, all indexes counted. */
export function rowsWritten(results: readonly D1Result[]): number {
  return results.reduce((sum, { meta }) => sum + meta.rows_written, 0)
}

/** Joins JSON texts to arrays that each stay within `bytes` of UTF-8, unless one element alone is larger. */
export function* jsonArrays(
  elements: Iterable<{ json: string; bytes: number }>,
  bytes: number,
): Generator<string> {
  let texts: string[] = []
  let size = 0
  for (const element of elements) {
    if (texts.length > 0 && size + element.bytes > bytes) {
      yield `[${texts.join(',')}]`
      texts = []
      size = 0
    }
    texts.push(element.json)
    size += element.bytes + 1
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`
}

/** Length of `text` in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) length += code > 2047 && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return length
}
