import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { CompanyState } from '../../../shared/contract/types.ts'
import { fiscalYearId } from '../../../shared/ledger/keys.ts'
import { formatOrganisationNumber } from '../../../shared/ledger/organisation-number.ts'
import { cardText } from '../../../shared/text/card.ts'
import { formatDate } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import { ErrorNote, Mark } from '../../lib/ui/parts.tsx'
import { failure, useAction } from '../../lib/ui/use-action.ts'
import { Handover } from '../sie-handover/handover.tsx'
import { Offer, type OfferedFile } from '../sie-handover/offer.tsx'
import { questionBefore } from '../year-controls/question.ts'
import { startSync, type YearErrors } from '../year-controls/sync.ts'
import { SyncLine } from '../year-controls/sync-line.tsx'
import { ConsentDialog } from './consent-dialog.tsx'
import { SyncDialog, type YearQuestion } from './sync-dialog.tsx'

/** What the card needs: all else it reads from the page's shared state. */
export interface CardProps {
  page: Page
  language: Language
  offer: OfferedFile | null
  onOffer: (offer: OfferedFile | null) => void
}

/** The Fortnox card: from signing in to a green light, and then the two latest years. */
export function Card(props: CardProps) {
  const { page, language } = props
  const t = cardText(language)
  useEffect(() => page.watch(), [page])
  const { session, state, company } = page
  return (
    <section class="card" aria-label={t.title}>
      <div class="row">
        <div class="head grow">
          <Mark />
          <h2>{t.title}</h2>
        </div>
        {session && state ? (
          <span class="state" data-state={state.state} role="status">
            {t.state[state.state]}
          </span>
        ) : null}
      </div>
      <Body {...props} />
      {page.stateError ? (
        <ErrorNote error={page.stateError} language={language}>
          <div class="row">
            <button type="button" onClick={() => void page.refresh()}>
              {t.retry}
            </button>
          </div>
        </ErrorNote>
      ) : null}
      {props.offer && company && state ? (
        <Offer
          page={page}
          company={company.organisationNumber}
          offer={props.offer}
          language={language}
          onDone={() => props.onOffer(null)}
        />
      ) : null}
    </section>
  )
}

function Body({ page, language }: CardProps) {
  const t = cardText(language)
  const { session, company, state } = page
  if (session === undefined) return <p class="soft">{t.loading}</p>
  if (session === null) return <SignIn page={page} language={language} />
  if (!company) return <p class="soft">{t.noCompany}</p>
  if (state === undefined) return page.stateError ? null : <p class="soft">{t.loading}</p>
  if (state === null) return <Confirm key={company.organisationNumber} page={page} language={language} />
  return <Connection page={page} company={state} language={language} />
}

function SignIn({ page, language }: { page: Page; language: Language }) {
  const t = cardText(language)
  const { isBusy, error, run } = useAction()
  const signIn = async () => {
    const failed = failure(await ask('signIn'))
    if (!failed) await page.refresh()
    return failed
  }
  return (
    <>
      <p>
        <strong>{t.signInTitle}.</strong> <span class="soft">{t.signInHelp}</span>
      </p>
      {(error ?? page.sessionError) ? (
        <ErrorNote error={(error ?? page.sessionError)!} language={language} />
      ) : null}
      <div class="row">
        <button type="button" class="primary" disabled={isBusy} onClick={() => void run(signIn)}>
          {t.signIn}
        </button>
      </div>
    </>
  )
}

function Confirm({ page, language }: { page: Page; language: Language }) {
  const t = cardText(language)
  const { isBusy, error, run } = useAction()
  const company = page.company!
  const [name, setName] = useState(company.name ?? '')
  const confirm = () =>
    run(async () => {
      const answer = await ask('confirmCompany', { company: company.organisationNumber, name: name.trim() })
      if ('value' in answer) page.take(answer.value)
      return failure(answer)
    })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void confirm()
      }}
    >
      <h3>{t.confirmTitle}</h3>
      <p class="soft">{t.confirmHelp}</p>
      <div class="row">
        <label>
          {t.name}
          <input required value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          {t.organisationNumber}
          <input readonly value={formatOrganisationNumber(company.organisationNumber)} />
        </label>
      </div>
      {error ? <ErrorNote error={error} language={language} /> : null}
      <div class="row">
        <button type="submit" class="primary" disabled={isBusy || !name.trim()}>
          {t.confirm}
        </button>
      </div>
    </form>
  )
}

