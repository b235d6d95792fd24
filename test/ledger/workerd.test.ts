import { createHash } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { bodyOf } from '../bench/ledger/files.ts'
import { startWorker } from '../bench/ledger/workerd.ts'
import { schema } from './database.ts'
import { fileOf, voucherOf } from './sie-files.ts'

// each call is a request to workerd: slow where the machine has other work
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

it('reads an upload in within workerd as it streams, and knows its SHA-256', async () => {
  const worker = await startWorker(new URL('../bench/ledger/worker.ts', import.meta.url))
  try {
    const post = async (path: string, body: string | ReadableStream) =>
      await (
        await fetch(new URL(path, worker.url), { method: 'POST', body, duplex: 'half' } as RequestInit)
      ).json()
    await post('/schema', JSON.stringify(schema()))
    const file = fileOf(Array.from({ length: 5000 }, (_, i) => voucherOf('A', String(i + 1))))
    expect(await post('/read-in', bodyOf(file))).toMatchObject({ state: 'read_in', changed: 5000 })
    expect(await post('/read-in', bodyOf(file))).toMatchObject({ state: 'unchanged', written: 0 })
    const year = await (await fetch(new URL('/year', worker.url))).json()
    const sha256 = createHash('sha256').update(file).digest('hex')
    expect(year).toMatchObject({ source: 'sie', counts: { vouchers: 5000 }, file: { sha256 } })
  } finally {
    await worker.close()
  }
})
