import type { Page } from '../../lib/page.ts'
import { onMessage } from '../../lib/protocol.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { Decorator } from './decorator.ts'
import type { Layer } from './layer.ts'
import { Opener } from './opener.ts'

/** Buttons on voucher rows, and what they open. */
export function startRows(page: Page): Decorator {
  performance.mark('underlag:start')
  const language = uiLanguage()
  const decorator = new Decorator(page, language, (layer) => listen(layer))
  const opener = new Opener(page, decorator, language)
  const stop = onMessage('windowCommand', ({ data }) => opener.command(data))
  page.signal.addEventListener('abort', stop)
  void decorator.tables.walk()

  /** One set of listeners for a table's buttons. Only a person's own events count. */
  function listen(layer: Layer): void {
    const root = layer.host.shadowRoot!
    const buttonOf = (event: Event) =>
      event.isTrusted ? ((event.target as Element | null)?.closest?.('button') ?? null) : null
    const on = (type: string, react: (button: HTMLButtonElement, event: Event) => void) =>
      root.addEventListener(
        type,
        (event) => {
          const button = buttonOf(event)
          if (button) react(button, event)
        },
        { capture: true },
      )
    on('click', (button) => opener.press(button))
    on('pointerover', (button) => opener.approach(button, true))
    on('pointerout', () => opener.leave())
    on('focusin', (button) => opener.approach(button, false))
  }
  return decorator
}
