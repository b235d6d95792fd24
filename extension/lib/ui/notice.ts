import { makeHost, pin, themeBehind } from './host-element.ts'

export interface Notice {
  text: string
  help?: string
  actions: { label: string; run: () => void }[]
  close: string
}

const style = `
:host { all:initial }
div { position:fixed; z-index:2147483647; box-sizing:border-box; width:min(300px,calc(100vw - 24px)); padding:12px 14px; border-radius:10px; background:#fff; color:#1d1f1e;
  border:1px solid #dcdcd6; box-shadow:0 2px 6px #0002,0 10px 30px #0003; font:13px/1.45 system-ui,"Segoe UI",sans-serif; display:grid; gap:8px }
:host([data-theme=dark]) div { background:#232625; color:#e9ebe9; border-color:#4b504d }
p { margin:0 }
p + p { color:#5c605d } :host([data-theme=dark]) p + p { color:#a3a9a5 }
button { all:unset; box-sizing:border-box; padding:6px 10px; border-radius:6px; border:1px solid #c3c3bb; cursor:pointer; text-align:center }
:host([data-theme=dark]) button { border-color:#4b504d }
button:hover { border-color:currentColor } button:focus-visible { outline:2px solid #0b6b4d; outline-offset:1px }
button:last-child { border-color:transparent; color:#5c605d } :host([data-theme=dark]) button:last-child { color:#a3a9a5 }
`
let closeOpen: (() => void) | null = null

/** A word beside a button, with what can be done about it. Esc, its own button or a click elsewhere closes it; one at a time. */
export function showNotice(
  anchor: HTMLElement,
  { text, help, actions, close }: Notice,
  signal: AbortSignal,
): void {
  closeOpen?.()
  const { host, root } = makeHost(document, style)
  host.dataset.theme = themeBehind(document.body)
  pin(host, { all: 'initial' })
  const box = document.createElement('div')
  box.setAttribute('role', 'dialog')
  box.ariaLabel = text
  const paragraph = (words: string) => {
    const element = document.createElement('p')
    element.textContent = words
    box.append(element)
  }
  paragraph(text)
  if (help) paragraph(help)
  const end = new AbortController()
  const finish = (isBack: boolean) => {
    if (end.signal.aborted) return
    end.abort()
    host.remove()
    closeOpen = null
    if (isBack) anchor.focus()
  }
  closeOpen = () => finish(false)
  signal.addEventListener('abort', () => finish(false), { signal: end.signal })
  for (const { label, run } of [...actions, { label: close, run: () => undefined }]) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', () => {
      finish(true)
      run()
    })
    box.append(button)
  }
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') finish(true)
  })
  document.addEventListener('pointerdown', ({ target }) => target !== host && finish(false), {
    capture: true,
    signal: end.signal,
  })
  root.append(box)
  document.documentElement.append(host)
  const at = anchor.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  box.style.left = `${Math.max(12, Math.min(at.left, innerWidth - width - 12))}px`
  box.style.top = `${at.bottom + 6 + height > innerHeight ? Math.max(12, at.top - height - 6) : at.bottom + 6}px`
  box.querySelector('button')?.focus()
}
