import { askedText } from '../../../shared/text/asked.ts'
import type { Language } from '../../../shared/text/language.ts'
import { rowText } from '../../../shared/text/rows.ts'
import type { Page } from '../../lib/page.ts'
import { showNotice } from '../../lib/ui/notice.ts'
import { voucherName } from './button.ts'
import type { ShownRow } from './decorator.ts'

/** Says why a row's button has nothing to open; where only the year is wanting, asks for it. */
export function sayWhy(
  page: Page,
  { answer, reading }: ShownRow,
  button: HTMLButtonElement,
  language: Language,
): void {
  if (answer.state === 'year_unknown') {
    askYear(page, button, language)
    return
  }
  const t = askedText(language)
  const text =
    answer.state === 'unknown' ? `${voucherName(reading)}: ${rowText(language).unknown}` : t.syncHere
  showNotice(button, { text, actions: [], close: t.cancel }, page.signal)
}

function askYear(page: Page, button: HTMLButtonElement, language: Language): void {
  const t = askedText(language)
  const company = page.company?.organisationNumber
  const years = (page.state?.years ?? []).filter(({ documentsAt }) => documentsAt !== null)
  if (!company) return
  showNotice(
    button,
    {
      text: years.length > 0 ? t.askYear : t.noYears,
      help: years.length > 0 ? t.askYearHelp : t.syncHere,
      actions: years.map(({ id, from, to }) => ({
        label: `${from} – ${to}`,
        run: () => void page.remember({ year: { company, year: id } }),
      })),
      close: t.cancel,
    },
    page.signal,
  )
}
