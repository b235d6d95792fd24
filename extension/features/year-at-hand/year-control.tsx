import type { YearState } from '../../../shared/contract/types.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearAtHandText } from '../../../shared/text/year-at-hand.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { useYears } from './use-years.ts'
import { YearLine, YearOffer } from './year-line.tsx'

/** "Gör året tillgängligt direkt" for one year, and how far it has come. Nothing for a year without documents. */
export function YearControl(props: { company: string; year: YearState; language: Language }) {
  const { company, year, language } = props
  const { years, error, act } = useYears(company, year.id)
  const [job] = years
  const label = yearAtHandText(language).label(`${year.from} – ${year.to}`)
  if (!job && year.counts.documents === 0) return null
  return (
    <>
      {job ? (
        <YearLine
          year={job}
          label={label}
          version={year.version}
          language={language}
          onAction={(action) => void act(company, year.id, action)}
        />
      ) : (
        <YearOffer
          label={label}
          documents={year.counts.documents}
          language={language}
          onStart={() => void act(company, year.id, 'start')}
        />
      )}
      {error ? <ErrorNote error={error} language={language} /> : null}
    </>
  )
}
