import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { pagesHost } from './build.ts'

const site = join(import.meta.dirname, 'site')
const modules = join(import.meta.dirname, '../../node_modules')
const libraries: Record<string, string> = {
  '/lib/ag-grid-community.js': join(modules, 'ag-grid-community/dist/ag-grid-community.min.js'),
}
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** The policy of a careful host: no inline script or style, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"

/**
 * Serves the pages in `site/`, each a kind of table that the extension must find its way in.
 *
 * @param host another one than {@link pagesHost} is a site that the extension may not run on until it is turned on there
 */
export async function startPages(host = pagesHost): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages')
    const file = libraries[pathname] ?? normalize(join(site, pathname))
    if (!libraries[pathname] && !file.startsWith(site)) return response.writeHead(404).end()
    try {
      const body = await readFile(file)
      response.writeHead(200, {
        'content-type': `${types[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`,
        // ag-grid puts its style into the page; its own documentation asks for this of the hosts that use it.
        'content-security-policy': pathname.includes('ag-grid')
          ? policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
          : policy,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  return {
    url: `http://${host}:${typeof address === 'object' && address ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
