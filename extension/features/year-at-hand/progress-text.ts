import { formatBytes, formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearAtHandText } from '../../../shared/text/year-at-hand.ts'
import type { YearAtHand } from '../../lib/protocol.ts'

const minute = 60_000

/** "312 av 1 204 · 84 MB · ca 6 min kvar": what is known, and nothing that is not. */
export function progressText(year: YearAtHand, language: Language): string {
  const t = yearAtHandText(language)
  const { done, total, bytes, missing, remainingMs } = year
  if (total === null) return year.state === 'running' ? t.listing : ''
  return [
    year.state === 'done'
      ? t.documents(formatCount(done, language))
      : t.progress(formatCount(done, language), formatCount(total, language)),
    bytes > 0 ? formatBytes(bytes, language) : '',
    missing > 0 ? t.missing(formatCount(missing, language)) : '',
    remainingMs === null ? '' : timeLeft(remainingMs, language),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Rounded up to what is read at a glance: whole minutes, from an hour on tens of them. */
function timeLeft(ms: number, language: Language): string {
  const t = yearAtHandText(language)
  if (ms < minute) return t.underMinute
  const minutes = Math.ceil(ms / minute)
  if (minutes < 60) return t.minutes(minutes)
  const tens = Math.ceil(minutes / 10) * 10
  return t.hours(Math.floor(tens / 60), tens % 60)
}
