import { formatTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { rowText } from '../../../shared/text/rows.ts'
import type { RowReading } from '../../host/generic/columns.ts'
import type { RowAnswer, RowAnswers } from '../../lib/protocol.ts'

/** What a button looks like and says. */
export interface Face {
  state: 'has' | 'none' | 'question' | 'unsynced' | 'unknown' | 'warn'
  /** Beside the icon; empty for none. */
  count: string
  label: string
}

/** A voucher as people say it: `A 123`. */
export function voucherName({ series, number }: Pick<RowReading, 'series' | 'number'>): string {
  return series ? `${series} ${number}` : number
}

/** A row's answer as a button. */
export function faceOf(
  row: RowReading,
  answer: RowAnswer,
  { connection, asOf }: Pick<RowAnswers, 'connection' | 'asOf'>,
  language: Language,
): Face {
  const t = rowText(language)
  const notes: string[] = []
  let state: Face['state']
  let count = ''
  switch (answer.state) {
    case 'known':
      state = answer.documents > 0 ? 'has' : 'none'
      count = answer.documents > 0 ? String(answer.documents) : ''
      notes.push(answer.documents > 0 ? t.files(answer.documents) : t.none)
      if (answer.mismatch === 'date') notes.push(t.mismatchDate)
      if (answer.mismatch === 'amount') notes.push(t.mismatchAmount)
      if (answer.differs) notes.push(t.differs)
      if (answer.mismatch || answer.differs) state = 'warn'
      break
    case 'ambiguous':
      state = 'question'
      count = `${answer.keys.length}?`
      notes.push(t.ambiguous(answer.keys.length, answer.documents))
      break
    case 'year_unknown':
      state = 'question'
      count = '?'
      notes.push(t.yearUnknown)
      break
    case 'not_synced':
      state = 'unsynced'
      notes.push(t.notSynced)
      break
    case 'unknown':
      state = 'unknown'
      notes.push(t.unknown)
      break
  }
  if (connection === 'broken') notes.push(t.broken)
  if (connection === 'offline') notes.push(t.offline)
  if (asOf !== null && answer.state === 'known') notes.push(t.asOf(formatTime(asOf)))
  return { state, count, label: t.name(voucherName(row), notes.join(', ')) }
}

const sheet = 'M4 1.75h5L12.25 5v9.25H4z M8.75 2v3.25h3.25'
const svg = 'http://www.w3.org/2000/svg'

/** A new, empty button. Made element by element: a page may forbid markup from strings. */
export function makeButton(document: Document): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  const icon = document.createElementNS(svg, 'svg')
  icon.setAttribute('viewBox', '0 0 16 16')
  icon.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', sheet)
  icon.append(path)
  button.append(icon, document.createElement('span'))
  return button
}

/** Puts a face on a button, touching only what differs. */
export function setFace(button: HTMLButtonElement, { state, count, label }: Face, isBroken: boolean): void {
  if (button.dataset.state !== state) button.dataset.state = state
  if (button.hasAttribute('data-broken') !== isBroken) button.toggleAttribute('data-broken', isBroken)
  if (button.ariaLabel !== label) {
    button.ariaLabel = label
    button.title = label
  }
  // The label says it in words; the figure is only drawn.
  const figure = button.lastElementChild as HTMLElement
  if (figure.dataset.count !== count) figure.dataset.count = count
}

/** The layer's style. Sizes in px: the page's `rem` is its own. */
export const layerStyle = `
:host { --ink:#0b6b4d; --fill:#e2f0ea; --edge:#8fc4b8; --muted:#5d6672; --paper:#fff; --warn:#8a4b00; --warnfill:#fff1d6; --line:#b9c0c8 }
:host([data-theme=dark]) { --ink:#5cc79d; --fill:#1e3a2f; --edge:#2f7d70; --muted:#a6b0bb; --paper:#20252b; --warn:#ffc46b; --warnfill:#4a3408; --line:#4b545e }
div { position:absolute; left:0; top:0; width:0; height:0 }
div.cut { position:fixed; overflow:clip; pointer-events:none }
button { all:unset; box-sizing:border-box; position:absolute; left:0; top:0; display:flex; align-items:center; justify-content:center; gap:2px;
  min-width:24px; height:20px; padding:0 5px 0 3px; border-radius:6px; border:1px solid var(--edge); background:var(--fill); color:var(--ink);
  font:600 11px/1 system-ui,"Segoe UI",sans-serif; font-variant-numeric:tabular-nums; cursor:pointer; pointer-events:auto; user-select:none; white-space:nowrap }
button::after { content:""; position:absolute; inset:-3px -2px }
button:hover { border-color:var(--ink) }
button:focus-visible { outline:2px solid var(--ink); outline-offset:1px }
button[hidden] { display:none }
svg { width:13px; height:13px; fill:none; stroke:currentColor; stroke-width:1.4; stroke-linejoin:round; flex:none }
span::before { content:attr(data-count) } span[data-count=""] { display:none }
[data-state=none], [data-state=unknown] { background:transparent; border-color:transparent; color:var(--muted); padding:0 3px }
[data-state=none] svg { stroke-dasharray:2 1.6 }
[data-state=unknown] svg { opacity:.45 }
[data-state=unsynced] { background:transparent; border:1px dashed var(--line); color:var(--muted); padding:0 3px }
[data-state=question] { background:var(--paper); border-color:var(--line); color:var(--muted) }
[data-state=warn] { background:var(--warnfill); border-color:var(--warn); color:var(--warn) }
[data-state=warn] span::after { content:"!"; margin-left:1px }
[data-state=warn] span { display:inline !important }
[data-small] { min-width:18px; padding:0 2px } [data-small] svg:has(+span:not([data-count=""])) { display:none }
[data-broken]::before { content:""; position:absolute; right:-3px; top:-3px; width:7px; height:7px; border-radius:50%; background:#c33a2c }
i { position:absolute; left:0; top:0; box-sizing:border-box; border:2px solid var(--ink); border-radius:4px; pointer-events:none; opacity:.7 }
i[hidden] { display:none }
@media (forced-colors:active) { button { border-color:ButtonText } }
`
