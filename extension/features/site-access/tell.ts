import { browser } from 'wxt/browser'
import { type PageNews, sendMessage } from '../../lib/protocol.ts'

/** Tells every page that the extension runs on. Tabs without a content script do not answer, which is fine. */
export async function tellPages(news: PageNews): Promise<void> {
  const tabs = await browser.tabs.query({})
  for (const { id } of tabs) {
    if (id !== undefined) void sendMessage('pageNews', news, { tabId: id, frameId: 0 }).catch(() => undefined)
  }
}
