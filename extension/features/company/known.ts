import { browser } from 'wxt/browser'
import type { CompanyState } from '../../../shared/contract/types.ts'

/**
 * The last word on each company, in `storage.session`: rows keep their buttons while the edge is stopped or the
 * background has just been woken. Signing out clears it.
 */
const prefix = 'company:'

export async function knownCompany(company: string): Promise<CompanyState | null> {
  const name = prefix + company
  return ((await browser.storage.session.get(name))[name] as CompanyState | undefined) ?? null
}

/** @returns true when what rows depend on has changed: the state, or a year's version. */
export async function keepCompany(state: CompanyState): Promise<boolean> {
  const before = await knownCompany(state.organisationNumber)
  await browser.storage.session.set({ [prefix + state.organisationNumber]: state })
  return before !== null && rowsDependOn(before) !== rowsDependOn(state)
}

/** One company, or all of them. */
export async function forgetCompanies(company?: string): Promise<void> {
  const names = company
    ? [prefix + company]
    : Object.keys(await browser.storage.session.get(null)).filter((name) => name.startsWith(prefix))
  await browser.storage.session.remove(names)
}

function rowsDependOn({ state, years }: CompanyState): string {
  return JSON.stringify([state, years.map(({ id, version }) => [id, version])])
}
