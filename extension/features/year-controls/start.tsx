import { fiscalYearId } from '../../../shared/ledger/keys.ts'
import type { Page } from '../../lib/page.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { Mount } from '../../lib/ui/mount.tsx'
import { YearControls } from './controls.tsx'

/** Each fiscal year's controls on the page "Inläst data". A company that is not confirmed gets none: the card asks first. */
export function startYearControls(page: Page): void {
  const language = uiLanguage()
  const mounts = new Map<string, Mount>()
  function draw(): void {
    const company = page.session ? page.state : null
    const places = company ? page.adapter.yearPlaces(document) : []
    const shown = new Set<string>()
    for (const place of places) {
      const id = fiscalYearId(place.from, place.to)
      shown.add(id)
      const mount = mounts.get(id) ?? new Mount(page.signal)
      mounts.set(id, mount)
      mount.draw(
        <YearControls page={page} place={place} company={company!} language={language} />,
        place.place,
        'last',
      )
    }
    for (const [id, mount] of mounts) {
      if (shown.has(id)) continue
      mount.remove()
      mounts.delete(id)
    }
  }
  page.on((what) => {
    if (what === 'company') {
      for (const mount of mounts.values()) mount.remove()
      mounts.clear()
    }
    draw()
  })
  draw()
}
