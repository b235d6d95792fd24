import type { Page } from 'playwright-core'

/** What a page of `site/kinds` shows, held against the marks on it. */
export interface Marked {
  /** Marked rows in view whose one button is that voucher's, known and without any mismatch. */
  right: number
  /** The other marked rows in view, with what stands on them. */
  wrong: string[]
  /** Buttons that a person can hit, on whatever row. */
  buttons: number
}

/**
 * Looks at every row in view that says by `data-voucher` which voucher's button it must carry, in the page's documents and
 * open shadow roots. Rows without the mark must carry none: then `buttons` equals `right`.
 */
export function markedRows(page: Page): Promise<Marked> {
  return page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document]
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName === 'underlag-ui') continue
        if (element.shadowRoot) roots.push(element.shadowRoot)
        if (element instanceof HTMLIFrameElement && element.contentDocument)
          roots.push(element.contentDocument)
      }
    }
    const middleOf = ({ top, bottom }: DOMRect) => (top + bottom) / 2
    const buttonsOf = (own: Document) =>
      [...own.querySelectorAll('underlag-ui')].flatMap((host) =>
        [...(host.shadowRoot?.querySelectorAll('button[data-key]') ?? [])].filter((button) => {
          const rect = button.getBoundingClientRect()
          const top = own.elementFromPoint(rect.left + rect.width / 2, middleOf(rect))
          return getComputedStyle(button).visibility === 'visible' && top === host
        }),
      )
    const found: Marked = { right: 0, wrong: [], buttons: 0 }
    for (const root of roots) {
      const own = root.nodeType === Node.DOCUMENT_NODE ? (root as Document) : root.ownerDocument!
      const buttons = buttonsOf(own)
      if (own === root) found.buttons += buttons.length
      for (const row of root.querySelectorAll<HTMLElement>('[data-voucher]')) {
        const box = row.getBoundingClientRect()
        const rect = box.height > 0 ? box : (row.firstElementChild?.getBoundingClientRect() ?? box)
        let { top, bottom } = { top: 0, bottom: own.defaultView!.innerHeight }
        for (let around = row.parentElement; around; around = around.parentElement) {
          if (getComputedStyle(around).overflowY === 'visible') continue
          const clip = around.getBoundingClientRect()
          top = Math.max(top, clip.top)
          bottom = Math.min(bottom, clip.bottom)
        }
        const middle = middleOf(rect)
        if (rect.height === 0 || middle < top + 2 || middle > bottom - 2) continue
        const labels = buttons
          .filter((button) => {
            const at = middleOf(button.getBoundingClientRect())
            return at > rect.top && at < rect.bottom
          })
          .map((button) => button.getAttribute('aria-label') ?? '')
        const name = row.dataset.voucher!
        const isRight = new RegExp(`^Underlag ${name} \\((inga filer|1 fil|\\d filer), per [^,]*\\)$`)
        if (labels.length === 1 && isRight.test(labels[0]!)) found.right++
        else found.wrong.push(`${name}: ${labels.join(' + ') || 'none'}`)
      }
    }
    return found
  })
}
