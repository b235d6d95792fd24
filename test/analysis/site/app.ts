import { el } from './dom.ts'
import { ledgerPage } from './pages/ledger.ts'
import { loadDataPage } from './pages/load-data.ts'
import { loadedDataPage } from './pages/loaded-data.ts'
import { overviewPage } from './pages/overview.ts'
import { vouchersPage } from './pages/vouchers.ts'
import { chooseClient, chooseYear, client, clients, load, year } from './store.ts'

/** A page draws itself into `main`; what it returns is called when it is left. */
export type Page = (main: HTMLElement) => (() => void) | undefined

const pages: { path: string; title: string; group: string; page: Page }[] = [
  { path: '/', title: 'Översikt', group: 'Uppdrag', page: overviewPage },
  { path: '/las-in-data', title: 'Läs in data', group: 'Uppdrag', page: loadDataPage },
  { path: '/bokforing/inlast-data', title: 'Inläst data', group: 'Bokföring', page: loadedDataPage },
  { path: '/bokforing/huvudbok', title: 'Huvudbok', group: 'Bokföring', page: ledgerPage },
  { path: '/bokforing/verifikat', title: 'Verifikat', group: 'Bokföring', page: vouchersPage },
]

const app = document.getElementById('app')!
const navigation = el('nav', { class: 'side', 'aria-label': 'Huvudmeny' })
const top = el('header', { class: 'top' })
const main = el('main', { class: 'main' })
app.append(navigation, top, main)

let leave: (() => void) | undefined

function drawNavigation(current: string): void {
  const groups = Map.groupBy(pages, ({ group }) => group)
  navigation.replaceChildren(
    el(
      'a',
      { class: 'brand', href: '/' },
      el('img', { src: '/site/logo.svg', alt: '', width: 28, height: 28 }),
      'Revisionsrummet',
    ),
    ...[...groups].map(([group, items]) =>
      el(
        'div',
        { class: 'group' },
        el('div', { class: 'group-title' }, group),
        ...items.map(({ path, title }) =>
          el('a', { href: path, class: 'item', 'aria-current': path === current ? 'page' : null }, title),
        ),
      ),
    ),
  )
}

function drawTop(title: string, group: string): void {
  const current = client()
  const chosen = year()
  top.replaceChildren(
    el(
      'div',
      { class: 'crumbs' },
      el('span', {}, group),
      el('span', { 'aria-hidden': 'true' }, '›'),
      el('strong', {}, title),
    ),
    el(
      'div',
      { class: 'context' },
      current &&
        el(
          'label',
          { class: 'chooser' },
          el('span', {}, 'Klient'),
          el(
            'select',
            {
              class: 'client',
              onchange: (event) => void chooseClient((event.target as HTMLSelectElement).value),
            },
            ...clients().map((one) =>
              el(
                'option',
                { value: one.id, selected: one.id === current.id },
                `${one.name} (${one.organisationNumber})`,
              ),
            ),
          ),
        ),
      chosen &&
        el(
          'label',
          { class: 'chooser' },
          el('span', {}, 'Räkenskapsår'),
          el(
            'select',
            {
              class: 'year',
              onchange: (event) => void chooseYear((event.target as HTMLSelectElement).value),
            },
            ...current!.years.map(({ from, to }) =>
              el('option', { value: from, selected: from === chosen.from }, `${from} – ${to}`),
            ),
          ),
        ),
    ),
  )
}

function draw(): void {
  const found = pages.find(({ path }) => path === location.pathname) ?? pages[0]!
  leave?.()
  document.title = `${found.title} – Revisionsrummet`
  drawNavigation(found.path)
  drawTop(found.title, found.group)
  main.replaceChildren()
  leave = found.page(main)
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest('a')
  if (!link || link.origin !== location.origin || event.defaultPrevented || event.ctrlKey || event.metaKey)
    return
  event.preventDefault()
  history.pushState(null, '', link.href)
  draw()
  scrollTo(0, 0)
})
addEventListener('popstate', draw)
addEventListener('store', draw)

await load()
draw()
