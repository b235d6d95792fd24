import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

export interface Window {
  context: BrowserContext
  /** Where its developer tools answer, when there is no display to show it on; else null. */
  devtools: string | null
  close(): Promise<void>
}

/** True when a window can be shown. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * Chromium with the unpacked extension and a profile that is thrown away: a window where there is a display, else
 * headless with its developer tools open to this machine. Signals are left to the caller.
 */
export async function openWindow(executablePath: string, extension: string): Promise<Window> {
  const visible = hasDisplay()
  const profile = mkdtempSync(join(tmpdir(), 'underlag-start-'))
  mkdirSync(join(profile, 'Default'))
  // Frames of the extension keep their IndexedDB: Playwright's own flags would take it from them.
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0 }, intl: { accept_languages: 'sv-SE' } }),
  )
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: visible ? null : { width: 1280, height: 800 },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(visible ? ['--start-maximized'] : ['--headless=new', '--remote-debugging-port=0']),
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  })
  return {
    context,
    devtools: visible ? null : `http://127.0.0.1:${devtoolsPort(profile)}`,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function devtoolsPort(profile: string): string {
  return readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]!
}
