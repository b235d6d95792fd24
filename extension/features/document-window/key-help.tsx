import { useEffect, useRef } from 'preact/hooks'
import { type Action, listedKeys } from './keys.ts'
import { text } from './parts.tsx'

/** The keys that work now. */
export function KeyHelp({ without, onClose }: { without: ReadonlySet<Action>; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="key-help" aria-labelledby="key-help-title" onClose={onClose}>
      <h2 id="key-help-title">{text.action.help}</h2>
      <dl>
        {listedKeys
          .filter(([action]) => !without.has(action))
          .map(([action, keys]) => (
            <div key={action}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{text.action[action]}</dd>
            </div>
          ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button">
          {text.close}
        </button>
      </form>
    </dialog>
  )
}
