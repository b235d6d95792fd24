import type { Page } from '../../lib/page.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { Mount } from '../../lib/ui/mount.tsx'
import { type OfferedFile, watchFiles } from '../sie-handover/offer.tsx'
import { Card } from './card.tsx'

/** The Fortnox card on the page "Läs in data", there as long as the page is. */
export function startCard(page: Page): void {
  const language = uiLanguage()
  const mount = new Mount(page.signal)
  let offer: OfferedFile | null = null
  const setOffer = (next: OfferedFile | null) => {
    offer = next
    draw()
  }
  function draw(): void {
    const place = page.adapter.cardPlace(document)
    if (place)
      mount.draw(<Card page={page} language={language} offer={offer} onOffer={setOffer} />, place, 'after')
    else mount.remove()
  }
  page.on((what) => {
    if (what === 'company') offer = null
    draw()
  })
  watchFiles(page.signal, (file) => {
    if (page.adapter.sieTarget(document)) setOffer(file)
  })
  draw()
}
