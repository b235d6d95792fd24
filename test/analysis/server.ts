import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join, normalize } from 'node:path'

const site = join(import.meta.dirname, 'site')
const modules = join(import.meta.dirname, '../../node_modules')

/** Where the site's bare imports live; the page names them in its import map. */
const libraries: Record<string, string> = {
  '/bibliotek/ag-grid/': join(modules, 'ag-grid-community/dist/package/'),
  '/bibliotek/ag-stack/': join(modules, 'ag-stack/dist/package/'),
  '/bibliotek/virtual/': join(modules, '@tanstack/virtual-core/dist/'),
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** As strict as a careful program's: nothing from elsewhere, no inline script, styles by nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export interface Analysis {
  url: string
  close(): Promise<void>
}

/**
 * Serves the stand-in analysis program.
 *
 * @param options port 0 takes a free one
 */
export async function startAnalysis({
  host = '127.0.0.4',
  port = 4040,
}: {
  host?: string
  port?: number
} = {}): Promise<Analysis> {
  const server = createServer((request, response) => {
    serve(new URL(request.url ?? '/', 'http://analysis').pathname, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(path: string, response: ServerResponse): Promise<void> {
  const file = fileOf(path)
  if (!file) return page(response)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
    response.end('Finns inte')
    return
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  })
  // What a bundler would do: types away, libraries told that this is production.
  response.end(
    file.endsWith('.ts')
      ? stripTypeScriptTypes(text)
      : text.replaceAll('process.env.NODE_ENV', '"production"'),
  )
}

function fileOf(path: string): string | null {
  for (const [prefix, folder] of Object.entries(libraries)) {
    if (path.startsWith(prefix)) return inside(folder, path.slice(prefix.length))
  }
  return path.startsWith('/site/') ? inside(site, path.slice(6)) : null
}

function inside(folder: string, path: string): string | null {
  const file = normalize(join(folder, decodeURIComponent(path)))
  return file.startsWith(folder) ? file : null
}

/** Every other path is the one page; its router reads the address. */
async function page(response: ServerResponse): Promise<void> {
  const nonce = randomBytes(16).toString('base64')
  const html = await readFile(join(site, 'index.html'), 'utf8')
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(html.replaceAll('%NONCE%', nonce))
}