function Connection({ page, company, language }: { page: Page; company: CompanyState; language: Language }) {
  const t = cardText(language)
  const { isBusy, error, run } = useAction()
  const [isOpen, setOpen] = useState(false)
  const number = company.organisationNumber
  const activate = () =>
    run(async () => {
      const answer = await ask('createConsentLink', { company: number })
      if ('error' in answer) return answer.error
      page.take({ ...(page.state ?? company), consentLink: answer.value, state: pendingFrom(company.state) })
      setOpen(true)
      return null
    })
  const withdraw = () =>
    run(async () => {
      const failed = failure(await ask('withdrawConsentLink', { company: number }))
      setOpen(false)
      await page.refresh()
      return failed
    })
  return (
    <>
      <Explanation company={company} language={language} />
      {error ? <ErrorNote error={error} language={language} /> : null}
      {company.state === 'active' ? (
        <TwoYears page={page} company={company} language={language} />
      ) : (
        <div class="row">
          <button
            type="button"
            class={company.state === 'pending' ? '' : 'primary'}
            disabled={isBusy}
            onClick={() => void activate()}
          >
            {company.state === 'pending' ? t.showLink : t.activate}
          </button>
        </div>
      )}
      {isOpen ? (
        <ConsentDialog
          company={company}
          language={language}
          onWithdraw={() => void withdraw()}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {company.years.some(({ source }) => source !== null) ? (
        <Handover page={page} company={company} language={language} />
      ) : null}
    </>
  )
}

function Explanation({
  company,
  language,
}: {
  company: CompanyState
  language: Language
}): ComponentChildren {
  const t = cardText(language)
  switch (company.state) {
    case 'inactive':
      return (
        <>
          <p class="soft">{t.inactiveHelp}</p>
          {company.reason ? <ErrorNote error={company.reason} language={language} /> : null}
        </>
      )
    case 'pending':
      return (
        <>
          <p class="soft">{t.pendingHelp}</p>
          {company.reason ? <ErrorNote error={company.reason} language={language} /> : null}
        </>
      )
    case 'broken':
      return (
        <ErrorNote error={company.reason ?? { code: 'connection_broken', data: {} }} language={language} />
      )
    case 'active':
      return (
        <>
          <p class="soft">
            {t.connectedSince(
              company.fortnoxName ?? company.name,
              company.connectedAt ? formatDate(company.connectedAt) : '–',
            )}
          </p>
          {company.missing.length > 0 ? (
            <p class="warning">{t.missing(company.missing.map(({ part }) => t.parts[part]).join(', '))}</p>
          ) : null}
        </>
      )
  }
}

function TwoYears({ page, company, language }: { page: Page; company: CompanyState; language: Language }) {
  const t = cardText(language)
  const [isAsking, setAsking] = useState(false)
  const [errors, setErrors] = useState<YearErrors>({})
  const years = page.adapter.years(document).slice(0, 2)
  const stateOf = (from: string, to: string) =>
    company.years.find(({ id }) => id === fiscalYearId(from, to)) ?? null
  const questions: YearQuestion[] = years.map(({ from, to }) => ({
    from,
    to,
    question: questionBefore(stateOf(from, to), null),
  }))
  if (years.length === 0) return <p class="soft">{t.syncNoYears}</p>
  const isRunning = years.some(({ from, to }) => stateOf(from, to)?.sync?.state === 'running')
  return (
    <>
      <div class="row">
        <button type="button" class="primary" disabled={isRunning} onClick={() => setAsking(true)}>
          {years.length === 1 ? t.syncOne : t.syncTwo}
        </button>
      </div>
      {years.map(({ from, to }) => (
        <SyncLine
          key={from}
          title={`${from} – ${to}`}
          year={stateOf(from, to)}
          error={errors[fiscalYearId(from, to)] ?? null}
          ended={page.ended.get(fiscalYearId(from, to)) ?? null}
          language={language}
        />
      ))}
      {isAsking ? (
        <SyncDialog
          years={questions}
          language={language}
          onClose={() => setAsking(false)}
          onStart={(chosen) => {
            setAsking(false)
            void startSync(page, company.organisationNumber, chosen).then(setErrors)
          }}
        />
      ) : null}
    </>
  )
}

function pendingFrom(state: CompanyState['state']): CompanyState['state'] {
  return state === 'inactive' ? 'pending' : state
}
