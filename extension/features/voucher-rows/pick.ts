import { askedText } from '../../../shared/text/asked.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { Grid } from '../../host/generic/grid.ts'
import { scan } from '../../host/generic/scan.ts'
import { headerText } from '../../host/generic/text.ts'
import type { Page } from '../../lib/page.ts'
import { isOurs, makeHost, ourTag, pin } from '../../lib/ui/host-element.ts'
import type { Tables } from './tables.ts'

const style = `
:host { all:initial }
form { position:fixed; z-index:2147483647; left:50%; top:16px; transform:translateX(-50%); box-sizing:border-box; max-width:calc(100vw - 32px); padding:10px 16px 12px; border-radius:8px;
  background:#1d1f1e; color:#fff; font:14px/1.4 system-ui,"Segoe UI",sans-serif; box-shadow:0 4px 20px #0006 }
p { margin:0 0 8px }
fieldset { display:flex; flex-wrap:wrap; gap:6px; margin:0; padding:0; border:0 }
label { position:relative; padding:3px 10px; border:1px solid #fff6; border-radius:999px; cursor:pointer }
label:has(:checked) { background:#fff; border-color:#fff; color:#1d1f1e }
label:has(:focus-visible) { outline:2px solid #5cc79d; outline-offset:2px }
input { position:absolute; inset:0; margin:0; opacity:0; cursor:pointer }
i { position:fixed; z-index:2147483646; left:0; top:0; pointer-events:none; border:2px solid #0b6b4d; background:#0b6b4d22; border-radius:3px }
i[data-used] { border-style:dashed; border-color:#a33 ; background:#a3322222 }
`

const roles = ['voucher', 'series', 'date', 'amount'] as const
type Role = (typeof roles)[number]

/**
 * Lets the member point at the column that holds the voucher's number, series, date or amount. Asked for by the member, so
 * for once a click on the page is taken from it: the one that points.
 */
export function pickColumn(page: Page, tables: Tables, language: Language): void {
  const t = askedText(language)
  const { host, root } = makeHost(document, style)
  pin(host, { all: 'initial' })
  let role: Role = 'voucher'
  const note = document.createElement('p')
  note.setAttribute('role', 'status')
  const say = () => {
    note.textContent = `${t.column(t.roles[role])}. ${t.help}`
  }
  const choices = document.createElement('fieldset')
  for (const one of roles) {
    const choice = document.createElement('label')
    const input = document.createElement('input')
    Object.assign(input, { type: 'radio', name: 'role', checked: one === role })
    input.addEventListener('change', () => {
      role = one
      say()
    })
    choice.append(input, t.roles[one])
    choices.append(choice)
  }
  const form = document.createElement('form')
  form.append(note, choices)
  const frame = document.createElement('i')
  frame.hidden = true
  root.append(form, frame)
  document.documentElement.append(host)
  say()
  const grids = allGrids()
  const isUsed = ({ grid, column }: { grid: Grid; column: number }) => {
    const columns = tables.known.get(grid.root)?.columns
    const used = role === 'amount' ? [columns?.amount, columns?.debit, columns?.credit] : [columns?.[role]]
    return used.includes(column)
  }
  const end = new AbortController()
  const options = { capture: true, signal: end.signal }
  const finish = () => {
    end.abort()
    host.remove()
  }
  page.signal.addEventListener('abort', finish, { signal: end.signal })
  document.addEventListener(
    'pointermove',
    (event) => {
      const found = under(grids, event)
      const rect = found?.cell.getBoundingClientRect()
      frame.hidden = !rect
      if (!found || !rect) return
      frame.toggleAttribute('data-used', isUsed(found))
      Object.assign(frame.style, {
        transform: `translate(${rect.left}px,${rect.top}px)`,
        width: `${rect.width}px`,
        height: `${rect.height}px`,
      })
    },
    options,
  )
  document.addEventListener('keydown', (event) => event.key === 'Escape' && finish(), options)
  document.addEventListener(
    'click',
    (event) => {
      const found = under(grids, event)
      if (!found || !event.isTrusted) return
      event.preventDefault()
      event.stopImmediatePropagation()
      finish()
      const { headers, column } = found
      void page.remember({ column: { headers, column, role: isUsed(found) ? 'none' : role } })
    },
    options,
  )
}

function allGrids(): Grid[] {
  const steps = scan(
    document,
    () => true,
    (element) => isOurs(element),
  )
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value.grids
}

/** What is pointed at; below a button of ours, what it stands on. */
function pathOf(event: MouseEvent): EventTarget[] {
  const path = event.composedPath()
  if (!path.some((one) => one instanceof Element && one.matches(`${ourTag}[data-theme]`))) return path
  const below: EventTarget[] = []
  const elements = document.elementsFromPoint(event.clientX, event.clientY)
  for (let at = elements.find((one) => !isOurs(one)) ?? null; at; at = at.parentElement) below.push(at)
  return below
}

function under(
  grids: readonly Grid[],
  event: MouseEvent,
): { grid: Grid; headers: string; column: number; cell: Element } | null {
  const path = pathOf(event)
  for (const grid of grids) {
    if (grid.read || !path.includes(grid.root)) continue
    const headers = grid.headers()
    // Where nothing stands for a row, each of its cells is asked.
    const rows = grid.rows()
    const own = grid.kind === 'flat' ? rows : rows.filter((one) => path.includes(one))
    for (const row of own)
      for (const [column] of headers.entries()) {
        const cell = grid.cell(row, column)
        if (cell && path.includes(cell))
          return { grid, headers: headers.map(headerText).join('|'), column, cell }
      }
  }
  return null
}
