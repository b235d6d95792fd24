import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** Environment of a tool of ours: the project's own Node and tools first, no questions, no telemetry. */
export function toolEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_LOG_SANITIZE: 'false',
    NO_UPDATE_NOTIFIER: '1',
    FORCE_COLOR: '0',
    ...extra,
  }
}

/** A tool that runs to its end. Throws with what it printed when it fails. */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += chunk))
  child.stderr.on('data', (chunk) => (printed += chunk))
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exit) => resolve(exit ?? 1))
  })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${printed}`)
  return printed
}

export interface Running {
  /** Everything it has printed. */
  output(): string
  stop(): Promise<void>
}

/** A server in a process group of its own, so that stopping it stops its children too. */
export function startServer(command: string, args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(command, args, {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk).slice(-200_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const kill = () => killGroup(child, 'SIGKILL')
  process.once('exit', kill)
  return {
    output: () => printed,
    async stop() {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      killGroup(child, 'SIGTERM')
      const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 4000)
      await ended
      clearTimeout(timer)
      killGroup(child, 'SIGKILL')
    },
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** A port that is free on `host` right now. */
export async function freePort(host: string): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Asks until the address answers, whatever it answers. */
export async function answers(url: string, server: Running, patience = 60_000): Promise<void> {
  const until = Date.now() + patience
  for (;;) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(5000), redirect: 'manual' })
      return
    } catch {
      if (Date.now() > until) throw new Error(`${url} does not answer:\n${server.output()}`)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }
}

/** A folder below `.local`, which git does not see. */
export function localFolder(name: string): string {
  const folder = join(root, '.local', name)
  mkdirSync(folder, { recursive: true })
  return folder
}
