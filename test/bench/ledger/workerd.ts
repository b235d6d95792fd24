import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

/** A running worker with an empty D1 database. */
export interface Running {
  url: URL
  /** Resident memory of the workerd process, bytes. */
  memory(): number
  close(): Promise<void>
}

/** Starts a worker written in TypeScript, with all that it imports, in a workerd of its own. */
export async function startWorker(entry: URL): Promise<Running> {
  const before = new Set(workerds())
  const modules = [...modulesOf(entry)].map(([path, contents]) => ({
    type: 'ESModule' as const,
    path,
    contents,
  }))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules,
      modulesRoot: fileURLToPath(new URL('../../../', import.meta.url)),
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: ['LEDGER'],
    }),
  )
  const url = await miniflare.ready
  const pids = workerds().filter((pid) => !before.has(pid))
  return {
    url,
    memory: () => pids.reduce((sum, pid) => sum + residentBytes(pid), 0),
    close: () => miniflare.dispose(),
  }
}

/** The module and what it imports, types taken away; the entry comes first. */
function modulesOf(entry: URL): Map<string, string> {
  const modules = new Map<string, string>()
  const visit = (url: URL) => {
    const path = fileURLToPath(url)
    if (modules.has(path)) return
    const source = stripTypeScriptTypes(readFileSync(url, 'utf8'))
    modules.set(path, source)
    for (const [, imported] of source.matchAll(/\bfrom '(\.{1,2}\/[^']+)'/g)) visit(new URL(imported!, url))
  }
  visit(entry)
  return modules
}

/** Process ids of the workerds that this process started. */
function workerds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, command, parent] =
          /^\d+ \((.*)\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
        return command === 'workerd' && Number(parent) === process.pid
      } catch {
        return false
      }
    })
}

function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1] ?? 0) * 1024
}
