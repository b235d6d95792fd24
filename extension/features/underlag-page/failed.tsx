import type { WireError } from '../../../shared/errors.ts'
import { errorText } from '../../../shared/text/errors.ts'
import { toolbarText } from '../../../shared/text/toolbar.ts'
import { ask } from '../../lib/ask.ts'
import { language, Notice, text } from '../document-window/parts.tsx'

/** What could not be fetched, and the way out: sign in, or try again. */
export function Failed({ error, onAgain }: { error: WireError; onAgain: () => void }) {
  const { title, help } = errorText(error, language)
  return (
    <Notice icon="warning" title={title} help={help} isAlert>
      <Again error={error} onAgain={onAgain} />
    </Notice>
  )
}

/** As {@link Failed}, in one line above what was fetched before. */
export function FailedStrip({ error, onAgain }: { error: WireError; onAgain: () => void }) {
  return (
    <div class="failed-strip" role="alert">
      <span>{errorText(error, language).title}</span>
      <Again error={error} onAgain={onAgain} />
    </div>
  )
}

function Again({ error, onAgain }: { error: WireError; onAgain: () => void }) {
  if (error.code !== 'not_signed_in') {
    return (
      <button type="button" class="button" onClick={onAgain}>
        {text.again}
      </button>
    )
  }
  return (
    <button type="button" class="button button-primary" onClick={() => void ask('signIn').then(onAgain)}>
      {toolbarText(language).signIn}
    </button>
  )
}
