import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import { errorText } from '../../../shared/text/errors.ts'
import type { Language } from '../../../shared/text/language.ts'

/** The product's mark. */
export function Mark() {
  return (
    <svg viewBox="0 0 128 128" aria-hidden="true">
      <rect width="128" height="128" rx="28" fill="#0b6b4d" />
      <path d="M40 26h34l18 18v52a8 8 0 0 1-8 8H40a8 8 0 0 1-8-8V34a8 8 0 0 1 8-8z" fill="#fff" />
      <path d="M74 26v12a6 6 0 0 0 6 6h12z" fill="#a5d6bd" />
      <path
        d="m48 70 9 9 20-20"
        fill="none"
        stroke="#0b6b4d"
        stroke-width="9"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** An error: what happened, and the way out. */
export function ErrorNote(props: { error: WireError; language: Language; children?: ComponentChildren }) {
  const { title, help } = errorText(props.error, props.language)
  return (
    <div class="box bad" role="alert">
      <p class="error">
        <strong>{title}.</strong> {help}
      </p>
      {props.children}
    </div>
  )
}

/** A modal dialog. Esc and its own buttons close it; the focus goes back where it was. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      <div class="stack">
        <h2>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  )
}
