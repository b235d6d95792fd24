import { browser } from 'wxt/browser'
import { chooseLanguage, type Language } from '../../shared/text/language.ts'

/** Where an address came from: a policy of the firm's IT wins over the member's own choice, that over the build's. */
export interface EdgeAddress {
  origin: string
  from: 'policy' | 'member' | 'build'
}

const key = 'edgeOrigin'

/** `https://underlag.example` of anything that starts so; null unless it is https, or http on this machine. */
export function normaliseOrigin(input: unknown): string | null {
  if (typeof input !== 'string') return null
  let url: URL
  try {
    url = new URL(input.trim())
  } catch {
    return null
  }
  const local = url.hostname === 'localhost' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && local) ? url.origin : null
}

/** The edge's address. Read each time: a policy or the options page may change it while the background sleeps. */
export async function edgeAddress(): Promise<EdgeAddress> {
  const [managed, local] = await Promise.all([
    browser.storage.managed.get(key).catch(() => ({}) as Record<string, unknown>),
    browser.storage.local.get(key),
  ])
  const policy = normaliseOrigin(managed[key])
  if (policy) return { origin: policy, from: 'policy' }
  const own = normaliseOrigin(local[key])
  if (own) return { origin: own, from: 'member' }
  return { origin: __EDGE_ORIGIN__, from: 'build' }
}

/** The member's own address; null goes back to the build's. Only from the extension's own pages. */
export async function setEdgeAddress(origin: string | null): Promise<void> {
  if (origin === null) await browser.storage.local.remove(key)
  else await browser.storage.local.set({ [key]: origin })
}

/** The interface's language: the first of Swedish and English that the browser asks pages for; Swedish if neither. */
export function uiLanguage(): Language {
  return chooseLanguage(navigator.languages)
}
