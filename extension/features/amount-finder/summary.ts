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
  const stands = found.amounts.filter((amount) => amount.places.length > 0)
  const own = stands.filter((amount) => amount.otherCurrency === null)
  const there = own.find(isTotal) ?? stands.find(isTotal) ?? own[0] ?? stands[0]
  if (there) {
    const isProof = there.otherCurrency === null && isTotal(there) && (there === main || !main.isInvoice)
    const isRounded = there.isUnrounded === true && there.otherCurrency === null
    const says = isRounded ? text.foundUnrounded(written(there, language)) : lineOf(there, language)
    // Another amount than the one in question proves less: said beside what is missing.
    const isComplete = isProof || isRounded || main.places.length > 0
    return {
      verdict: isProof || isRounded ? 'found' : 'partly',
      line: isComplete ? says : `${says}; ${missingLine(found, main, language)}`,
      also,
    }
  }
  const isSearchedWhole = found.pagesWithoutText.length === 0 && !found.capped
  return { verdict: isSearchedWhole ? 'missing' : 'unknown', line: missingLine(found, main, language), also }
}

/** "Not found", or why that cannot be said of all of the document. */
function missingLine(found: Found, main: FoundAmount, language: Language): string {
  const text = documentWindowText(language).finder
  const { pagesWithoutText, capped } = found
  if (pagesWithoutText.length > 0)
    return text.pagesWithoutText(written(main, language), pagesWithoutText.length)
  return capped ? text.cappedText : text.notFound(written(main, language))
}

function isTotal({ role }: FoundAmount): boolean {
  return role === 'total'
}

function lineOf(amount: FoundAmount, language: Language): string {
  const text = documentWindowText(language).finder
  if (amount.otherCurrency !== null)
    return text.otherCurrency(formatAmount(amount.value, language), amount.otherCurrency)
  const shown = written(amount, language)
  return amount.role === 'total' ? text.found(shown) : text.foundAs(shown, text.what[amount.role])
}

function written({ value, currency }: FoundAmount, language: Language): string {
  const amount = formatAmount(value, language)
  return currency === 'SEK' ? amount : `${amount} ${currency}`
}
