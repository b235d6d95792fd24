import { browser } from 'wxt/browser'

const name = 'device'

/** This browser profile's own name at the edge, made once. It identifies no person: a cache key hangs on it. */
export async function deviceId(): Promise<string> {
  const kept = (await browser.storage.local.get(name))[name]
  if (typeof kept === 'string') return kept
  const made = crypto.randomUUID()
  await browser.storage.local.set({ [name]: made })
  return made
}
