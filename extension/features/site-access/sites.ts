import { browser } from 'wxt/browser'

/** A page address's match pattern, all of its site; null where no extension may run. */
export function sitePattern(url: string | undefined): string | null {
  if (!url) return null
  try {
    const { protocol, hostname } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${hostname}/*` : null
  } catch {
    return null
  }
}

/** True when `url` lies in one of the patterns, which are `scheme://host/*` with an optional leading `*.`. */
export function matchesPattern(url: string, patterns: readonly string[]): boolean {
  const { protocol, hostname } = new URL(url)
  return patterns.some((pattern) => {
    const [scheme, host = ''] = pattern.replace(/\/\*$/, '').split('://')
    if (`${scheme}:` !== protocol) return false
    return host.startsWith('*.')
      ? hostname.endsWith(host.slice(1)) || hostname === host.slice(2)
      : hostname === host
  })
}

const key = 'sites'

/** The sites that the member has turned on, as match patterns. */
export async function enabledSites(): Promise<string[]> {
  const sites = (await browser.storage.local.get(key))[key]
  return Array.isArray(sites) ? sites.filter((site) => typeof site === 'string') : []
}

export async function setSite(pattern: string, isOn: boolean): Promise<void> {
  const others = (await enabledSites()).filter((site) => site !== pattern)
  await browser.storage.local.set({ [key]: isOn ? [...others, pattern] : others })
}
