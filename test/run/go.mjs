// The way into every npm script. Runs on any Node from 20 and needs no node_modules: it installs what the lockfile says
// when that is missing, then hands over to the project's own Node, which reads TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.underlag-installed')
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
const manual =
  !installed &&
  existsSync(join(modules, '.package-lock.json')) &&
  statSync(join(modules, '.package-lock.json')).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs

if (!installed && !manual) {
  console.log('Installing what package-lock.json names …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('npm ci failed. Run it by hand to see why, then try again.')
    process.exit(npm.status ?? 1)
  }
}
if (!installed) writeFileSync(stamp, lock)

const bin = join(modules, '.bin')
const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')
const [script, ...rest] = process.argv.slice(2)
const child = spawn(node, [join(root, script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// A signal to npm alone ends npm and its shell, not us: without the one who asked there is nobody to work for.
const asker = process.ppid
setInterval(() => {
  if (process.ppid !== asker) child.kill('SIGTERM')
}, 500).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
