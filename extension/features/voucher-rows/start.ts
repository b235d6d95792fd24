import type { Page } from '../../lib/page.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { Decorator } from './decorator.ts'

/** Buttons on voucher rows, and what they open. */
export function startRows(page: Page): void {
  performance.mark('underlag:start')
  const decorator = new Decorator(page, uiLanguage(), () => undefined)
  void decorator.tables.walk()
}
