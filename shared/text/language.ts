/** Swedish is the default; English is complete. */
export type Language = 'sv' | 'en'

/** The first of Swedish and English that a list of language tags (or an `Accept-Language` header) asks for; Swedish if neither. */
export function chooseLanguage(asked: string | readonly string[] | null | undefined): Language {
  const tags = typeof asked === 'string' ? parseAcceptLanguage(asked) : (asked ?? [])
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0]
    if (primary === 'sv' || primary === 'en') return primary
  }
  return 'sv'
}

function parseAcceptLanguage(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag, ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag: tag!.trim(), quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Widen<T[K]> }

/**
 * A part of the catalogue: the same keys in both languages, or it does not compile. A text is a string or a function
 * of what it names.
 *
 * @returns picks a language
 */
export function defineText<T extends object>(sv: T, en: Widen<T>): (language: Language) => Widen<T> {
  return (language) => (language === 'sv' ? (sv as unknown as Widen<T>) : en)
}
