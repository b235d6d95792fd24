import { defineContentScript } from 'wxt/utils/define-content-script'
import { startRows } from '../features/voucher-rows/start.ts'
import { adapterFor } from '../host/index.ts'
import { Page } from '../lib/page.ts'
import { loadPanelsWhenNeeded } from '../lib/panels.ts'

/** What runs on an analysis program's pages. Where it runs stands in the manifest and in features/site-access. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  runAt: 'document_idle',
  main(ctx) {
    const page = new Page(adapterFor(location), ctx.signal, () => ctx.abort())
    startRows(page)
    loadPanelsWhenNeeded(page)
    // Reloading or removing the extension ends this context without a word: looking notices, and takes all away.
    ctx.setInterval(() => undefined, 1000)
    // Not awaited: the browser holds back the page's load event until an injected script's promise is settled.
    void page.start()
  },
})
