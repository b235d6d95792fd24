import { joinLines, type Line, type PageText } from '../amount-finder/index.ts'
import { limits } from './viewer/limits.ts'
import type { Mark } from './viewer/marks.ts'
import type { OpenDocument } from './viewer/open-document.ts'

const texts = new WeakMap<OpenDocument, Promise<PageText[]>>()

/** The text of an open document's pages, read once, up to the limits. Pages without text come empty. */
export function textOf(document: OpenDocument): Promise<PageText[]> {
  let pages = texts.get(document)
  if (!pages) {
    pages = readAll(document)
    texts.set(document, pages)
  }
  return pages
}

async function readAll(document: OpenDocument): Promise<PageText[]> {
  const pages: PageText[] = []
  for (let page = 1; page <= Math.min(document.pages, limits.textPages); page++) {
    const text = await document.text(page)
    const size = { width: 0, height: 0 }
    pages.push(text ?? { page, items: [], viewport: [1, 0, 0, 1, 0, 0], ...size, capped: false })
  }
  const last = pages.at(-1)
  if (last && document.pages > limits.textPages) pages[pages.length - 1] = { ...last, capped: true }
  return pages
}

/** Where the words of `query` stand, in reading order. Case and kinds of space do not matter. */
export function search(pages: readonly PageText[], query: string): Mark[] {
  const wanted = normalise(query).trim()
  if (wanted === '') return []
  return pages.flatMap(joinLines).flatMap((line) => hits(line, wanted))
}

/** A page of hits is plenty; a search for one letter in a long document has more. */
const mostHitsPerLine = 50

function hits(line: Line, wanted: string): Mark[] {
  const text = normalise(line.text)
  const found: Mark[] = []
  let from = text.indexOf(wanted)
  while (from >= 0 && found.length < mostHitsPerLine) {
    found.push({ ...line.place(from, from + wanted.length), kind: 'search' })
    from = text.indexOf(wanted, from + wanted.length)
  }
  return found
}

/** Small letters and plain spaces, one character for one. */
function normalise(text: string): string {
  return Array.from({ length: text.length }, (_, i) => {
    const character = text[i]!
    const small = character.toLowerCase()
    return /\s/.test(character) ? ' ' : small.length === 1 ? small : character
  }).join('')
}
