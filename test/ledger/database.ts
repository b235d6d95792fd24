import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { D1Database } from '@cloudflare/workers-types'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { Sha256 } from '../../edge/ledger/index.ts'

const MIGRATIONS = new URL('../../edge/migrations/ledger/', import.meta.url)

/** A D1 database of its own in workerd, with the ledger's schema; `close` ends it. */
export async function openDatabase(): Promise<{ db: D1Database; close(): Promise<void> }> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      compatibilityDate: '2026-10-01',
      d1Databases: ['LEDGER'],
    }),
  )
  const db = (await miniflare.getD1Database('LEDGER')) as unknown as D1Database
  for (const sql of schema()) await db.prepare(sql).run()
  return { db, close: () => miniflare.dispose() }
}

/** The statements of the ledger's migrations, in order. */
export function schema(): string[] {
  return readdirSync(MIGRATIONS)
    .sort()
    .flatMap((file) =>
      readFileSync(new URL(file, MIGRATIONS), 'utf8')
        .replace(/^\s*--.*$/gm, '')
        .split(';')
        .map((sql) => sql.trim())
        .filter((sql) => sql !== ''),
    )
}

/** SHA-256 in Node, which lacks the Workers runtime's `DigestStream`. */
export function nodeSha256(): Sha256 {
  const hash = createHash('sha256')
  return {
    update: (bytes) => void hash.update(bytes),
    digest: async () => hash.digest('hex'),
  }
}

/** Bytes as a stream in pieces of `size`. */
export function streamOf(bytes: Uint8Array, size = 50_000): ReadableStream<Uint8Array> {
  let from = 0
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(from, from + size))
      from += size
    },
  })
}
