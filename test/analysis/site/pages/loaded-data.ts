import type { Page } from '../app.ts'
import { el } from '../dom.ts'
import { client } from '../store.ts'

const time = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

export const loadedDataPage: Page = (main) => {
  const years = client()?.years ?? []
  main.append(
    el('h1', {}, 'Inläst data'),
    el('p', { class: 'lead' }, 'Räkenskapsåren i uppdraget och var deras huvudbok kommer från.'),
    years.length === 0
      ? el('p', { class: 'empty' }, 'Inga räkenskapsår ännu. Lägg till ett på sidan Läs in data.')
      : el(
          'div',
          { class: 'card years-list' },
          ...years.map(({ from, to, file, readAt, data }) =>
            el(
              'article',
              { class: 'year-card' },
              el('h2', {}, `${from} – ${to}`),
              el(
                'dl',
                {},
                fact('Källa', data ? `Inläst SIE${data.program ? ` (${data.program})` : ''}` : 'Inga data'),
                fact('Fil', file ?? '–'),
                fact('Verifikat', data ? String(data.vouchers.length) : '–'),
                fact('Inläst', readAt ? time.format(readAt) : '–'),
              ),
            ),
          ),
        ),
  )
  return undefined
}

function fact(name: string, value: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value))
}
