import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Fault, type RunningSandbox, startSandbox } from './index.ts'

let running: RunningSandbox | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

async function started() {
  running = await startSandbox({ rateLimit: null })
  const { url, sandbox } = running
  const { accessToken } = sandbox.tokens()
  const voucher = { year: 2, series: 'A', number: '1' }
  const content = { kind: 'big', bytes: 50_000_000, name: 'stor' } as const
  const { id } = sandbox.addFile(1018318, { name: 'stor.pdf', content, to: { voucher } })
  const headers = { authorization: `Bearer ${accessToken}` }
  const get = (path: string, signal?: AbortSignal) =>
    fetch(url + path, { headers, ...(signal ? { signal } : {}) })
  return { url, sandbox, get, big: `/3/archive/${id}`, accessToken }
}

/** A client that asks and then does not read. */
function stalled(url: string, path: string, token: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.pause()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`, () =>
        resolve(socket),
      )
    })
  })
}

test('50 MB: whole when read, under 16 MB sent to one who stalls, closed when that one leaves', async () => {
  const { url, sandbox, get, big, accessToken } = await started()
  const whole = await get(big)
  expect((await whole.arrayBuffer()).byteLength).toBe(50_000_000)
  const socket = await stalled(url, big, accessToken)
  const record = () => sandbox.log[1]
  let before = -1
  await vi.waitFor(
    () => {
      const sent = record()?.sent ?? 0
      const still = sent === before && sent > 0
      before = sent
      expect(still).toBe(true)
    },
    { timeout: 15_000, interval: 150 },
  )
  expect(record()).toMatchObject({ path: big, end: 'open' })
  expect(record()?.sent).toBeLessThan(16_000_000)
  socket.destroy()
  await vi.waitFor(() => expect(record()?.end).toBe('aborted'), { timeout: 1000 })
}, 30_000)

describe('connections', () => {
  test.each<[string, Partial<Fault>]>([
    ['/3/me', {}],
    ['/3/vouchers?financialyear=2&limit=500', {}],
    ['/3/sie/4?financialyear=2', { afterBytes: 10_000 }],
    ['big', { afterBytes: 1_000_000 }],
  ])('a cut in the middle of %s: headers, some bytes, no end', async (path, more) => {
    const { sandbox, get, big } = await started()
    sandbox.addFault({ kind: 'cut', ...more })
    const response = await get(path === 'big' ? big : path)
    expect(response.status).toBe(200)
    const reader = response.body?.getReader()
    let bytes = 0
    const read = async () => {
      for (;;) {
        const next = await reader?.read()
        if (next === undefined || next.done) return
        bytes += next.value.length
      }
    }
    await expect(read()).rejects.toThrow()
    expect(bytes).toBe(sandbox.log.at(-1)?.sent)
    expect(bytes).toBeGreaterThan(0)
    expect(sandbox.log.at(-1)?.end).toBe('cut')
  })

  test.each(['reset', 'lost-answer'] as const)('%s: no answer at all', async (kind) => {
    const { sandbox, get } = await started()
    sandbox.addFault({ kind })
    await expect(get('/3/me')).rejects.toThrow(/fetch failed/)
  })

  test('a hang is left by the client, and the sandbox sees it', async () => {
    const { sandbox, get } = await started()
    sandbox.addFault({ kind: 'hang' })
    await expect(get('/3/me', AbortSignal.timeout(100))).rejects.toThrow(/timeout/i)
    await vi.waitFor(() => expect(sandbox.log.at(-1)?.end).toBe('aborted'))
  })

  test('a truncated body ends cleanly', async () => {
    const { sandbox, get } = await started()
    sandbox.addFault({ kind: 'truncated', afterBytes: 10 })
    expect(await (await get('/3/me')).text()).toHaveLength(10)
  })
})

test('an address that is taken is an error', async () => {
  const { url } = await started()
  await expect(startSandbox({ port: Number(new URL(url).port) })).rejects.toThrow(/EADDRINUSE/)
})
