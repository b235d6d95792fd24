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

/** Windows takes none of these in a name, and no control characters; bidi marks hide an extension. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** Paths on Windows end at 260 characters; this leaves room for a folder. */
const longest = 120

/** A file's extension by its sniffed type, else that of its own name (letters and digits alone), else `bin`. */
export function extensionFor(type: string, fileName: string | null): string {
  const own = /\.([A-Za-z0-9]{1,8})$/.exec(fileName ?? '')?.[1]?.toLowerCase()
  return extensions[type] ?? own ?? 'bin'
}

/** `A123 2026-03-01 Leverantör AB 12 450,00.pdf`: names a document on disk, with characters that Windows takes. */
export function documentFileName(parts: NameParts, extension: string): string {
  const amount = parts.amount === null ? '' : formatAmount(parts.amount, 'sv')
  const words = [`${parts.series}${parts.number}`, parts.date ?? '', parts.title, amount]
    .map((word) => word.replace(/\s/g, ' ').replace(forbidden, '-').trim())
    .filter((word) => word !== '')
  const [title, rest] = [words.join(' '), amount === '' ? '' : ` ${words.at(-1)}`]
  // A long supplier's name gives way, not the amount.
  const head = rest === '' ? title : title.slice(0, -rest.length)
  const fitted = `${Array.from(head)
    .slice(0, longest - rest.length)
    .join('')
    .trim()}${rest}`
  const safe = fitted.replace(/\s+/g, ' ').replace(/[. ]+$/, '')
  return `${reserved.test(safe) || safe === '' ? `_${safe}` : safe}.${extension}`
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
