import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame } from 'playwright-core'
import type { Language } from '../../shared/text/language.ts'
import { type OpenBrowser, openBrowser } from '../bench/document/browser.ts'
import { startEdge } from '../bench/document/edge.ts'
import { lightPicture } from '../stack/picture.ts'
import { makeStates, type State } from './states.ts'

export interface Look {
  language: Language
  theme: 'light' | 'dark'
}

/** Called for each state: what was seen, or why it does not hold. */
export type Report = (state: string, work: () => Promise<string>) => Promise<void>

const patience = 15_000

/**
 * Shows every state in each look, holds it to its words, and keeps a picture of it in `folder`.
 *
 * @param extension the unpacked extension, built for any edge
 */
export async function drawStates(
  extension: string,
  folder: string,
  looks: readonly Look[],
  report: Report,
): Promise<void> {
  for (const look of looks) await drawLook(extension, folder, look, report)
}

async function drawLook(
  extension: string,
  folder: string,
  { language, theme }: Look,
  report: Report,
): Promise<void> {
  const isFirst = language === 'sv' && theme === 'light'
  const pictures = isFirst ? folder : join(folder, `${language}-${theme}`)
  mkdirSync(pictures, { recursive: true })
  const open = (origin: string) =>
    openBrowser(extension, origin, {
      language: language === 'sv' ? 'sv-SE' : 'en-GB',
      ...{ colorScheme: theme, width: 1040, height: 720 },
    })
  const nobody = await startEdge({ vouchers: new Map(), documents: new Map(), documentsAt: null })
  const drawing = await open(nobody.origin)
  const { books, states } = await makeStates(drawing.page, language)
  await drawing.close()
  await nobody.close()

  for (const isSynced of [true, false]) {
    const edge = await startEdge({ ...books, documentsAt: isSynced ? books.documentsAt : null })
    const browser = await open(edge.origin)
    let frame = await browser.addFrame()
    let isDown = false
    for (const [at, state] of states.entries()) {
      if ((state.at !== 'never_synced') !== isSynced) continue
      if (state.at === 'edge_down' && !isDown) {
        // Nothing but the cache is left: a new frame, and no edge.
        isDown = true
        await edge.close()
        await browser.removeFrame()
        frame = await browser.addFrame()
      }
      const name = `${String(at + 1).padStart(2, '0')}-${state.name}`
      await report(isFirst ? name : `${name} ${language} ${theme}`, async () => {
        await seen(browser, frame, state)
        writeFileSync(join(pictures, `${name}.png`), await lightPicture(browser.page))
        return state.says.join(' · ')
      })
    }
    await browser.close()
    await edge.close()
  }
}

/** Shows a state and waits until all that it must say is seen. */
async function seen(browser: OpenBrowser, frame: Frame, { request, says, shows }: State): Promise<void> {
  await browser.show(request)
  for (const words of says) {
    await frame.getByText(words).first().waitFor({ timeout: patience })
  }
  if (shows === 'waits') await frame.locator('.skeleton').waitFor({ timeout: patience })
  if (shows === 'drawn')
    await frame.locator('.page[data-drawn] canvas').first().waitFor({ timeout: patience })
  if (shows === 'words' && (await frame.locator('.page[data-drawn]').count()) > 0)
    throw new Error('a page is drawn')
  // Marks, thumbnails and the skeleton's fading in.
  await frame.waitForTimeout(shows === 'words' ? 200 : 700)
}
