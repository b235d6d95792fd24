import { useState } from 'preact/hooks'
import type { CompanyState } from '../../../shared/contract/types.ts'
import { formatOrganisationNumber } from '../../../shared/ledger/organisation-number.ts'
import { cardText } from '../../../shared/text/card.ts'
import { formatDateTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { Dialog, ErrorNote } from '../../lib/ui/parts.tsx'

/** What "Aktivera" opens: the consent link, and the ways to bring it to whoever can approve. */
export function ConsentDialog(props: {
  company: CompanyState
  language: Language
  onWithdraw: () => void
  onClose: () => void
}) {
  const { company, language } = props
  const t = cardText(language)
  const [isCopied, setCopied] = useState(false)
  const link = company.consentLink
  if (company.state === 'active') {
    return (
      <Dialog title={t.consent.title} onClose={props.onClose}>
        <div class="box good" role="status">
          <span class="state" data-state="active">
            {t.consent.done}
          </span>
        </div>
        <div class="row end">
          <button type="button" class="primary" onClick={props.onClose}>
            {t.close}
          </button>
        </div>
      </Dialog>
    )
  }
  if (!link) return null
  const until = formatDateTime(link.expiresAt)
  // The e-mail goes to whoever approves at the company, whose language is Swedish.
  const mail = cardText('sv').consent
  const mailto = `mailto:?subject=${encodeURIComponent(mail.mailSubject(company.name))}&body=${encodeURIComponent(
    mail
      .mailBody(company.name, formatOrganisationNumber(company.organisationNumber), link.url, until)
      .replace(/\n/g, '\r\n'),
  )}`
  return (
    <Dialog title={t.consent.title} onClose={props.onClose}>
      <p>{t.consent.lead(company.name)}</p>
      <label>
        {t.consent.link}
        <div class="row">
          <input class="grow" readonly value={link.url} onFocus={(event) => event.currentTarget.select()} />
          <button
            type="button"
            onClick={() => void navigator.clipboard.writeText(link.url).then(() => setCopied(true))}
          >
            {isCopied ? t.consent.copied : t.consent.copy}
          </button>
        </div>
      </label>
      <div class="row">
        <a class="button primary" href={link.url} target="_blank" rel="noopener noreferrer">
          {t.consent.open}
        </a>
        <a class="button" href={mailto}>
          {t.consent.send}
        </a>
      </div>
      <p class="soft">
        {t.consent.validUntil(until)}{' '}
        <button type="button" class="link" onClick={props.onWithdraw}>
          {t.consent.withdraw}
        </button>
      </p>
      {company.reason ? <ErrorNote error={company.reason} language={language} /> : null}
      <div class="row">
        <span class="state grow" data-state="pending" role="status">
          {t.consent.waiting}
        </span>
        <button type="button" onClick={props.onClose}>
          {t.close}
        </button>
      </div>
    </Dialog>
  )
}
