import { useEffect, useState } from 'preact/hooks'
import type { Language } from '../../../shared/text/language.ts'
import { yearAtHandText } from '../../../shared/text/year-at-hand.ts'
import { ask } from '../../lib/ask.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { useYears } from './use-years.ts'
import { YearLine } from './year-line.tsx'

/** All years that are or were made available, of every company. Nothing when there are none. */
export function YearList({ language }: { language: Language }) {
  const t = yearAtHandText(language)
  const { years, error, act } = useYears(null)
  const names = useCompanyNames(years.length > 0)
  if (years.length === 0) return null
  return (
    <div class="at-hand-list">
      <h3>{t.years}</h3>
      {years.map((year) => {
        const company = names.get(year.company) ?? year.company
        const span = year.year.replace('_', ' – ')
        return (
          <YearLine
            key={`${year.company}/${year.year}`}
            year={year}
            label={t.labelOf(company, span)}
            title={`${company}, ${span}`}
            language={language}
            onAction={(action) => void act(year.company, year.year, action)}
          />
        )
      })}
      {error ? <ErrorNote error={error} language={language} /> : null}
    </div>
  )
}

function useCompanyNames(isAsked: boolean): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    if (!isAsked) return
    void ask('companies').then((answer) => {
      if ('value' in answer)
        setNames(new Map(answer.value.map(({ organisationNumber, name }) => [organisationNumber, name])))
    })
  }, [isAsked])
  return names
}
