import { errorText } from '../../../shared/text/errors.ts'
import { formatCount, formatTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearAtHandText } from '../../../shared/text/year-at-hand.ts'
import { ask } from '../../lib/ask.ts'
import type { YearAction, YearAtHand } from '../../lib/protocol.ts'
import { progressText } from './progress-text.ts'

/** One year that is or was made available ahead: how far it has come, what it waits for, and what can be done. */
export function YearLine(props: {
  year: YearAtHand
  /** What the line is called by a screen reader. */
  label: string
  /** Shown first, where several years stand together: in the options. */
  title?: string
  /** The year's version at the edge; another than was fetched: there may be more. */
  version?: string | undefined
  language: Language
  onAction: (action: YearAction) => void
}) {
  const { year, label, title, version, language, onAction } = props
  const t = yearAtHandText(language)
  const { state, done, total, error } = year
  const isOver = state === 'done'
  const isNewer = isOver && version !== undefined && version !== year.version
  const percent = total ? Math.min(100, (100 * done) / total) : 0
  const words = progressText(year, language)
  return (
    <section class="at-hand" data-state={state} aria-label={label}>
      <div class="at-hand-words">
        {title ? <strong class="at-hand-title">{title}</strong> : null}
        <span role="status">{t.state[state]}</span>
        {words ? <span class="at-hand-numbers">{words}</span> : null}
      </div>
      <div class="at-hand-actions">
        {state === 'running' || state === 'queued' || state === 'waiting' ? (
          <button type="button" class="button" onClick={() => onAction('pause')}>
            {t.pause}
          </button>
        ) : null}
        {state === 'paused' || state === 'stopped' ? (
          <button type="button" class="button" onClick={() => onAction('resume')}>
            {t.resume}
          </button>
        ) : null}
        {error?.code === 'cache_full' && !title ? (
          <button type="button" class="button" onClick={() => void ask('openOptions')}>
            {t.options}
          </button>
        ) : null}
        {isNewer ? (
          <button type="button" class="button" onClick={() => onAction('start')}>
            {t.fetchNew}
          </button>
        ) : null}
        <button type="button" class="button" onClick={() => onAction('cancel')}>
          {isOver ? t.hide : t.cancel}
        </button>
      </div>
      {isOver ? null : (
        <div
          class="at-hand-bar"
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          {...(total === null ? {} : { 'aria-valuemax': total, 'aria-valuenow': done })}
        >
          <i style={{ width: `${percent}%` }} />
        </div>
      )}
      {isNewer ? <p class="at-hand-note">{t.newer}</p> : null}
      {error ? <Reason year={year} language={language} /> : null}
    </section>
  )
}

function Reason({ year, language }: { year: YearAtHand; language: Language }) {
  const t = yearAtHandText(language)
  const { title, help } = errorText(year.error!, language)
  return (
    <p class={year.state === 'stopped' ? 'at-hand-note at-hand-bad' : 'at-hand-note'} role="alert">
      {`${title}. `}
      {year.retryAt === null ? help : t.retryAt(formatTime(year.retryAt))}
    </p>
  )
}

/** The offer, for a year that nobody has asked for yet. */
export function YearOffer(props: {
  label: string
  documents: number
  language: Language
  onStart: () => void
}) {
  const t = yearAtHandText(props.language)
  return (
    <section class="at-hand" data-state="offered" aria-label={props.label}>
      <span class="at-hand-words at-hand-soft">
        {t.startHelp(formatCount(props.documents, props.language))}
      </span>
      <div class="at-hand-actions">
        <button type="button" class="button" onClick={props.onStart}>
          {t.start}
        </button>
      </div>
    </section>
  )
}
