import { formatAmount } from '../../../shared/text/format.ts'

/** What a saved document's name is made of. */
export interface NameParts {
  series: string
  number: string
  date: string | null
  /** Supplier, customer, or the file's own name without extension. */
  title: string
  /** Öre. */
  amount: number | null
}

const extensions: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** Windows takes none of these in a name, and no control characters; marks that turn the text hide an extension. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** UTF-8 bytes. Paths on Windows end at 260 characters, names elsewhere at 255 bytes; this leaves room for a folder. */
const longest = 140

/** A file's extension by its sniffed type, else that of its own name (letters and digits alone), else `bin`. */
export function extensionFor(type: string, fileName: string | null): string {
  const own = /\.([A-Za-z0-9]{1,8})$/.exec(fileName ?? '')?.[1]?.toLowerCase()
  return extensions[type] ?? own ?? 'bin'
}

/** `A123 2026-03-01 Leverantör AB 12 450,00.pdf`: names a document on disk, with characters that Windows takes. */
export function documentFileName(parts: NameParts, extension: string): string {
  const amount = parts.amount === null ? '' : formatAmount(parts.amount, 'sv')
  // A long supplier's name gives way, not the amount.
  return fileName([`${parts.series}${parts.number}`, parts.date ?? '', parts.title], amount, extension)
}

/** A file's name of words, in characters that Windows takes and no longer than it takes; `last` is never cut. */
export function fileName(words: readonly string[], last: string, extension: string): string {
  const plain = (word: string) => word.replace(/\s/g, ' ').replace(forbidden, '-').trim()
  const end = plain(last)
  const room = longest - byteLength(end)
  const head = cut(words.map(plain).filter(Boolean).join(' '), room).trim()
  const safe = `${head} ${end}`
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
  return `${reserved.test(safe) || safe === '' ? `_${safe}` : safe}.${extension}`
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** As many whole characters (as they are seen) as fit. */
function cut(text: string, bytes: number): string {
  let fitted = ''
  let left = bytes
  for (const { segment } of new Intl.Segmenter('sv').segment(text)) {
    left -= byteLength(segment)
    if (left < 0) break
    fitted += segment
  }
  return fitted
}

/** Makes each of several names its own: ` (2)` and up before the extension. Case does not tell names apart on Windows. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((name) => {
    const dot = name.lastIndexOf('.')
    let distinct = name
    for (let n = 2; seen.has(distinct.toLowerCase()); n++) {
      distinct = `${name.slice(0, dot)} (${n})${name.slice(dot)}`
    }
    seen.add(distinct.toLowerCase())
    return distinct
  })
}
