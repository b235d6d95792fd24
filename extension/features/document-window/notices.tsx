import { useEffect, useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import { errorText } from '../../../shared/text/errors.ts'
import { formatBytes, formatDateTime } from '../../../shared/text/format.ts'
import type { DocumentBytes, VoucherView } from '../../lib/protocol.ts'
import type { WindowState } from './controller.ts'
import type { IconName } from './icons.tsx'
import { language, Notice, text } from './parts.tsx'

const icons: Partial<Record<WireError['code'], IconName>> = {
  edge_unreachable: 'cloudOff',
  fortnox_unreachable: 'cloudOff',
  fortnox_rate_limited: 'clock',
  document_encrypted: 'lock',
  document_no_permission: 'lock',
  forbidden: 'lock',
  not_signed_in: 'lock',
  document_type_unsupported: 'file',
  document_too_large: 'file',
}
/** Trying again leads nowhere: the same bytes come back. */
const final = new Set<WireError['code']>([
  'document_type_unsupported',
  'document_too_large',
  'document_encrypted',
  'document_gone',
  'document_no_permission',
])

/** A document or a voucher that cannot be shown: what happened, the way out, and the file if it is here. */
export function Failed(props: {
  error: WireError
  bytes: DocumentBytes | null
  onAgain: (password?: string) => void
  /** What the button that calls `onAgain` says; default: "try again". */
  again?: string
  onSave: () => void
}) {
  const { error, bytes, onAgain, again = text.again, onSave } = props
  const { title, help } = errorText(error, language)
  return (
    <Notice icon={icons[error.code] ?? 'warning'} title={title} help={help} isAlert>
      {error.code === 'document_encrypted' ? (
        <PasswordForm isWrong={error.data.wrong === true} onPassword={onAgain} />
      ) : null}
      {bytes ? (
        <button type="button" class="button" onClick={onSave}>
          {text.saveFile(formatBytes(bytes.size, language))}
        </button>
      ) : null}
      {final.has(error.code) ? null : (
        <button type="button" class="button" onClick={() => onAgain()}>
          {again}
        </button>
      )}
    </Notice>
  )
}

function PasswordForm(props: { isWrong: boolean; onPassword: (password: string) => void }) {
  const [password, setPassword] = useState('')
  return (
    <form
      class="password"
      onSubmit={(event) => {
        event.preventDefault()
        props.onPassword(password)
      }}
    >
      <label>
        <span>{text.password}</span>
        <input
          type="password"
          autocomplete="off"
          value={password}
          aria-invalid={props.isWrong}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button-primary">
        {text.passwordOpen}
      </button>
      {props.isWrong ? <p class="password-wrong">{text.passwordWrong}</p> : null}
    </form>
  )
}

/** The voucher is known and has no documents, or its year's documents were never fetched. */
export function NoDocuments({ view }: { view: VoucherView }) {
  return view.documentsAt === null ? (
    <Notice icon="clock" title={text.noneNeverSynced} help={text.noneNeverSyncedHelp} />
  ) : (
    <Notice
      icon="missing"
      title={text.none}
      help={text.noneHelp(text.asOf(formatDateTime(view.documentsAt)))}
    />
  )
}

/** What is there sooner is not announced: an animation takes a processor's time from what is being drawn, ms. */
const skeletonMs = 300

/** Lines where the document will be, shown only if it takes long enough to be seen. */
export function Skeleton({ label }: { label: string }) {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), skeletonMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isLate) return null
  return (
    <div class="skeleton" role="status" aria-label={label}>
      <div class="skeleton-page">
        {['30', '55', '0', '100', '95', '98', '60', '0', '100', '100', '100', '40'].map((width, i) => (
          <span key={i} class={`skeleton-line skeleton-${width}`} />
        ))}
      </div>
    </div>
  )
}

/** What may not be trusted: said above the document, in words. */
export function Warnings({ state }: { state: WindowState }) {
  const view = state.voucher.state === 'ready' ? state.voucher.value : null
  const mismatch = state.request?.mismatch
  const lines: string[] = []
  if (mismatch) lines.push(text.mismatch[mismatch])
  if (view?.differs) {
    const { date, text: words } = view.fortnox ?? { date: null, text: '' }
    lines.push(`${text.differs}. ${text.differsHelp(date ?? '–', words)}`)
  }
  return lines.length === 0 ? null : (
    <div class="warnings" role="alert">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
