import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startCard } from '../features/fortnox-card/start.tsx'
import { startYearControls } from '../features/year-controls/start.tsx'
import { definePanels } from '../lib/panels.ts'

/** Run by the background in pages that have a place for the card or the years' controls. */
export default defineUnlistedScript(() => {
  definePanels((page) => {
    startCard(page)
    startYearControls(page)
  })
})
