import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'

/** What may be done around every call of a database. */
export interface Hooks {
  /** Before each statement or batch goes to the database; may throw. */
  before?(): void
  /** With its results, before the caller gets them; may throw. */
  after?(results: readonly D1Result[]): void
}

interface Statement {
  inner: D1PreparedStatement
  bind(...values: unknown[]): Statement
  run(): Promise<D1Result>
  all(): Promise<D1Result>
  first(column?: string): Promise<unknown>
  raw(): Promise<unknown[][]>
}

/** A database that does the same and tells `hooks` of every call; column names within a statement must differ. */
export function wrapDatabase(db: D1Database, hooks: Hooks): D1Database {
  async function call(inner: D1PreparedStatement): Promise<D1Result> {
    hooks.before?.()
    const result = await inner.all()
    hooks.after?.([result])
    return result
  }
  function wrap(inner: D1PreparedStatement): Statement {
    return {
      inner,
      bind: (...values) => wrap(inner.bind(...values)),
      run: () => call(inner),
      all: () => call(inner),
      async first(column) {
        const row = (await call(inner)).results[0] as Record<string, unknown> | undefined
        return row === undefined ? null : column === undefined ? row : row[column]
      },
      async raw() {
        return (await call(inner)).results.map((row) => Object.values(row as object))
      },
    }
  }
  const wrapped = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    async batch(statements: Statement[]) {
      hooks.before?.()
      const results = await db.batch(statements.map(({ inner }) => inner))
      hooks.after?.(results)
      return results
    },
  }
  return wrapped as unknown as D1Database
}
