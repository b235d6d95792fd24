/** `/__control`: the sandbox's handles over HTTP, as JSON. Not part of Fortnox; not logged, not limited, not struck. */

import type { Context, Hono } from 'hono'
import type { Env } from './exchange.ts'
import { type Fault, faultKinds } from './faults.ts'
import type { Licence, VoucherRef } from './model.ts'
import type { NewFile, NewVoucher } from './mutations.ts'
import type { Sandbox } from './sandbox.ts'
import { type Settings, settingNotes, settingVariants } from './settings.ts'
import type { World } from './world.ts'

/** Checks names and values of settings sent as JSON. */
function readSettings(input: Record<string, unknown>): Partial<Settings> {
  for (const [name, value] of Object.entries(input)) {
    const variants: readonly unknown[] | undefined = Object.hasOwn(settingVariants, name)
      ? settingVariants[name as keyof Settings]
      : undefined
    if (variants === undefined) throw new Error(`no setting ${name}`)
    if (!variants.includes(value)) throw new Error(`${name} is one of ${JSON.stringify(variants)}`)
  }
  return input as Partial<Settings>
}

export function addControl(app: Hono<Env>, world: World, sandbox: Sandbox): void {
  const base = '/__control'

  /** A handle that takes JSON and gives JSON; what it throws is a 400 with the message. */
  const handle = <T>(
    method: 'get' | 'post' | 'delete',
    path: string,
    act: (input: T, c: Context<Env>) => unknown,
  ) => {
    app[method](`${base}${path}`, async (c) => {
      try {
        const text = method === 'get' ? '' : await c.req.text()
        const input: T = JSON.parse(text === '' ? '{}' : text)
        return c.json((await act(input, c)) ?? { ok: true })
      } catch (error) {
        return c.json({ error: error instanceof Error ? error.message : String(error) }, 400)
      }
    })
  }
  const tenantOf = (c: Context<Env>) => {
    const tenant = c.req.query('tenant')
    return tenant === undefined ? undefined : Number(tenant)
  }

  handle('get', '/companies', () => ({
    client: world.client,
    users: world.users.map(({ login, password, name, firm, companies, locked, shows }) => ({
      login,
      password,
      name,
      firm,
      companies,
      locked,
      shows,
    })),
    companies: sandbox.companies.map((company) => ({
      tenant: company.tenant,
      name: company.name,
      organisationNumber: company.organisationNumber,
      shows: company.shows,
      licences: [...company.licences],
      years: company.books.years.map(({ id, from, to, method, vouchers }) => ({
        id,
        from,
        to,
        method,
        vouchers: vouchers.length,
      })),
    })),
  }))
  handle('get', '/truth', (_, c) => sandbox.truth(tenantOf(c)))
  handle('get', '/counts', () => sandbox.counts())
  handle('get', '/log', (_, c) => sandbox.log.filter((one) => one.id > Number(c.req.query('since') ?? 0)))

  handle('get', '/faults', () => ({ kinds: faultKinds, set: sandbox.faults() }))
  handle<Fault | Fault[]>('post', '/faults', (input) => ({
    ids: (Array.isArray(input) ? input : [input]).map((fault) => sandbox.addFault(fault)),
  }))
  handle<{ id?: string }>('delete', '/faults', ({ id }) =>
    id === undefined ? sandbox.clearFaults() : sandbox.removeFault(id),
  )

  handle('get', '/settings', () => ({ now: world.settings, variants: settingVariants, notes: settingNotes }))
  handle<Record<string, unknown>>('post', '/settings', (input) => {
    Object.assign(world.settings, readSettings(input))
    return world.settings
  })

  handle<{ move?: number; set?: string }>('post', '/clock', ({ move, set }) => {
    if (move !== undefined) world.clock.move(move)
    if (set !== undefined) world.clock.move(Date.parse(set) - world.clock.now())
    return { now: world.clock.now(), iso: new Date(world.clock.now()).toISOString() }
  })
  handle('get', '/clock', () => ({ now: world.clock.now(), iso: new Date(world.clock.now()).toISOString() }))

  handle<{ tenant: number; licence: Licence; on: boolean }>('post', '/licences', ({ tenant, licence, on }) =>
    sandbox.setLicence(tenant, licence, on),
  )
  handle<NewVoucher & { tenant: number }>('post', '/vouchers', ({ tenant, ...voucher }) =>
    sandbox.addVoucher(tenant, voucher),
  )
  handle<VoucherRef & { tenant: number }>('delete', '/vouchers', ({ tenant, ...ref }) =>
    sandbox.deleteVoucher(tenant, ref),
  )
  handle<NewFile & { tenant: number; base64?: string }>('post', '/files', ({ tenant, base64, ...file }) => {
    const bytes = base64 === undefined ? null : new Uint8Array(Buffer.from(base64, 'base64'))
    const content = bytes === null ? {} : { content: { kind: 'bytes', bytes } as const }
    const { id, archiveFileId, name } = sandbox.addFile(tenant, { ...file, ...content })
    return { id, archiveFileId, name }
  })
  handle<VoucherRef & { tenant: number; fileId: string }>(
    'delete',
    '/files',
    ({ tenant, fileId, ...ref }) => ({
      unlinked: sandbox.unlinkFile(tenant, ref, fileId),
    }),
  )

  handle<{ tenant?: number }>('delete', '/consents', ({ tenant }) => sandbox.revokeConsent(tenant))
  handle<{ tenant?: number; access?: boolean; refresh?: boolean }>(
    'delete',
    '/tokens',
    ({ tenant, ...which }) => sandbox.endTokens(tenant, which),
  )
  handle<{ tenant?: number; scopes?: string[]; account?: 'service' | 'user' }>(
    'post',
    '/tokens',
    ({ tenant, ...options }) => sandbox.tokens(tenant, options),
  )
  handle<{ url: string; user?: string; tenant?: number; deny?: boolean }>(
    'post',
    '/approve',
    ({ url, ...choice }) => ({
      location: sandbox.approve(url, choice)?.href ?? null,
    }),
  )
  handle<{ keepConsents?: boolean }>('post', '/reset', (options) => sandbox.reset(options))
  app.all(`${base}/*`, (c) => c.json({ error: 'no such control endpoint' }, 404))
}
