import { useState } from 'preact/hooks'
import type { CompanyState, YearState } from '../../../shared/contract/types.ts'
import { cardText } from '../../../shared/text/card.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearText } from '../../../shared/text/years.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { useAction } from '../../lib/ui/use-action.ts'
import { handToPage, saveFile } from './page-file.ts'

/** How long the page gets to say what it did with a file, ms. */
const patience = 4000

/** What is said of a file that was handed over, or that the page does not take. */
interface Notes {
  lines: string[]
  isTaken: boolean
}

/** The ledgers that the edge has, each to be handed to the page's own file field, or saved. */
export function Handover(props: { page: Page; company: CompanyState; language: Language }) {
  const { page, company, language } = props
  const t = cardText(language)
  const years = company.years
    .filter(({ source }) => source !== null)
    .sort((a, b) => (a.from < b.from ? 1 : -1))
  const { isBusy, error, run } = useAction()
  const [notes, setNotes] = useState<Notes | null>(null)
  const give = (year: YearState) =>
    run(async () => {
      const answer = await ask('ledgerSie', { company: company.organisationNumber, year: year.id })
      if ('error' in answer) return answer.error
      setNotes(await hand(page, company, year, answer.value, language))
      return null
    })
  const save = (year: YearState) =>
    run(async () => {
      const answer = await ask('ledgerSie', { company: company.organisationNumber, year: year.id })
      if ('error' in answer) return answer.error
      saveFile(answer.value.file, answer.value.name)
      setNotes({ lines: [yearText(language).saved(answer.value.name)], isTaken: true })
      return null
    })
  return (
    <>
      <hr />
      <div class="stack">
        <h3>{t.handover.title}</h3>
        <p class="soft">{t.handover.help}</p>
        {years.map((year) => (
          <div key={year.id} class="row">
            <span class="grow">
              {year.from} – {year.to}
            </span>
            <button
              type="button"
              disabled={isBusy}
              aria-label={`${t.handover.give} ${year.from} – ${year.to}`}
              onClick={() => void give(year)}
            >
              {t.handover.give}
            </button>
            <button
              type="button"
              disabled={isBusy}
              aria-label={`${t.handover.save} ${year.from} – ${year.to}`}
              onClick={() => void save(year)}
            >
              {t.handover.save}
            </button>
          </div>
        ))}
        {error ? <ErrorNote error={error} language={language} /> : null}
        {notes ? (
          <div class={notes.isTaken ? 'box good' : 'box ask'} role="status">
            {notes.lines.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        ) : null}
      </div>
    </>
  )
}

/** Hands the file over and waits for what the page says. */
async function hand(
  page: Page,
  company: CompanyState,
  year: YearState,
  { name, file }: { name: string; file: Blob },
  language: Language,
): Promise<Notes> {
  const t = yearText(language)
  const target = page.adapter.sieTarget(document)
  const before = page.adapter.outcome(document)
  const handed = target && handToPage(target, new File([file], name, { type: 'application/octet-stream' }))
  if (!handed) return { lines: [t.refused], isTaken: false }
  const years = `${year.from} – ${year.to}`
  const said = await outcomeAfter(page, before)
  const lines = [
    handed === 'input' ? t.handed(company.name, years) : t.handedDrop(company.name, years),
    said === null ? t.pageSilent : t.pageSays(said),
  ]
  return { lines, isTaken: true }
}

/** What the page says once it has said the same for half a second; null when it says nothing new. */
async function outcomeAfter(page: Page, before: string | null): Promise<string | null> {
  let last: string | null = null
  let since = Date.now()
  for (const start = Date.now(); Date.now() - start < patience; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const now = page.adapter.outcome(document)
    if (now !== last) {
      last = now
      since = Date.now()
    } else if (now && (now !== before || Date.now() - start > patience / 2) && Date.now() - since > 500)
      return now
  }
  return last
}
