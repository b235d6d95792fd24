import { documentWindowText } from '../../../shared/text/document-window.ts'
import { formatAmount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { Found, FoundAmount } from './find.ts'

/** `found` the total stands there; `partly` net or VAT does, or it does in another currency; `unknown` nothing to look in. */
export type Verdict = 'found' | 'partly' | 'missing' | 'unknown'

export interface Summary {
  verdict: Verdict
  line: string
  /** What else stands there: invoice number, date. */
  also: string
}

/** A document's findings in one line. Says "not found" only of what could have been found. */
export function summarise(
  found: Found,
  expected: { number: string | null; date: string | null },
  language: Language,
): Summary | null {
  const text = documentWindowText(language).finder
  const main = found.amounts[0]
  const also = [
    found.number.length > 0 && expected.number !== null ? text.number(expected.number) : '',
    found.date.length > 0 && expected.date !== null ? text.date(expected.date) : '',
  ]
    .filter(Boolean)
    .join(' · ')
  if (!main) return null
  const isUnreadable = found.pagesWithoutText.length === found.pages
  if (isUnreadable) return { verdict: 'unknown', line: text.noText, also: '' }
  const there = found.amounts.find((amount) => amount.places.length > 0 && amount.otherCurrency === null)
  if (there) {
    const shown = written(there, language)
    const line = there.role === 'total' ? text.found(shown) : text.foundAs(shown, text.what[there.role])
    return { verdict: there.role === 'total' ? 'found' : 'partly', line, also }
  }
  const abroad = found.amounts.find((amount) => amount.places.length > 0)
  if (abroad) {
    const line = text.otherCurrency(
      formatAmount(abroad.value, language),
      abroad.otherCurrency ?? abroad.currency,
    )
    return { verdict: 'partly', line, also }
  }
  if (found.pagesWithoutText.length > 0) {
    return {
      verdict: 'unknown',
      line: text.pagesWithoutText(written(main, language), found.pagesWithoutText.length),
      also,
    }
  }
  if (found.capped) return { verdict: 'unknown', line: text.cappedText, also }
  return { verdict: 'missing', line: text.notFound(written(main, language)), also }
}

function written({ value, currency }: FoundAmount, language: Language): string {
  const amount = formatAmount(value, language)
  return currency === 'SEK' ? amount : `${amount} ${currency}`
}
