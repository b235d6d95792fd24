// The way into every npm script. Runs on any Node from 20 and needs no node_modules: it installs what the lockfile says
// when that is missing, then hands over to the project's own Node, which reads TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const modules = join(root, 'node_modules')
const isWindows = process.platform === 'win32'

if (!isInstalled()) await alone(install)

const bin = join(modules, '.bin')
const node = join(bin, isWindows ? 'node.cmd' : 'node')
const [script, ...rest] = process.argv.slice(2)
const child = spawn(node, [join(root, script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  shell: isWindows,
  env: { ...process.env, PATH: `${bin}${isWindows ? ';' : ':'}${process.env.PATH}` },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// A signal to npm alone ends npm and its shell, not us: without the one who asked there is nobody to work for.
const asker = process.ppid
setInterval(() => {
  if (process.ppid !== asker) child.kill('SIGTERM')
}, 500).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

/**
 * Whether every package of the lockfile is there in its version. npm writes down what it has installed as its last step,
 * so an install that was broken off counts as none.
 */
function isInstalled() {
  const written = join(modules, '.package-lock.json')
  if (!existsSync(written)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const there = JSON.parse(readFileSync(written, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
  )
}

function install() {
  if (isInstalled()) return
  console.log('Installing what package-lock.json names …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows,
  })
  if (npm.status === 0) return
  console.error('npm ci failed. Run it by hand to see why, then try again.')
  process.exitCode = npm.status ?? 1
}

/** `npm start` and `npm test` may begin side by side: one installs, the other waits for it. */
async function alone(work) {
  const lock = join(root, '.local', 'installing')
  const holder = join(lock, 'pid')
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    await sleep(500)
    if (existsSync(holder) && !isRunning(Number(readFileSync(holder, 'utf8')))) {
      rmSync(lock, { recursive: true, force: true })
    }
  }
  try {
    writeFileSync(holder, String(process.pid))
    work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
  if (process.exitCode) process.exit()
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
