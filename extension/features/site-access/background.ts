import { browser } from 'wxt/browser'
import { UnderlagError } from '../../../shared/errors.ts'
import { answer, type Sender } from '../../lib/answer.ts'
import { type ColumnHint, type SiteMemory, sendMessage, type WindowPlace } from '../../lib/protocol.ts'
import { enabledSites, matchesPattern, sitePattern } from './sites.ts'
import { tellPages } from './tell.ts'

const scriptId = 'analysis'
const scriptFile = 'content-scripts/analysis.js'

/**
 * Where the content script runs: the known analysis programs by the manifest, other sites by the member's choice and
 * the browser's permission. Registrations are recomputed from what is stored, so none is lost or left behind.
 */
export function registerSiteAccess(): void {
  browser.runtime.onInstalled.addListener(() => void registerScripts().then(injectIntoOpenPages))
  browser.runtime.onStartup.addListener(() => void registerScripts())
  browser.permissions.onAdded.addListener(() => void registerScripts().then(injectIntoOpenPages))
  browser.permissions.onRemoved.addListener(() => void registerScripts())
  browser.storage.local.onChanged.addListener((changes) => {
    if (!changes.sites) return
    void registerScripts().then(injectIntoOpenPages)
    const sites = (changes.sites.newValue as string[] | undefined) ?? []
    for (const pattern of (changes.sites.oldValue as string[] | undefined) ?? [])
      if (!sites.includes(pattern)) void tellPages({ type: 'off', pattern })
  })
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'focus-row' && tab?.id !== undefined) {
      void sendMessage('pageCommand', { type: 'focus-row' }, { tabId: tab.id, frameId: 0 }).catch(
        () => undefined,
      )
    }
  })
  browser.tabs.onRemoved.addListener((tab) => void browser.storage.session.remove(tabKey(tab)))

  answer('loadScript', 'page', async ({ script }, sender) => {
    if (sender.tab?.id === undefined || !scripts.includes(script)) throw new UnderlagError('forbidden')
    const target = { tabId: sender.tab.id, frameIds: [sender.frameId ?? 0] }
    await browser.scripting.executeScript({ target, files: [`${script}.js`] })
    return null
  })
  answer('siteMemory', 'page', (_, sender) => recall(sender))
  answer('rememberSite', 'page', async ({ company, column, year, window }, sender) => {
    const memory = await recall(sender)
    if (company !== undefined) memory.company = company
    if (column) memory.columns = [...memory.columns.filter((hint) => !isSameHint(hint, column)), column]
    if (year) memory.years[year.company] = year.year
    if (window) memory.window = window
    const { years, window: place, ...site } = memory
    await browser.storage.local.set({ [siteKey(sender)]: site, [windowKey]: place })
    if (sender.tab?.id !== undefined) await browser.storage.session.set({ [tabKey(sender.tab.id)]: years })
    return memory
  })

  // The document window is an extension page in a page's frame: what it asks of the page goes by way of here.
  answer('commandPage', 'extension', async ({ tab, frame, command }, sender) => {
    if (sender.tab?.id !== tab) return null
    await sendMessage('windowCommand', command, { tabId: tab, frameId: frame })
    return null
  })
}

async function recall(sender: Sender): Promise<SiteMemory> {
  const name = siteKey(sender)
  const kept = await browser.storage.local.get([name, windowKey])
  const site = kept[name] as Partial<SiteMemory> | undefined
  const tab = sender.tab?.id
  const years = tab === undefined ? {} : (await browser.storage.session.get(tabKey(tab)))[tabKey(tab)]
  return {
    company: site?.company ?? null,
    columns: site?.columns ?? [],
    years: (years as SiteMemory['years'] | undefined) ?? {},
    window: (kept[windowKey] as WindowPlace | undefined) ?? { side: 'right', width: 640, height: 420 },
  }
}

const scripts: readonly string[] = ['panels', 'asked']
const windowKey = 'windowPlace'
const siteKey = (sender: Sender) => `site:${new URL(sender.tab?.url ?? sender.url ?? 'about:blank').origin}`
const tabKey = (tab: number) => `tab:${tab}`
const isSameHint = (a: ColumnHint, b: ColumnHint) =>
  a.headers === b.headers && ((a.role === b.role && a.role !== 'none') || a.column === b.column)

async function grantedSites(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  const all = origins.includes('<all_urls>')
  return (await enabledSites()).filter((site) => all || origins.includes(site) || isCovered(site, origins))
}

function isCovered(site: string, origins: string[]): boolean {
  return matchesPattern(
    site.replace('/*', '/'),
    origins.filter((origin) => /^https?:/.test(origin)),
  )
}

let registering: Promise<void> = Promise.resolve()

/** One after another: two events at once would register the same script twice. */
function registerScripts(): Promise<void> {
  registering = registering.then(registerNow, registerNow)
  return registering
}

async function registerNow(): Promise<void> {
  const matches = await grantedSites()
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [scriptId] })
  if (matches.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [scriptId] })
    return
  }
  const script = { id: scriptId, matches, js: [scriptFile], runAt: 'document_idle' as const }
  if (registered.length > 0) await browser.scripting.updateContentScripts([script])
  else await browser.scripting.registerContentScripts([{ ...script, persistAcrossSessions: true }])
}

/** After an update, or when a site is turned on: pages that are open get the script without a reload. */
async function injectIntoOpenPages(): Promise<void> {
  const patterns = [...__ANALYSIS_HOSTS__, ...(await grantedSites())]
  for (const { id, url } of await browser.tabs.query({})) {
    if (id === undefined || !sitePattern(url) || !matchesPattern(url!, patterns)) continue
    await browser.scripting
      .executeScript({ target: { tabId: id }, files: [scriptFile] })
      .catch(() => undefined)
  }
}
