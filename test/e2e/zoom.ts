import type { Frame, Page } from 'playwright-core'

/**
 * What is lost at 200 % zoom, where a window has half as many CSS pixels each way: controls that cannot be seen and hit
 * once scrolled to, and a page of ours that scrolls sideways.
 *
 * @param where the page, or a frame in it, whose surface is looked at
 * @param within on someone else's page: selector of our elements; null for all of a page of ours
 * @param size the window's size at 100 %, px
 */
export async function lostWhenZoomed(
  page: Page,
  where: Page | Frame,
  within: string | null = null,
  size = { width: 1280, height: 800 },
): Promise<string[]> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: size.width / 2, height: size.height / 2 })
  await page.waitForTimeout(300)
  const lost = await where.evaluate((selector) => {
    const controls =
      'button,a[href],input,select,textarea,summary,[role=button],[role=separator],[role=tab],[tabindex="0"]'
    const roots: ParentNode[] = [document]
    for (const root of roots)
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot)
    const isOurs = (element: Element) => {
      const root = element.getRootNode()
      const around = root instanceof ShadowRoot ? root.host : element
      return selector === null || around.matches(selector) || around.closest(selector) !== null
    }
    const all = roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(controls)]).filter(isOurs)
    const modal = all.map((control) => control.closest('dialog:modal')).find((dialog) => dialog) ?? null
    const problems: string[] = []
    let looked = 0
    for (const control of all) {
      // The buttons on rows are where the page's rows are, in view or not.
      if (control.dataset.key !== undefined || (modal && !modal.contains(control))) continue
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      if (control.closest('[inert]')) continue
      control.scrollIntoView({ block: 'center', inline: 'nearest' })
      const rect = control.getBoundingClientRect()
      if (rect.width < 2 || rect.height < 2) continue
      looked++
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? control.localName
      const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2]
      const hit = (control.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y)
      const isHit =
        hit !== null &&
        (control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control))
      // On someone else's page what we put in may be as wide as its table.
      const isCut = selector === null && (rect.left < -1 || rect.right > innerWidth + 1)
      if (isCut || !isHit)
        problems.push(`${name}: ${Math.round(rect.left)}–${Math.round(rect.right)} of ${innerWidth}`)
    }
    const { scrollWidth, clientWidth } = document.documentElement
    if (selector === null && scrollWidth > clientWidth + 1)
      problems.push(`scrolls sideways: ${scrollWidth} in ${clientWidth}`)
    if (looked === 0) problems.push('no control was found')
    return problems
  }, within)
  if (before) await page.setViewportSize(before)
  return lost
}
