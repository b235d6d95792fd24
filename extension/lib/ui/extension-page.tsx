import { type ComponentChild, render } from 'preact'
import { uiLanguage } from '../settings.ts'
import { kitStyle } from './kit.css.ts'

/** Draws one of the extension's own pages in the same style as what stands in other people's pages. */
export function drawPage(child: ComponentChild, style: string): void {
  document.documentElement.lang = uiLanguage()
  const host = document.getElementById('app')!
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(kitStyle + style)
  root.adoptedStyleSheets = [sheet]
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    host.dataset.theme = dark.matches ? 'dark' : 'light'
    document.documentElement.dataset.theme = host.dataset.theme
  }
  dark.addEventListener('change', follow)
  follow()
  const place = document.createElement('div')
  root.append(place)
  render(child, place)
}
