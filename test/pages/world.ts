import { textPdf } from '../bench/document/documents.ts'
import { documentsOf, openBooks, seriesOf } from './books.ts'
import { type ExtensionBrowser, signIn, startBrowser } from './browser.ts'
import { buildExtension } from './build.ts'
import { type PageEdge, startPageEdge } from './edge.ts'
import { startPages } from './server.ts'

/** An edge that knows the books, pages to stand on, and a browser with the extension, signed in. */
export interface World {
  edge: PageEdge
  pages: string
  browser: ExtensionBrowser
  close(): Promise<void>
}

export async function openWorld(): Promise<World> {
  const edge = await startPageEdge()
  openBooks(edge.world, 3000)
  const [pages, built] = await Promise.all([startPages(), buildExtension(edge.url)])
  const browser = await startBrowser(built.folder)
  await signIn(browser)
  return {
    edge,
    pages: pages.url,
    browser,
    async close() {
      await browser.close()
      await built.remove()
      await pages.close()
      await edge.close()
    },
  }
}

/** Gives the first `count` vouchers' documents a body: one invoice for all of them. */
export async function addDocuments({ world }: PageEdge, count: number): Promise<void> {
  const bytes = await textPdf({
    supplier: 'Byggvaror i Norr AB',
    number: '70001',
    date: '2025-01-02',
    net: 800_000,
    vat: 200_000,
  })
  for (let n = 1; n <= count; n++) {
    for (let at = 0; at < documentsOf(n); at++) {
      world.documents.set(`d${seriesOf(n)}${n}-${at}`, {
        type: 'application/pdf',
        name: 'faktura.pdf',
        bytes,
      })
    }
  }
}
