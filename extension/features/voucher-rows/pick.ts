import type { Language } from '../../../shared/text/language.ts'
import { rowText } from '../../../shared/text/rows.ts'
import type { Grid } from '../../host/generic/grid.ts'
import { scan } from '../../host/generic/scan.ts'
import { headerText } from '../../host/generic/text.ts'
import type { Page } from '../../lib/page.ts'
import { isOurs, makeHost, pin } from '../../lib/ui/host-element.ts'
import type { Tables } from './tables.ts'

const style = `
:host { all:initial }
p { position:fixed; z-index:2147483647; left:50%; top:16px; transform:translateX(-50%); margin:0; padding:10px 16px; border-radius:8px; background:#1d1f1e; color:#fff;
  font:14px/1.4 system-ui,"Segoe UI",sans-serif; box-shadow:0 4px 20px #0006 }
i { position:fixed; z-index:2147483646; left:0; top:0; pointer-events:none; border:2px solid #0b6b4d; background:#0b6b4d22; border-radius:3px }
`

/**
 * Lets the member point at the column that holds the voucher number. Asked for by the member, so for once a click on the
 * page is taken from it: the one that points.
 */
export function pickColumn(page: Page, tables: Tables, language: Language): void {
  const t = rowText(language)
  const { host, root } = makeHost(document, style)
  pin(host, { all: 'initial' })
  const note = document.createElement('p')
  note.setAttribute('role', 'status')
  note.textContent = `${t.pickColumn}. ${t.pickHelp}`
  const frame = document.createElement('i')
  frame.hidden = true
  root.append(note, frame)
  document.documentElement.append(host)
  const grids = allGrids()
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
      const rect = under(grids, event)?.cell.getBoundingClientRect()
      frame.hidden = !rect
      if (!rect) return
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
      const { grid, headers, column } = found
      const isUsed = tables.known.get(grid.root)?.columns?.voucher === column
      void page.remember({ column: { headers, column, role: isUsed ? 'none' : 'voucher' } })
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

function under(
  grids: readonly Grid[],
  event: MouseEvent,
): { grid: Grid; headers: string; column: number; cell: Element } | null {
  const path = event.composedPath()
  for (const grid of grids) {
    if (!path.includes(grid.root)) continue
    const headers = grid.headers()
    const row = grid.rows().find((one) => path.includes(one))
    if (!row) continue
    for (const [column] of headers.entries()) {
      const cell = grid.cell(row, column)
      if (cell && path.includes(cell))
        return { grid, headers: headers.map(headerText).join('|'), column, cell }
    }
  }
  return null
}
