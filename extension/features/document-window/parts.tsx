import type { ComponentChildren } from 'preact'
import { documentWindowText } from '../../../shared/text/document-window.ts'
import { chooseLanguage, type Language } from '../../../shared/text/language.ts'
import { Icon, type IconName } from './icons.tsx'
import { type Action, listedKeys } from './keys.ts'

/** The browser's language, once: Swedish unless it asks for English. */
export const language: Language = chooseLanguage(navigator.languages)
export const text = documentWindowText(language)

const keysOf = new Map(listedKeys)

/** A button with an icon, its name and its key in the tooltip. */
export function ActionButton(props: {
  action: Action
  icon: IconName
  onAction: (action: Action) => void
  isPressed?: boolean
  isDisabled?: boolean
}) {
  const { action, icon, onAction, isPressed, isDisabled = false } = props
  const name = text.action[action]
  const key = keysOf.get(action)?.[0]
  return (
    <button
      type="button"
      class="icon-button"
      title={key ? `${name} (${key})` : name}
      aria-label={name}
      aria-pressed={isPressed}
      disabled={isDisabled}
      onClick={() => onAction(action)}
    >
      <Icon name={icon} />
    </button>
  )
}

/** What is said in place of a document. */
export function Notice(props: {
  icon: IconName
  title: string
  help?: string
  children?: ComponentChildren
  isAlert?: boolean
}) {
  return (
    <div class="notice" role={props.isAlert ? 'alert' : 'status'}>
      <span class="notice-icon">
        <Icon name={props.icon} size={28} />
      </span>
      <h2>{props.title}</h2>
      {props.help ? <p>{props.help}</p> : null}
      {props.children ? <div class="notice-actions">{props.children}</div> : null}
    </div>
  )
}
