/** The tag of every element that the extension puts into a page. Not a page's word, not a registered element. */
export const ourTag = 'underlag-ui'

/** True for the extension's own elements in a page. */
export function isOurs(node: Node): boolean {
  return node.nodeName.toLowerCase() === ourTag
}

/**
 * An element of the extension's own with a shadow root: the page's style does not reach in, ours does not leak out, and
 * no event that starts in it is the page's business.
 */
export function makeHost(
  document: Document,
  style: string,
  mode: ShadowRootMode = 'open',
): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement(ourTag)
  const root = host.attachShadow({ mode })
  addStyle(root, style)
  for (const type of [
    'keydown',
    'keyup',
    'keypress',
    'click',
    'dblclick',
    'mousedown',
    'mouseup',
    'pointerdown',
    'pointerup',
    'input',
    'change',
    'submit',
    'focusin',
    'focusout',
  ]) {
    root.addEventListener(type, (event) => event.stopPropagation())
  }
  return { host, root }
}

/** A constructed sheet where the browser takes one from here: no page's policy bars it. Else a style element. */
function addStyle(root: ShadowRoot, text: string): void {
  try {
    const view = root.ownerDocument.defaultView as (Window & typeof globalThis) | null
    const sheet = new (view ?? window).CSSStyleSheet()
    sheet.replaceSync(text)
    root.adoptedStyleSheets = [sheet]
    if (root.adoptedStyleSheets.length === 1) return
  } catch {
    // Firefox' content scripts may not share sheets with the page's document.
  }
  const element = root.ownerDocument.createElement('style')
  element.textContent = text
  root.append(element)
}

/** Sets inline style that no sheet of the page overrules. */
export function pin(element: HTMLElement, style: Record<string, string>): void {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, 'important')
}

/** `dark` when what is behind `element` is dark, by the page's own colours. */
export function themeBehind(element: Element | null): 'light' | 'dark' {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor
    const parts = colour.match(/[\d.]+/g)?.map(Number)
    if (!parts || parts.length < 3 || parts[3] === 0 || !colour.startsWith('rgb')) continue
    const [red = 0, green = 0, blue = 0] = parts
    return 0.299 * red + 0.587 * green + 0.114 * blue < 110 ? 'dark' : 'light'
  }
  const root = getComputedStyle(document.documentElement).colorScheme
  return root.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
