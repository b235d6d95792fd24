import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, toolEnvironment } from '../stack/processes.ts'

/** The first of `names` on the path (the project's own tools left out), or null. */
function onPath(names: string[]): string | null {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name)
      if (existsSync(path)) return path
    }
  }
  return null
}

function aptInstalls(packages: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || onPath(['apt-get']) === null) return false
  console.log(`Installing ${packages} from the distribution …`)
  const command = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${packages}`
  return spawnSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

/**
 * Chromium's path: the one on the path, else the distribution's package where that may be installed, else Playwright's
 * download. Throws with the command to run when none of these gives one.
 */
export async function chromium(): Promise<string> {
  const names = ['chromium', 'chromium-browser']
  const found = onPath(names) ?? (aptInstalls('chromium') ? onPath(names) : null)
  if (found) return found
  const { chromium: playwright } = await import('playwright-core')
  if (existsSync(playwright.executablePath())) return playwright.executablePath()
  console.log('Downloading Chromium with Playwright …')
  spawnSync('playwright-core', ['install', 'chromium'], { env: toolEnvironment(), stdio: 'inherit' })
  if (existsSync(playwright.executablePath())) return playwright.executablePath()
  throw new Error('No Chromium. Run this, then try again:  npx playwright-core install --with-deps chromium')
}

/** Firefox' path, found or installed likewise. */
export function firefox(): string {
  const names = ['firefox-esr', 'firefox']
  const found = onPath(names) ?? (aptInstalls('firefox-esr') ? onPath(names) : null)
  if (found) return found
  throw new Error('No Firefox. Install it (on Debian: sudo apt-get install firefox-esr), then try again.')
}
