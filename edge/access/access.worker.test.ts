import { createExecutionContext } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { type Call, type CallName, calls } from '../../shared/contract/index.ts'
import type { WireError } from '../../shared/errors.ts'
import { api } from '../api/index.ts'
import { testEnv } from '../testing/env.ts'
import { newIntegration, newMember } from '../testing/people.ts'
import { createAccess } from './access.ts'

const names = Object.keys(calls) as CallName[]
const company = '5560360793'
const values: Record<string, string> = {
  company,
  device: 'device-1',
  year: '2025-01-01_2025-12-31',
  sync: 'sync-1',
  upload: 'upload-1',
  voucher: 'A~1',
  account: '1930',
  document: 'file-1',
}
const bodies: Partial<Record<CallName, unknown>> = {
  confirmCompany: { name: 'Bolaget' },
  startSync: { years: [{ from: '2025-01-01', to: '2025-12-31', ledger: 'fetch' }] },
}

/** A request that the contract accepts, so that only access can refuse it. */
function requestOf(name: CallName, headers: Record<string, string> = {}): Request {
  const call: Call = calls[name]
  const path = call.path.replace(/:(\w+)/g, (_, parameter: string) => values[parameter]!)
  const url = new URL(path, testEnv.EDGE_ORIGIN)
  if (name === 'uploadSie') url.searchParams.set('name', 'file.se')
  const body = name in bodies ? JSON.stringify(bodies[name]) : call.upload ? '#FLAGGA 0' : null
  return new Request(url, { method: call.method, headers, body })
}

async function askedBy(member: string, name: CallName): Promise<Response> {
  const context = Object.assign(createExecutionContext(), { props: { member } })
  return api.fetch(requestOf(name), testEnv, context)
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: WireError }).error.code
}

describe('without a session', () => {
  it.each(names)('%s answers 401', async (name) => {
    const worker = exports as unknown as { default: Fetcher }
    for (const headers of [{}, { authorization: 'Bearer a:b:c' }] as Record<string, string>[]) {
      const response = await worker.default.fetch(requestOf(name, headers))
      expect(response.status).toBe(401)
      await response.body?.cancel()
    }
  })

  it('a session whose member is gone is none', async () => {
    for (const name of names) expect(await codeOf(await askedBy('gone', name))).toBe('not_signed_in')
  })
})

describe('with a session of another firm', () => {
  // What does not name a company, and the confirmation that makes an integration of the firm's own.
  const own = new Set<CallName>(['confirmCompany'])
  const ofCompany = names.filter((name) => calls[name].path.includes(':company') && !own.has(name))

  it.each(ofCompany)('%s answers company_not_confirmed', async (name) => {
    const owner = await newMember('owner')
    await newIntegration(owner, company)
    const stranger = await newMember('stranger')
    expect(await codeOf(await askedBy(stranger.id, name))).toBe('company_not_confirmed')
  })

  it('confirming the same company makes an integration of its own', async () => {
    const [owner, stranger] = [await newMember('first'), await newMember('second')]
    const theirs = await newIntegration(owner, company)
    expect((await askedBy(stranger.id, 'confirmCompany')).status).toBe(200)
    const access = createAccess(testEnv)
    const mine = await access.integration({ member: stranger }, company)
    expect(mine.id).not.toBe(theirs.id)
    expect(mine.firm).toBe(stranger.firm)
  })

  it('lists none of the other firm’s companies', async () => {
    await newIntegration(await newMember('has one'), company)
    const other = await newMember('has none')
    expect(await (await askedBy(other.id, 'companies')).json()).toEqual([])
  })
})

describe('access, asked directly', () => {
  const access = createAccess(testEnv)

  it('takes nothing but a member’s id for a session', async () => {
    for (const props of [undefined, null, {}, { member: 1 }, { member: 'nobody' }, 'text'])
      await expect(access.caller(props)).rejects.toMatchObject({ code: 'not_signed_in' })
    const member = await newMember('firm')
    expect(await access.caller({ member: member.id })).toEqual({ member })
  })

  it('gives colleagues of one firm the same integration', async () => {
    const [anna, bertil] = [await newMember('together'), await newMember('together')]
    const { id } = await newIntegration(anna, company)
    expect((await access.integration({ member: bertil }, company)).id).toBe(id)
  })

  it('lets nobody ask Fortnox without a connection that works', async () => {
    const integration = await newIntegration(await newMember('asks'), company)
    expect(() => access.connection(integration)).toThrow(
      expect.objectContaining({ code: 'connection_inactive' }),
    )
    const connection = {
      tenant: 1,
      organisationNumber: company,
      name: 'Bolaget',
      state: 'broken' as const,
      reason: { code: 'consent_revoked' as const, data: {} },
      missing: [],
      connectedAt: 0,
    }
    expect(() => access.connection({ ...integration, connection })).toThrow(
      expect.objectContaining({ code: 'consent_revoked' }),
    )
    expect(access.connection({ ...integration, connection: { ...connection, state: 'active' } }).tenant).toBe(
      1,
    )
  })
})
