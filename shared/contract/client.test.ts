import { describe, expect, it } from 'vitest'
import { calls } from './calls.ts'
import { callUrl, createEdgeClient } from './client.ts'

const edge = 'https://edge.example'

function clientAnswering(answer: () => Response | Promise<Response>) {
  const requests: Request[] = []
  const client = createEdgeClient(
    edge,
    async () => 'token',
    async (input, init) => {
      requests.push(new Request(input, init))
      return answer()
    },
  )
  return { client, requests }
}

describe('the edge client', () => {
  it('keeps odd characters of a parameter inside their path segment', () => {
    const url = callUrl(edge, calls.voucher, {
      company: '5560360793',
      year: '2025-01-01_2025-12-31',
      voucher: '../A:1/2?x',
    })
    expect(new URL(url).pathname).toBe(
      '/api/companies/5560360793/years/2025-01-01_2025-12-31/vouchers/..%2FA%3A1%2F2%3Fx',
    )
  })

  it('sends the session with every call', async () => {
    const { client, requests } = clientAnswering(() => Response.json([]))
    await client.json('companies')
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer token')
  })

  it('turns the edge’s error into its code', async () => {
    const { client } = clientAnswering(() =>
      Response.json({ error: { code: 'sync_running', data: { year: 'x' } } }, { status: 409 }),
    )
    await expect(client.json('companies')).rejects.toMatchObject({
      code: 'sync_running',
      data: { year: 'x' },
    })
  })

  it.each([
    ['a proxy’s page', () => new Response('<html>', { status: 502 }), 'edge_unreachable'],
    ['a refused session without a body', () => new Response(null, { status: 401 }), 'not_signed_in'],
    ['an unknown code', () => Response.json({ error: { code: 'made_up' } }, { status: 422 }), 'internal'],
    ['no network', () => Promise.reject(new TypeError('fetch failed')), 'edge_unreachable'],
  ] as const)('says of %s: %s', async (_, answer, code) => {
    const { client } = clientAnswering(answer)
    await expect(client.json('companies')).rejects.toMatchObject({ code })
  })

  it('answers null when the index has not changed', async () => {
    const { client } = clientAnswering(() => new Response(null, { status: 304 }))
    expect(
      await client.json('yearIndex', {
        params: { company: '5560360793', year: 'y' },
        query: { version: '1' },
      }),
    ).toBeNull()
  })
})
