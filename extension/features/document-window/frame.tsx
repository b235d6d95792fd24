import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import {
  documentName,
  type FrameMessage,
  type ShowPayload,
  sendMessage,
  type WindowCommand,
} from '../../lib/protocol.ts'
import { Controller } from './controller.ts'
import { linkTo } from './link.ts'
import { defaultPreferences, loadPreferences, type Preferences, savePreferences } from './preferences.ts'
import { Prefetcher } from './prefetch.ts'
import { backgroundSource, redeemHandle } from './source.ts'
import { warmPdf } from './viewer/open.ts'
import { decodePicture, drawPicture } from './viewer/picture.ts'
import type { Painted } from './viewer/viewer.ts'
import { DocumentWindow } from './window.tsx'

/** Where commands go: the content script that the last handle came from. */
let page: Pick<ShowPayload, 'tab' | 'frame'> | null = null
const controller = new Controller(backgroundSource)
const prefetcher = new Prefetcher(controller)

function command(value: WindowCommand): void {
  if (page) void sendMessage('commandPage', { ...page, command: value })
}

async function show(handle: string): Promise<void> {
  prefetcher.stop()
  const { pictures } = controller
  const payload = redeemHandle(handle, pictures).then((redeemed) => {
    page = { tab: redeemed.tab, frame: redeemed.frame }
    decodeFirst(redeemed, pictures).catch(() => {})
    if (!redeemed.detail && redeemed.mode !== 'prefetch') controller.expect(redeemed)
    return redeemed
  })
  // Only the redeemed handle says whether there is something to show; a prefetch leaves the window as it is.
  const {
    mode,
    tab: _tab,
    frame: _frame,
    detail: _detail,
    picture: _picture,
    ...rest
  } = await payload.catch(() => ({ mode: 'window' as const }) as ShowPayload)
  if (mode === 'prefetch') return prefetcher.ahead({ ...rest, mode })
  if (mode === 'window') window.focus()
  await controller.showPayload(payload)
}

/** The first document's picture is decoded while the rest of the window is drawn. */
async function decodeFirst(redeemed: ShowPayload, pictures: string[]): Promise<void> {
  const [first] = redeemed.detail?.documents ?? []
  const isHere = first && pictures.includes(documentName(redeemed.company, first.id))
  const picture = redeemed.picture ?? (isHere ? await controller.picture(redeemed, first.id) : null)
  if (picture) await decodePicture(picture)
}

addEventListener('message', (event) => {
  if (event.source !== parent || parent === window) return
  const message = event.data as FrameMessage | null
  if (message?.underlag === 'show' && typeof message.handle === 'string') void show(message.handle)
  if (message?.underlag === 'hide') {
    prefetcher.stop()
    controller.hide()
  }
})

/** Page 1 is on the screen: keep it as a picture if it is new, then fetch what may be asked for next. */
async function painted(what: Painted): Promise<void> {
  performance.mark('underlag:painted', { detail: what })
  const { request, key, position, shown } = controller.state.value
  if (what !== 'page' || !request || key === null || shown?.opened.state !== 'ready') return
  const { entry, opened } = shown
  if (!(await controller.picture(request, entry.id).catch(() => null))) {
    const picture = await drawPicture(opened.value).catch(() => null)
    if (picture) await controller.keepPicture(request, { document: entry.id, ...picture })
  }
  if (request.mode === 'window') await prefetcher.around(request, key, position)
}

function Frame() {
  const [preferences, setPreferences] = useState<Preferences>(defaultPreferences)
  useEffect(() => {
    void loadPreferences().then(setPreferences)
  }, [])
  return (
    <DocumentWindow
      controller={controller}
      preferences={preferences}
      onPreferences={(part) => {
        const changed = { ...preferences, ...part }
        setPreferences(changed)
        void savePreferences(changed)
      }}
      onCommand={command}
      onOpenTab={() => {
        const { request, key, position } = controller.state.value
        if (!request) return
        void browser.tabs.create({
          url: linkTo({ company: request.company, year: request.year, key, position }),
        })
      }}
      onPainted={(what) => void painted(what)}
    />
  )
}

/** A handle that is already on its way is served first; pdf.js is some 2 MB of script. */
const warmAfter = 250

/** Draws the window into `root` and waits, warm, for a handle. */
export function startFrame(root: HTMLElement): void {
  render(<Frame />, root)
  setTimeout(() => void warmPdf(), warmAfter)
}
