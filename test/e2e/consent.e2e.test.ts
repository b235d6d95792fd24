import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EdgeClient } from '../../shared/contract/client.ts'
import { Browser } from '../stack/browser.ts'
import { activate, approve, signInMember } from '../stack/member.ts'
import { type Stack, startStack } from '../stack/stack.ts'

/** The consent link's whole life, over HTTP against the real worker and the sandbox. */

let stack: Stack
let anna: EdgeClient
let cecilia: EdgeClient

beforeAll(async () => {
  stack = await startStack({ browser: null, analysis: false })
  anna = (await signInMember(stack, 'anna')).client
  cecilia = (await signInMember(stack, 'cecilia')).client
})
afterAll(() => stack?.stop())

/** The sandbox's company that shows an outcome, its number as ten digits, and a user who may try to approve it. */
function company(at: number) {
  const found = stack.sandbox.sandbox.companies[at]!
  return { ...found, number: found.organisationNumber.replace('-', '') }
}
function userOf(tenant: number, admin: boolean): string {
  const found = stack.sandbox.sandbox.users.find(({ companies }) =>
    companies.some((one) => one.tenant === tenant && one.admin === admin),
  )
  if (!found) throw new Error(`no ${admin ? 'administrator' : 'other user'} for ${tenant}`)
  return found.login
}
async function link(client: EdgeClient, number: string, name: string): Promise<string> {
  await client.json('confirmCompany', { params: { company: number }, body: { name } })
  return (await client.json('createConsentLink', { params: { company: number } })).url
}

describe('a session', () => {
  it('is needed for every call', async () => {
    for (const path of ['/api/session', '/api/companies', '/api/companies/5560360793/fortnox/3/vouchers']) {
      expect((await fetch(stack.edge.url + path)).status).toBe(401)
      const forged = await fetch(stack.edge.url + path, { headers: { authorization: 'Bearer a:b:c' } })
      expect(forged.status).toBe(401)
    }
  })

  it('of one firm shows nothing of another', async () => {
    const { number, name } = company(0)
    await anna.json('confirmCompany', { params: { company: number }, body: { name } })
    await expect(cecilia.json('company', { params: { company: number } })).rejects.toMatchObject({
      code: 'company_not_confirmed',
    })
    expect(await cecilia.json('companies')).toEqual([])
  })
})

describe('a consent link', () => {
  it('is not spent by looking at it', async () => {
    const { number, name } = company(0)
    const url = await link(anna, number, name)
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(url, { method })).status).toBe(200)
    expect((await anna.json('company', { params: { company: number } })).consentLink?.url).toBe(url)
  })

  it('is the same until it ends, and another after being withdrawn', async () => {
    const { number, name } = company(0)
    const first = await link(anna, number, name)
    expect(await link(anna, number, name)).toBe(first)
    await anna.json('withdrawConsentLink', { params: { company: number } })
    const page = await fetch(first)
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('Länken är återkallad')
    expect(await link(anna, number, name)).not.toBe(first)
  })

  it('ends after its time', async () => {
    const { number, name } = company(0)
    const url = await link(anna, number, name)
    await stack.edge.query('DIRECTORY', 'UPDATE consent_link SET expires_at = 1 WHERE used_at IS NULL')
    const page = await fetch(url, { headers: { 'accept-language': 'en' } })
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('The link has expired')
    expect((await fetch(url, { method: 'POST' })).status).toBe(410)
  })

  it('that nobody made is unknown', async () => {
    const url = await link(anna, company(0).number, company(0).name)
    const forged = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    expect((await fetch(forged)).status).toBe(404)
  })

  it('shows no outcome to a browser that did not begin', async () => {
    const url = await link(anna, company(0).number, company(0).name)
    const first = new Browser()
    const atFortnox = await first.open(url, {}, { follow: false })
    const back = stack.sandbox.sandbox.approve(atFortnox.url, { tenant: company(0).tenant })!
    const page = await fetch(back)
    expect(page.status).toBe(400)
    expect(await page.text()).toContain('hör inte till den här webbläsaren')
    expect((await anna.json('company', { params: { company: company(0).number } })).state).toBe('pending')
  })
})

describe('a refused approval', () => {
  it('says that the administrator said no, and leaves the link', async () => {
    const { number, name, tenant } = company(0)
    const url = await link(anna, number, name)
    const page = await approve(stack, url, { tenant, deny: true })
    expect(page.body).toContain('Du godkände inte')
    const state = await anna.json('company', { params: { company: number } })
    expect(state).toMatchObject({ state: 'pending', reason: { code: 'consent_denied' } })
    expect((await fetch(url)).status).toBe(200)
  })

  it('tells the three requirements apart', async () => {
    const seen = new Map<string, string>()
    for (const { tenant, organisationNumber, name } of stack.sandbox.sandbox.companies) {
      const number = organisationNumber.replace('-', '')
      for (const { login, companies } of stack.sandbox.sandbox.users) {
        if (!companies.some((one) => one.tenant === tenant)) continue
        const url = await link(cecilia, number, name)
        const page = await approve(stack, url, { user: login, tenant }, 'en').catch(() => null)
        const { reason, state } = await cecilia.json('company', { params: { company: number } })
        seen.set(state === 'active' ? 'active' : (reason?.code ?? 'nothing'), page?.body ?? '')
      }
    }
    expect(seen.get('missing_integration_licence')).toContain('The integration licence is missing')
    expect(seen.get('missing_system_administrator')).toContain('You are not a system administrator')
    expect(seen.get('missing_bookkeeping')).toContain('The module Bokföring is missing')
    expect(seen.get('consent_no_answer')).toContain('Fortnox sent no answer')
    expect(seen.get('active')).toContain('Fortnox is connected')
  })
})

describe('an approval', () => {
  it('for another company is refused and named; a connection that a firm uses is left alone', async () => {
    const right = company(0)
    await activate(stack, anna, {
      organisationNumber: right.number,
      name: right.name,
      tenant: right.tenant,
      user: userOf(right.tenant, true),
    })
    const other = '5560360793'
    const url = await link(anna, other, 'Ett annat bolag AB')
    const page = await approve(stack, url, { user: userOf(right.tenant, true), tenant: right.tenant })
    expect(page.body).toContain('Fel företag valdes')
    expect(page.body).toContain(right.name)
    expect(await anna.json('company', { params: { company: other } })).toMatchObject({
      state: 'pending',
      reason: { code: 'wrong_company' },
    })
    const year = stack.sandbox.sandbox.truth(right.tenant).years.at(-1)!
    const [started] = await anna.json('startSync', {
      params: { company: right.number },
      body: { years: [{ from: year.from, to: year.to, ledger: 'keep' }] },
    })
    expect(started!.error).toBeNull()
    expect(await anna.json('company', { params: { company: right.number } })).toMatchObject({
      state: 'active',
    })
  })

  it('spends the link: afterwards it says that the company is connected', async () => {
    const { number, name, tenant } = company(0)
    const url = await link(anna, number, name)
    const begun = new Browser()
    await begun.open(url)
    await approve(stack, url, { user: userOf(tenant, true), tenant })
    const page = await fetch(url)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Fortnox är anslutet')
    const again = await begun.open(url, {})
    expect(again.status).toBe(410)
    expect(again.body).toContain('Redan ansluten')
    expect(await (await fetch(`${url}/status`)).json()).toEqual({ state: 'done' })
  })
})
