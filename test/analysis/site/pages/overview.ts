import type { Page } from '../app.ts'
import { el } from '../dom.ts'
import { client } from '../store.ts'

export const overviewPage: Page = (main) => {
  const current = client()
  main.append(
    el('h1', {}, current?.name ?? 'Välkommen'),
    el(
      'p',
      { class: 'lead' },
      current
        ? `Organisationsnummer ${current.organisationNumber}`
        : 'Börja med att läsa in klientens bokföring.',
    ),
    el(
      'div',
      { class: 'tiles' },
      tile('/las-in-data', 'Läs in data', 'SIE-filer och klientuppgifter'),
      tile(
        '/bokforing/inlast-data',
        'Inläst data',
        `${current?.years.filter(({ data }) => data).length ?? 0} räkenskapsår inlästa`,
      ),
      tile('/bokforing/huvudbok', 'Huvudbok', 'Konton med transaktioner'),
      tile('/bokforing/verifikat', 'Verifikat', 'Alla verifikat i löpande följd'),
    ),
  )
  return undefined
}

function tile(href: string, title: string, text: string): HTMLElement {
  return el('a', { class: 'tile', href }, el('strong', {}, title), el('span', {}, text))
}
