import { html, raw } from 'hono/html'
import type { ErrorCode, WireError } from '../../shared/errors.ts'
import { formatOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import { consentText } from '../../shared/text/consent.ts'
import { errorText } from '../../shared/text/errors.ts'
import { formatDate } from '../../shared/text/format.ts'
import type { Language } from '../../shared/text/language.ts'

export type Markup = ReturnType<typeof html>

/** Who asks for what: the words on the page. */
export interface Subject {
  firm: string
  company: string
  organisationNumber: string
}

const mark = raw(
  '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#1d6b4f"/><path d="M10 7h9l4 4v14H10z" fill="#fff"/><path d="M13 15h7M13 18h7M13 21h4" stroke="#1d6b4f" stroke-width="1.6"/></svg>',
)

function frame(language: Language, title: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · Underlag</title><link rel="stylesheet" href="/consent/style.css">
<script src="/consent/script.js" type="module"></script></head>
<body><main><div class="mark">${mark}Underlag</div>${body}<p class="foot">${consentText(language).footer}</p></main></body></html>`
}

/** What Fortnox requires, by the code that says it is missing: its place among the requirements on the page. */
const requirement: Partial<Record<ErrorCode, number>> = {
  missing_integration_licence: 0,
  missing_system_administrator: 1,
  missing_bookkeeping: 2,
}

/** What went wrong, and what to do: also what the first page shows, below its own heading, when the window reports. */
export function notice(language: Language, error: WireError, heading: 'h1' | 'h2' = 'h2'): Markup {
  const t = consentText(language)
  const { title, help } = errorText(error, language)
  const missing = t.requiresItems[requirement[error.code] ?? -1]
  return html`<div class="notice" role="alert">${missing ? html`<p class="missing">${t.requirementMissing}: ${missing[0]}</p>` : ''}
${raw(`<${heading} tabindex="-1">`)}${title}${raw(`</${heading}>`)}<p>${help}</p>${
    typeof error.data.actual === 'string' ? html`<p>${t.chosen(error.data.actual)}</p>` : ''
  }</div>`
}

/** The page behind a link that holds. */
export function askPage(
  language: Language,
  subject: Subject,
  link: { path: string; expiresAt: number; now: number },
  refusal: WireError | null,
): Markup {
  const t = consentText(language)
  return frame(
    language,
    t.title,
    html`<h1>${t.heading(subject.firm)}</h1>
<p class="lead">${t.lead(subject.firm, subject.company)}</p>
<p class="facts"><span>${t.organisationNumber} ${formatOrganisationNumber(subject.organisationNumber)}</span><span>${t.holdsUntil(formatDate(link.expiresAt))}</span></p>
<div id="outcome">${refusal ? notice(language, refusal) : ''}</div>
<form class="act" method="post" action="${link.path}" data-since="${link.now}"><button>${t.give}</button><span class="soft">${t.giveNote}</span></form>
<div id="waiting" class="card" role="status" hidden><p><span class="spin"></span><strong>${t.waiting}</strong></p><p class="soft">${t.waitingNote}</p></div>
<div class="pair">
<section class="card"><h2>${t.asked}</h2><ul>${t.askedItems.map((item) => html`<li>${item}</li>`)}</ul></section>
<section class="card never"><h2>${t.never}</h2><ul>${t.neverItems.map((item) => html`<li>${item}</li>`)}</ul></section>
</div>
<p class="note">${t.neverNote}</p>
<section class="card"><h2>${t.requires}</h2><dl>${t.requiresItems.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>
<section class="card"><h2>${t.howTo}</h2><dl>${t.howToItems.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>`,
  )
}

/**
 * Behind a used link: `done` right after the approval (`window`: in the window that it was given in), `already` to whoever
 * opens the link later, `ended` when the connection that it gave holds no more.
 */
export function usedPage(
  language: Language,
  subject: Subject,
  state: 'done' | 'window' | 'already' | 'ended',
): Markup {
  const t = consentText(language)
  const { firm, company } = subject
  if (state === 'ended') {
    return frame(
      language,
      t.ended,
      html`<div class="notice" role="status"><h1>${t.ended}</h1><p>${t.endedText(firm)}</p></div>`,
    )
  }
  const [title, text] =
    state === 'already' ? [t.already, t.alreadyText(firm, company)] : [t.done, t.doneText(firm, company)]
  return frame(
    language,
    title,
    html`<div class="notice good" role="status"><h1>${title}</h1><p>${text}</p></div>
<p class="soft">${t.doneUndo}</p>${state === 'window' ? html`<p class="act"><button id="close" type="button" hidden>${t.closeWindow}</button></p>` : ''}`,
  )
}

/** A link that does not hold, or an approval that failed; `back` leads to the link while it holds. */
export function problemPage(language: Language, error: WireError, back: string | null): Markup {
  const t = consentText(language)
  return frame(
    language,
    errorText(error, language).title,
    html`${notice(language, error, 'h1')}${back ? html`<p class="act"><a class="button" href="${back}">${t.tryAgain}</a></p>` : ''}`,
  )
}
