import type { Page } from 'playwright-core'
import type { EdgeClient } from '../../shared/contract/client.ts'
import type { ServeOptions } from '../fortnox/index.ts'
import { type ExtensionBrowser, startBrowser } from '../pages/browser.ts'
import { activate, signInMember } from '../stack/member.ts'
import { type Stack, startStack } from '../stack/stack.ts'
import { addYear, enterClient, signIn } from './drive.ts'

/** Everything running, Anna signed in, her company with the green light and entered in the analysis program. */
export interface Ready {
  stack: Stack
  browser: ExtensionBrowser
  /** The analysis program's page, at "Läs in data". */
  page: Page
  /** The same member at the edge's API. */
  anna: EdgeClient
  analysis: string
  company: { name: string; organisationNumber: string; tenant: number }
  /** The company's latest fiscal year. */
  year: { from: string; to: string }
  stop(): Promise<void>
}

/**
 * @param options other books than the built-in ones; a folder for the browser's profile, kept when the browser closes
 */
export async function getReady(options: { sandbox?: ServeOptions; profile?: string } = {}): Promise<Ready> {
  const { sandbox = {}, ...browserOptions } = options
  const stack = await startStack({ sandbox })
  let browser: ExtensionBrowser | null = null
  try {
    const { client: anna } = await signInMember(stack, 'anna')
    const fortnox = stack.sandbox.sandbox
    const { name, organisationNumber, tenant } = fortnox.companies[0]!
    const { login: user } = fortnox.users.find(({ companies }) =>
      companies.some((one) => one.admin && one.tenant === tenant),
    )!
    const company = { name, tenant, organisationNumber: organisationNumber.replace('-', '') }
    await activate(stack, anna, { ...company, user })
    const opened = await startBrowser(stack.extension!, browserOptions)
    browser = opened
    await (await signIn(opened)).close()
    const analysis = stack.analysis!.url
    const page = await opened.newPage(`${analysis}/las-in-data`)
    await enterClient(page, analysis, { name, number: organisationNumber })
    const years = fortnox.truth(tenant).years.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    for (const { from, to } of years) await addYear(page, from, to)
    const { from, to } = years.at(-1)!
    return {
      ...{ stack, page, anna, analysis, company, browser: opened, year: { from, to } },
      async stop() {
        await opened.close()
        await stack.stop()
      },
    }
  } catch (error) {
    await browser?.close()
    await stack.stop()
    throw error
  }
}
