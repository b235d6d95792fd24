import { browser } from 'wxt/browser'

const name = 'cacheLimit'

/** Kept unless the user says otherwise: some ten thousand ordinary invoices. */
const defaultLimit = 2_000_000_000
const leastLimit = 50_000_000

/** The most bytes that the document cache keeps on this device. */
export async function cacheLimit(): Promise<number> {
  const kept = (await browser.storage.local.get(name))[name]
  return typeof kept === 'number' ? kept : defaultLimit
}

export async function setCacheLimit(bytes: number): Promise<void> {
  await browser.storage.local.set({ [name]: Math.max(leastLimit, Math.round(bytes)) })
}
