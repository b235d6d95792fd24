import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { WireError } from '../../../shared/errors.ts'
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../fortnox/index.ts'
import { run } from '../../stack/processes.ts'
import { config } from '../bench.ts'

const compatibility = { date: '2026-10-01', flags: ['nodejs_compat'] }

/** worker.mjs as one module, bundled as the edge itself is. */
async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'underlag-faults-'))
  try {
    const settings = join(folder, 'wrangler.json')
    writeFileSync(
      settings,
      JSON.stringify({
        name: 'faults',
        main: join(import.meta.dirname, 'worker.mjs'),
        compatibility_date: compatibility.date,
        compatibility_flags: compatibility.flags,
      }),
    )
    await run('wrangler', ['deploy', '--dry-run', '--config', settings, '--outdir', folder])
    return await readFile(join(folder, 'worker.js'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One worker with a gateway and a token copy of its own, and the sandbox over HTTP that is its Fortnox. */
export interface Edge {
  running: RunningSandbox
  tenant: number
  year: number
  /** Calls one of worker.mjs' routes. Its error comes back as `error`; one that is no stated error is thrown. */
  call<T>(route: string, input?: object): Promise<{ value: T } | { error: WireError }>
  /** Where a document's bytes are had over HTTP. */
  documentUrl(entry: object): URL
}

export interface Edges {
  edges: Edge[]
  close(): Promise<void>
}

/**
 * A workerd with one worker for each of `sandboxes`, each with its own books.
 *
 * @param speed how many times as fast as the machine's the clocks of edge and sandbox run
 */
export async function startEdges(sandboxes: SandboxOptions[], speed = 1): Promise<Edges> {
  const script = await bundle()
  const now = () => Date.now() * speed
  const clock = {
    now,
    sleep: (ms: number, signal?: AbortSignal) => slept(ms / speed, signal),
  }
  const running = await Promise.all(sandboxes.map((options) => startSandbox({ clock, ...options })))
  const nameOf = (index: number) => `edge-${index}`
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: 'door',
          modules: true,
          script: door,
          serviceBindings: Object.fromEntries(running.map((_, i) => [nameOf(i), nameOf(i)])),
        },
        ...running.map(({ url }, index) => ({
          name: nameOf(index),
          modules: true,
          script,
          compatibilityDate: compatibility.date,
          compatibilityFlags: compatibility.flags,
          bindings: {
            EDGE_ORIGIN: new URL(config.redirectUri).origin,
            FORTNOX_AUTH_ORIGIN: url,
            FORTNOX_API_ORIGIN: url,
            FORTNOX_CLIENT_ID: config.clientId,
            FORTNOX_CLIENT_SECRET: config.clientSecret,
            VAULT_KEYS: `k1:${'A'.repeat(43)}`,
            SPEED: speed,
          },
          durableObjects: { GATEWAY: { className: 'Gateway', useSQLite: true } },
          kvNamespaces: { TOKENS: `tokens-${index}` },
        })),
      ],
    }),
  )
  const origin = await miniflare.ready
  return {
    edges: running.map((one, index) => edgeOf(one, new URL(`/${nameOf(index)}/`, origin))),
    async close() {
      await miniflare.dispose()
      await Promise.all(running.map(({ close }) => close()))
    },
  }
}

/** `/edge-3/sync` goes to worker `edge-3` as `/sync`. */
const door = `export default {
  fetch(request, env) {
    const url = new URL(request.url)
    const [, worker, ...path] = url.pathname.split('/')
    url.pathname = path.join('/')
    return env[worker].fetch(new Request(url, request))
  }
}`

function edgeOf(running: RunningSandbox, base: URL): Edge {
  const company = running.sandbox.company()
  const { tenant } = company
  return {
    running,
    tenant,
    year: company.books.years.at(-1)!.id,
    async call(route, input = {}) {
      const body = JSON.stringify({ tenant, ...input })
      const answer = await fetch(new URL(route, base), { method: 'POST', body })
      const said = (await answer.json()) as { value: never } | { error: WireError; message: string }
      if ('error' in said && said.error.code === 'internal') throw new Error(said.message)
      return said
    },
    documentUrl(entry) {
      const url = new URL('document', base)
      url.search = new URLSearchParams({ tenant: String(tenant), entry: JSON.stringify(entry) }).toString()
      return url
    },
  }
}

/** Tokens as an approval gives them, adopted by the edge's gateway. */
export async function approve({ running, tenant, call }: Edge, account: 'service' | 'user' = 'service') {
  const { sandbox } = running
  const { accessToken, refreshToken, expiresIn, scope } = sandbox.tokens(tenant, { account })
  const expiresAt = sandbox.clock.now() + expiresIn * 1000
  await call('adopt', { tokens: { accessToken, refreshToken, expiresAt, scope: scope.split(' '), account } })
}

function slept(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
}
