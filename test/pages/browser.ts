import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core'
import { chromium as chromiumPath } from '../run/ensure.ts'

export interface ExtensionBrowser {
  context: BrowserContext
  worker: Worker
  extensionId: string
  newPage(url: string): Promise<Page>
  close(): Promise<void>
}

/** Chromium with the built extension in `folder`; its profile is thrown away afterwards unless one is given. */
export async function startBrowser(
  folder: string,
  options: {
    width?: number
    height?: number
    colorScheme?: 'light' | 'dark'
    language?: string
    /** A folder: what a person's browser keeps between its runs. */
    profile?: string
  } = {},
): Promise<ExtensionBrowser> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'underlag-')))
  // Frames of the extension keep their IndexedDB: Playwright's own flags would take it from them.
  await mkdir(join(profile, 'Default'), { recursive: true })
  const preferences = join(profile, 'Default', 'Preferences')
  if (!existsSync(preferences)) {
    await writeFile(
      preferences,
      JSON.stringify({
        profile: { cookie_controls_mode: 0 },
        intl: { accept_languages: options.language ?? 'sv-SE' },
      }),
    )
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    headless: false,
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colorScheme ?? 'light',
    locale: options.language ?? 'sv-SE',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
    ],
  })
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const extensionId = new URL(worker.url()).host
  return {
    context,
    worker,
    extensionId,
    async newPage(url) {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    async close() {
      await context.close()
      if (!options.profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Signs the extension in at an edge whose sign-in asks nothing, through its own popup page. */
export async function signIn({ context, extensionId }: ExtensionBrowser): Promise<void> {
  const popup = await context.newPage()
  await popup.goto(`chrome-extension://${extensionId}/popup.html`)
  const message = { id: 1, type: 'signIn', timestamp: Date.now() }
  const answer = await popup.evaluate(
    (sent) => (globalThis as unknown as { chrome: typeof chrome }).chrome.runtime.sendMessage(sent),
    message,
  )
  await popup.close()
  const result = answer as { res?: { error?: unknown } }
  if (!result.res || result.res.error) throw new Error(`sign-in failed: ${JSON.stringify(answer)}`)
}
