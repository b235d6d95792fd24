import type { Page } from '../app.ts'
import { el } from '../dom.ts'
import { readSie } from '../sie.ts'
import { addYear, client, readIn, saveClient } from '../store.ts'

/** Kept over a redraw: the page is drawn anew when a file has been read in. */
let status: { text: string; failed: boolean } | null = null

export const loadDataPage: Page = (main) => {
  const current = client()
  const message = el('p', { class: 'status', role: 'status' })
  const show = () => {
    message.textContent = status?.text ?? ''
    message.classList.toggle('failed', status?.failed ?? false)
  }
  async function take(files: FileList | null | undefined): Promise<void> {
    for (const file of files ?? []) {
      status = { text: `Läser ${file.name} …`, failed: false }
      show()
      try {
        const read = readSie(new Uint8Array(await file.arrayBuffer()))
        status = { text: '', failed: false }
        const done = await readIn(file.name, read)
        status = { text: done, failed: false }
        document.querySelector('.status')!.textContent = done
      } catch (error) {
        status = { text: (error as Error).message, failed: true }
        show()
      }
    }
  }

  main.append(
    el('h1', {}, 'Läs in data'),
    el('p', { class: 'lead' }, 'Uppgifter om klienten och den bokföring som ska granskas.'),
    el(
      'section',
      { class: 'card' },
      el('h2', {}, 'Klient'),
      el(
        'form',
        {
          class: 'fields',
          onsubmit: (event) => {
            event.preventDefault()
            const data = new FormData(event.target as HTMLFormElement)
            void saveClient(String(data.get('name')).trim(), String(data.get('number')).trim())
          },
        },
        field('Företagsnamn', { name: 'name', value: current?.name ?? '', required: true }),
        field('Organisationsnummer', {
          name: 'number',
          value: current?.organisationNumber ?? '',
          required: true,
          placeholder: '556000-0000',
          inputmode: 'numeric',
        }),
        el('button', { class: 'secondary' }, 'Spara'),
      ),
    ),
    el(
      'section',
      { class: 'card' },
      el('h2', {}, 'Räkenskapsår'),
      el(
        'ul',
        { class: 'years' },
        ...(current?.years ?? []).map(({ from, to, data }) =>
          el('li', {}, `${from} – ${to}`, el('span', { class: 'muted' }, data ? 'inläst' : 'inga data')),
        ),
      ),
      el(
        'form',
        {
          class: 'fields',
          onsubmit: (event) => {
            event.preventDefault()
            const data = new FormData(event.target as HTMLFormElement)
            void addYear(String(data.get('from')), String(data.get('to')))
          },
        },
        field('Från och med', { name: 'from', type: 'date', required: true }),
        field('Till och med', { name: 'to', type: 'date', required: true }),
        el('button', { class: 'secondary', disabled: !current }, 'Lägg till år'),
      ),
    ),
    el(
      'section',
      { class: 'card' },
      el('h2', {}, 'SIE-fil'),
      el(
        'label',
        {
          class: 'drop',
          ondragover: (event) => {
            event.preventDefault()
            ;(event.currentTarget as Element).classList.add('over')
          },
          ondragleave: (event) => (event.currentTarget as Element).classList.remove('over'),
          ondrop: (event) => {
            event.preventDefault()
            ;(event.currentTarget as Element).classList.remove('over')
            void take((event as DragEvent).dataTransfer?.files)
          },
        },
        el('strong', {}, 'Släpp en SIE-4-fil här'),
        el('span', { class: 'muted' }, 'eller välj från datorn'),
        el('input', {
          type: 'file',
          name: 'sie',
          accept: '.se,.si,.sie',
          'aria-label': 'Välj SIE-fil',
          onchange: (event) => void take((event.target as HTMLInputElement).files),
        }),
      ),
      message,
    ),
  )
  show()
  return undefined
}

function field(label: string, attributes: Record<string, string | boolean>): HTMLElement {
  return el('label', { class: 'field' }, el('span', {}, label), el('input', attributes))
}
