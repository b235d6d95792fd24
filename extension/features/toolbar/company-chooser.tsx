import { useEffect, useState } from 'preact/hooks'
import type { CompanyState } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import {
  formatOrganisationNumber,
  normaliseOrganisationNumber,
} from '../../../shared/ledger/organisation-number.ts'
import type { Language } from '../../../shared/text/language.ts'
import { toolbarText } from '../../../shared/text/toolbar.ts'
import { ask } from '../../lib/ask.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { failure } from '../../lib/ui/use-action.ts'

const other = 'other'

/** Which company a site is about, when its pages do not say: one of the firm's, or one that is confirmed here. */
export function CompanyChooser(props: { language: Language; onChosen: (company: string) => void }) {
  const t = toolbarText(props.language)
  const [companies, setCompanies] = useState<CompanyState[]>([])
  const [picked, setPicked] = useState('')
  const [name, setName] = useState('')
  const [number, setNumber] = useState('')
  const [error, setError] = useState<WireError | null>(null)
  useEffect(() => {
    void ask('companies').then((answer) => 'value' in answer && setCompanies(answer.value))
  }, [])
  const confirm = async () => {
    const company = normaliseOrganisationNumber(number)
    if (!company) return setError({ code: 'organisation_number_invalid', data: {} })
    const answer = await ask('confirmCompany', { company, name: name.trim() })
    setError(failure(answer))
    if ('value' in answer) props.onChosen(company)
  }
  // Picked and then chosen: in a closed list the arrow keys change it at each step.
  return (
    <div class="box ask">
      <p>{t.noCompany}</p>
      <label>
        {t.company}
        <select value={picked} onChange={(event) => setPicked(event.currentTarget.value)}>
          <option value="">{t.chooseCompany}</option>
          {companies.map((company) => (
            <option key={company.organisationNumber} value={company.organisationNumber}>
              {company.name} ({formatOrganisationNumber(company.organisationNumber)})
            </option>
          ))}
          <option value={other}>{t.otherCompany}</option>
        </select>
      </label>
      {picked === other ? null : (
        <div class="row">
          <button
            type="button"
            class="primary"
            disabled={picked === ''}
            onClick={() => props.onChosen(picked)}
          >
            {t.choose}
          </button>
        </div>
      )}
      {picked === other ? (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void confirm()
          }}
        >
          <label>
            {t.name}
            <input required value={name} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <label>
            {t.organisationNumber}
            <input
              required
              value={number}
              inputMode="numeric"
              onInput={(event) => setNumber(event.currentTarget.value)}
            />
          </label>
          {error ? <ErrorNote error={error} language={props.language} /> : null}
          <div class="row">
            <button type="submit" class="primary" disabled={!name.trim()}>
              {t.confirm}
            </button>
          </div>
        </form>
      ) : null}
    </div>
  )
}
