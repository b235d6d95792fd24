import type { Page } from 'playwright-core'

/** A row in view, and the button that stands on it. */
export interface SeenRow {
  text: string
  label: string | null
}

/**
 * What a person sees: every row in view that shows a voucher, by its text, with the button whose middle lies on the row.
 *
 * @param rows selector of the rows, in the page's own documents and open shadow roots
 */
export function seenRows(page: Page, rows: string): Promise<SeenRow[]> {
  return page.evaluate((selector) => {
    const roots: (Document | ShadowRoot)[] = [document]
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName === 'underlag-ui') continue
        if (element.shadowRoot) roots.push(element.shadowRoot)
        if (element instanceof HTMLIFrameElement && element.contentDocument)
          roots.push(element.contentDocument)
      }
    }
    return roots.flatMap((root) => {
      const own = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument!
      const buttons = [...own.querySelectorAll('underlag-ui')].flatMap((host) =>
        [...(host.shadowRoot?.querySelectorAll('button[data-key]') ?? [])].map((button) => ({
          label: button.getAttribute('aria-label'),
          rect: button.getBoundingClientRect(),
          isShown: getComputedStyle(button).visibility === 'visible',
        })),
      )
      return [...root.querySelectorAll<HTMLElement>(selector)].flatMap((row) => {
        const rect = row.getBoundingClientRect()
        let { top, bottom } = { top: 0, bottom: own.defaultView!.innerHeight }
        for (let around = row.parentElement; around; around = around.parentElement) {
          if (getComputedStyle(around).overflowY === 'visible') continue
          const box = around.getBoundingClientRect()
          top = Math.max(top, box.top)
          bottom = Math.min(bottom, box.bottom)
        }
        const middle = (rect.top + rect.bottom) / 2
        if (rect.height === 0 || middle < top + 2 || middle > bottom - 2) return []
        // Under a sticky header a row is not seen.
        const there = root.elementFromPoint(row.children[0]!.getBoundingClientRect().left + 3, middle)
        if (there && there.localName !== 'underlag-ui' && !row.contains(there) && !there.contains(row))
          return []
        const on = buttons.filter((button) => {
          const at = (button.rect.top + button.rect.bottom) / 2
          return button.isShown && at > rect.top && at < rect.bottom
        })
        return [
          {
            text: [...row.children].map(({ textContent }) => textContent?.trim()).join(' | '),
            label: on[0]?.label ?? null,
          },
        ]
      })
    })
  }, rows)
}

/** Frames drawn by the page, and a moment for messages to come back. */
export async function settle(page: Page, frames = 2): Promise<void> {
  await page.evaluate(
    (count) =>
      new Promise<void>((resolve) => {
        const next = (left: number) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)))
        next(count)
      }),
    frames,
  )
}
