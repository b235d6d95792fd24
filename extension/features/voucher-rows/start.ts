import type { Page } from '../../lib/page.ts'
import { onMessage, type PageCommand, type PageState } from '../../lib/protocol.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { loadAsked } from './asked.ts'
import { Census } from './census.ts'
import { Decorator } from './decorator.ts'
import type { Layer } from './layer.ts'
import { Opener } from './opener.ts'

/** Buttons on voucher rows, what they open, and what the toolbar popup asks of the page. */
export function startRows(page: Page): void {
  performance.mark('underlag:start')
  const language = uiLanguage()
  const decorator: Decorator = new Decorator(page, language, listen, () => {
    performance.mark('underlag:rows', { detail: decorator.shown().length })
    census.soon()
  })
  const census = new Census(decorator, page.signal)
  const opener = new Opener(page, decorator, language)
  const stops = [
    onMessage('windowCommand', ({ data }) => opener.command(data)),
    onMessage('pageState', () => pageState(page, decorator, census)),
    onMessage('pageCommand', ({ data }) => command(data)),
  ]
  page.signal.addEventListener('abort', () => {
    for (const stop of stops) stop()
  })
  void decorator.tables.walk()

  /** One set of listeners for a table's buttons. Only a person's own events count. */
  function listen(layer: Layer): void {
    const on = (type: string, react: (button: HTMLButtonElement) => void) =>
      layer.host.shadowRoot?.addEventListener(
        type,
        (event) => {
          const button = (event.target as Element | null)?.closest('button')
          if (event.isTrusted && button) react(button)
        },
        { capture: true },
      )
    on('click', (button) => opener.press(button))
    on('pointerover', (button) => opener.approach(button, true))
    on('pointerout', () => opener.leave())
    on('focusin', (button) => opener.approach(button, false))
  }

  function command(asked: PageCommand): void {
    switch (asked.type) {
      case 'pick-column':
        void loadAsked().then((asked) => asked?.pickColumn(page, decorator.tables, language))
        break
      case 'next-without-documents':
        void opener.nextWithoutDocuments()
        break
      case 'company':
        void page.remember({ company: asked.company })
        break
      case 'focus-row':
        focusRow(decorator)
        break
    }
  }
}

/** Focuses the button of the row that has the focus, else the first one in view. */
function focusRow(decorator: Decorator): void {
  const shown = decorator.shown()
  const own =
    shown.find(({ row }) => row.contains(document.activeElement)) ?? shown.find(({ row }) => isInView(row))
  if (own) decorator.buttonAt(own)?.focus()
}

function isInView(row: Element): boolean {
  const { top, bottom } = row.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

function pageState(page: Page, decorator: Decorator, census: Census): PageState {
  return {
    adapter: page.adapter.id,
    company: page.company,
    tables: decorator.tables.known.size,
    rows: census.result.rows,
    withoutDocuments: census.result.withoutDocuments,
  }
}
