import { useEffect, useRef, useState } from 'preact/hooks'
import { search, textOf } from './document-text.ts'
import { Icon } from './icons.tsx'
import { text } from './parts.tsx'
import type { Mark } from './viewer/marks.ts'
import type { OpenDocument } from './viewer/open-document.ts'

const typingPause = 120

/** Search in the document's text. Enter and Shift+Enter go on and back, Esc closes. */
export function SearchBar(props: {
  opened: OpenDocument
  onMarks: (marks: Mark[], current: Mark | null) => void
  onClose: () => void
}) {
  const { opened, onMarks, onClose } = props
  const [query, setQuery] = useState('')
  const [hits, setHits] = useState<Mark[]>([])
  const [hasText, setHasText] = useState(true)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(async () => {
      const pages = await textOf(opened).catch(() => [])
      if (!isCurrent) return
      setHasText(pages.some(({ items }) => items.length > 0))
      setHits(search(pages, query))
      setAt(0)
    }, typingPause)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [opened, query])
  useEffect(() => onMarks(hits, hits[at] ?? null), [hits, at])

  const step = (by: number) => hits.length > 0 && setAt((at + by + hits.length) % hits.length)
  return (
    <search class="search-bar">
      <input
        ref={input}
        type="search"
        value={query}
        placeholder={text.searchPlaceholder}
        aria-label={text.action.search}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <span class="search-hits" aria-live="polite">
        {hasText ? query.trim() && text.searchHits(at + 1, hits.length) : text.searchNoText}
      </span>
      <button
        type="button"
        class="icon-button"
        title={text.searchPrevious}
        aria-label={text.searchPrevious}
        onClick={() => step(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        class="icon-button"
        title={text.searchNext}
        aria-label={text.searchNext}
        onClick={() => step(1)}
      >
        <Icon name="down" />
      </button>
      <button type="button" class="icon-button" title={text.close} aria-label={text.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </search>
  )
}
