import type { SyncState, YearState } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import { formatCount, formatDateTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearText } from '../../../shared/text/years.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'

/** One year's sync: running with its progress, failed with why, or when it was last done. Nothing before the first. */
export function SyncLine(props: {
  title: string | null
  year: YearState | null
  error: WireError | null
  /** The sync that ended while the page was open. */
  ended: SyncState | null
  language: Language
}) {
  const { title, year, error, ended, language } = props
  const t = yearText(language)
  const sync = year?.sync ?? null
  if (error) return <Line title={title} note={<ErrorNote error={error} language={language} />} />
  if (sync?.state === 'running')
    return <Line title={title} note={<Progress sync={sync} language={language} />} />
  if (sync?.state === 'failed') {
    return (
      <Line
        title={title}
        note={<ErrorNote error={sync.error ?? { code: 'sync_failed', data: {} }} language={language} />}
      />
    )
  }
  const note = ended?.changed ? <EndNote changed={ended.changed} language={language} /> : null
  if (!title || year?.documentsAt == null) return note
  return (
    <div class="row">
      <strong>{title}</strong>
      <span>{t.vouchers(formatCount(year.counts.vouchers, language))}</span>
      <span>{t.documents(formatCount(year.counts.documents, language))}</span>
      <span class="soft">{t.syncedAt(formatDateTime(year.documentsAt))}</span>
      {note}
    </div>
  )
}

function Line({ title, note }: { title: string | null; note: preact.ComponentChild }) {
  return (
    <div class="stack">
      {title ? <strong>{title}</strong> : null}
      {note}
    </div>
  )
}

function Progress({ sync, language }: { sync: SyncState; language: Language }) {
  const t = yearText(language)
  const { phase, done, total } = sync
  const isKnown = total !== null && total > 0
  return (
    <div class="stack" role="status">
      <span>
        {t.phase[phase]}
        {isKnown ? ` · ${t.progress(formatCount(done, language), formatCount(total, language))}` : ''}
      </span>
      <div
        class={isKnown ? 'bar' : 'bar unknown'}
        role="progressbar"
        aria-label={t.phase[phase]}
        aria-valuemin={0}
        {...(isKnown ? { 'aria-valuemax': total, 'aria-valuenow': done } : {})}
      >
        <i style={isKnown ? { width: `${Math.min(100, (100 * done) / total)}%` } : {}} />
      </div>
    </div>
  )
}

function EndNote({ changed, language }: { changed: NonNullable<SyncState['changed']>; language: Language }) {
  const t = yearText(language)
  const { vouchers, documents } = changed
  return (
    <span role="status">
      {vouchers + documents === 0
        ? t.doneSame
        : t.doneChanged(formatCount(vouchers, language), formatCount(documents, language))}
    </span>
  )
}
