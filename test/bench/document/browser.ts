import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Frame, type Page, type Worker } from 'playwright-core'
import { build } from 'wxt'
import { developmentId } from '../../../extension/development.ts'
import type { ShowRequest } from '../../../extension/lib/protocol.ts'
import { chromium as chromiumPath } from '../../run/ensure.ts'

const root = join(import.meta.dirname, '../../..')
const executablePath = await chromiumPath()

export interface OpenBrowser {
  context: BrowserContext
  /** A page of someone else's, with its own security policy. */
  page: Page
  worker(): Promise<Worker>
  /** Makes the frame in the page, as the content script does, and waits until it has loaded. */
  addFrame(): Promise<Frame>
  /** Makes it and clicks at once: nothing is warm. Resolves to the click's time. */
  clickCold(request: ShowRequest): Promise<number>
  /** The frame that is in the page now, once it is there. */
  frame(): Promise<Frame>
  removeFrame(): Promise<void>
  /** What the next click asks for. */
  prepare(request: ShowRequest): Promise<void>
  /** Clicks; the content script asks for a handle and hands it to the frame. Resolves to the click's time, ms since 1970. */
  click(): Promise<number>
  /** `prepare` and `click`. */
  show(request: ShowRequest): Promise<number>
  /** Stops the background; the next message wakes it. */
  killWorker(): Promise<void>
  close(): Promise<void>
}

/** Builds the extension as for development into a folder of its own. */
export async function buildExtension(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'underlag-extension-'))
  process.env.UNDERLAG_DEVELOPMENT = '1'
  process.env.UNDERLAG_EXTENSION_OUT = out
  // As deployed: the edge's host is known when the extension is built, and its answers need no preflight.
  process.env.UNDERLAG_EDGE_ORIGIN = 'http://127.0.0.1'
  await build({ root, browser: 'chrome' })
  return join(out, 'chrome-mv3')
}

const policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; frame-src 'self'; object-src 'none'"

/**
 * Chromium with the built extension, signed in at `edge`, and one page that is not the extension's. The page's part of
 * the extension is played here, in the same isolated world a content script has: a frame, a handle, a message.
 */
export async function openBrowser(
  extension: string,
  edge: string,
  options: { language?: string; colorScheme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<OpenBrowser> {
  const host = createServer((_, response) => {
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<!doctype html><html lang="sv"><title>Analys</title><body style="margin:0"></body></html>')
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.4', resolve))
  const profile = await mkdtemp(join(tmpdir(), 'underlag-profile-'))
  await mkdir(join(profile, 'Default'))
  await writeFile(
    join(profile, 'Default/Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0 } }),
  )
  const { width = 1280, height = 860 } = options
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    locale: options.language ?? 'sv-SE',
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width, height },
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      `--lang=${options.language ?? 'sv-SE'}`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  })
  const worker = async () => context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await (await worker()).evaluate(async (origin) => {
    await chrome.storage.local.set({ edgeOrigin: origin, refreshToken: { origin, token: 'refresh' } })
    const expiresAt = Date.now() + 3_600_000
    await chrome.storage.session.set({
      accessToken: { origin, accessToken: 'access', refreshToken: 'refresh', expiresAt },
    })
  }, edge)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`http://127.0.0.4:${(host.address() as AddressInfo).port}/`)
  const tab = await (await worker()).evaluate(async () => (await chrome.tabs.query({ active: true }))[0]!.id!)
  const browserSession = await context.browser()?.newBrowserCDPSession()

  const frameOf = async () => {
    for (;;) {
      const frame = page.frames().find((each) => each.url().startsWith(`chrome-extension://${developmentId}`))
      if (frame) return frame
      await page.waitForTimeout(5)
    }
  }
  const prepare = async (request: ShowRequest) => {
    await inContentScript(await worker(), tab, 'prepare', request)
  }
  const click = async () => {
    await page.evaluate(() => document.getElementById('go')!.click())
    return Number(await page.evaluate(() => document.documentElement.dataset.clicked))
  }

  return {
    context,
    page,
    worker,
    async addFrame() {
      await inContentScript(await worker(), tab, 'add', null)
      return frameOf()
    },
    async clickCold(request) {
      await inContentScript(await worker(), tab, 'cold', request)
      return click()
    },
    frame: frameOf,
    removeFrame: async () => void (await inContentScript(await worker(), tab, 'remove', null)),
    prepare,
    click,
    async show(request) {
      await prepare(request)
      return click()
    },
    async killWorker() {
      const targets = await browserSession!.send('Target.getTargets')
      for (const { targetId, type, url } of targets.targetInfos) {
        if (type === 'service_worker' && url.includes(developmentId)) {
          await browserSession!.send('Target.closeTarget', { targetId })
        }
      }
    },
    async close() {
      await context.close()
      host.close()
      host.closeAllConnections()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Runs in the page's isolated world, where the extension's content scripts run. */
async function inContentScript(
  worker: Worker,
  tab: number,
  act: 'add' | 'cold' | 'remove' | 'prepare',
  request: ShowRequest | null,
): Promise<unknown> {
  return worker.evaluate(
    async ([tab, act, request]) => {
      const [result] = await chrome.scripting.executeScript({
        target: { tabId: tab },
        args: [act, request],
        func: async (act: string, request: ShowRequest | null) => {
          const scope = globalThis as { request?: ShowRequest }
          const existing = document.querySelector('iframe')
          if (act === 'remove') return existing?.remove()
          if (act === 'prepare') {
            scope.request = request!
            return
          }
          const load = () => {
            const frame = document.createElement('iframe')
            frame.src = chrome.runtime.getURL('/document.html')
            frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0'
            document.body.append(frame)
            const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
            return { frame, loaded }
          }
          if (request) scope.request = request
          const made = act === 'add' ? load() : null
          const button = Object.assign(document.createElement('button'), { id: 'go' })
          document.getElementById('go')?.remove()
          document.body.append(button)
          let shown = made
          button.addEventListener('click', async () => {
            const clicked = performance.timeOrigin + performance.now()
            document.documentElement.dataset.clicked = String(clicked)
            shown ??= load()
            const data = { id: 1, type: 'documentHandle', data: scope.request, timestamp: Date.now() }
            const [answer] = await Promise.all([chrome.runtime.sendMessage(data), shown.loaded])
            const origin = chrome.runtime.getURL('/').slice(0, -1)
            shown.frame.contentWindow?.postMessage(
              { underlag: 'show', handle: answer.res.value.handle },
              origin,
            )
          })
          if (made) await made.loaded
        },
      })
      return result?.result
    },
    [tab, act, request] as const,
  )
}
