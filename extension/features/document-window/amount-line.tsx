import { useEffect, useState } from 'preact/hooks'
import { type Found, find, type Summary, summarise, wantedOf } from '../amount-finder/index.ts'
import type { WindowState } from './controller.ts'
import { textOf } from './document-text.ts'
import { Icon, type IconName } from './icons.tsx'
import { language, text } from './parts.tsx'
import type { Mark } from './viewer/marks.ts'
import type { OpenDocument } from './viewer/open-document.ts'

export interface Finding {
  summary: Summary
  marks: Mark[]
}

/**
 * Looks for the voucher's amounts in the document that is shown, once page 1 is drawn. Undefined: not known yet; null:
 * there is nothing to look for, or the text cannot be read.
 */
export function useFinding(
  state: WindowState,
  opened: OpenDocument | null,
  isPainted: boolean,
): Finding | null | undefined {
  const [finding, setFinding] = useState<{ opened: OpenDocument; finding: Finding | null } | null>(null)
  const view = state.voucher.state === 'ready' ? state.voucher.value : null
  const entry = state.shown?.entry ?? null
  useEffect(() => {
    if (!opened || !isPainted || !view || !entry) return
    let isCurrent = true
    const wanted = wantedOf(view.voucher, entry)
    textOf(opened)
      .then((pages) => {
        const found = find(pages, wanted)
        const summary = summarise(found, wanted, language)
        if (isCurrent) setFinding({ opened, finding: summary && { summary, marks: marksOf(found) } })
      })
      .catch(() => isCurrent && setFinding({ opened, finding: null }))
    return () => {
      isCurrent = false
    }
  }, [opened, isPainted, view, entry])
  return finding?.opened === opened ? finding?.finding : undefined
}

function marksOf(found: Found): Mark[] {
  return [
    ...found.amounts.flatMap(({ role, places }) => places.map((place): Mark => ({ ...place, kind: role }))),
    ...found.number.map((place): Mark => ({ ...place, kind: 'number' })),
    ...found.date.map((place): Mark => ({ ...place, kind: 'date' })),
  ]
}

const icons: Record<Summary['verdict'], IconName> = {
  found: 'check',
  partly: 'check',
  missing: 'missing',
  unknown: 'missing',
}

/** "12 450,00 finns i dokumentet". A click goes to the next place where it stands. */
export function AmountLine(props: {
  finding: Finding | null | undefined
  isSearching: boolean
  onReveal: () => void
}) {
  const { finding, isSearching, onReveal } = props
  if (finding === null) return null
  if (!finding) {
    return (
      <p class="amount-line">
        <span>{isSearching ? text.finder.searching : ''}</span>
      </p>
    )
  }
  const { verdict, line, also } = finding.summary
  const content = (
    <>
      <Icon name={icons[verdict]} size={14} />
      <span class="amount-line-text">{line}</span>
      {also ? <span class="amount-line-also">{also}</span> : null}
    </>
  )
  return (
    <p class={`amount-line amount-${verdict}`} role="status">
      {finding.marks.length > 0 ? (
        <button type="button" onClick={onReveal}>
          {content}
        </button>
      ) : (
        content
      )}
    </p>
  )
}
