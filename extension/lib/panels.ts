import { ask } from './ask.ts'
import type { Page } from './page.ts'

/**
 * The card and the years' controls stand on two pages only, and are most of the interface: their script is loaded when
 * such a page is met. Both scripts run in the extension's one world of the page, where this name is theirs alone.
 */
interface PanelsWorld {
  underlagPanels?: (page: Page) => void
}
const world = globalThis as PanelsWorld

/** For the panels' script: what to start once it is here. */
export function definePanels(start: (page: Page) => void): void {
  world.underlagPanels = start
}

/** Loads and starts the panels the first time that the page has a place for one. */
export function loadPanelsWhenNeeded(page: Page): void {
  let isLoading = false
  page.on(async () => {
    const { adapter } = page
    if (isLoading || !(adapter.cardPlace(document) || adapter.yearPlaces(document).length > 0)) return
    isLoading = true
    const answer = await ask('loadScript', { script: 'panels' })
    if ('error' in answer) isLoading = false
    else if (!page.signal.aborted) world.underlagPanels?.(page)
  })
}
