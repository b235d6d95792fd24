/** The pages that Fortnox shows an administrator: log in, choose a company, approve. Plain forms; no script. */

import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Company, User } from '../model.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const style = `
:root{color-scheme:light dark;--ground:#eef3f0;--card:#fff;--ink:#15221c;--faint:#5a6b62;--line:#d5dfd9;--go:#0b6b3a;--go-ink:#fff;--bad:#a12626}
@media (prefers-color-scheme:dark){:root{--ground:#101613;--card:#18211c;--ink:#e6eee9;--faint:#9db0a5;--line:#2d3a33;--go:#3fae74;--go-ink:#06140c;--bad:#f08c8c}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;padding:24px}
main{width:min(100%,460px);background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px}
.brand{display:flex;align-items:center;gap:10px;color:var(--faint);font-size:14px;margin:0 0 20px}
.brand b{color:var(--go);font-size:18px}
h1{font-size:24px;line-height:1.2;margin:0 0 8px}
p{margin:0 0 16px}
.faint{color:var(--faint);font-size:14px}
label{display:block;font-size:14px;font-weight:600;margin:0 0 14px}
input{display:block;width:100%;margin-top:4px;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{font:inherit;cursor:pointer;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;padding:10px 14px}
button:focus-visible,input:focus-visible{outline:3px solid var(--go);outline-offset:2px}
.go{background:var(--go);border-color:var(--go);color:var(--go-ink);font-weight:600;width:100%}
.row{display:flex;gap:10px}.row .go{flex:1}
ul{list-style:none;padding:0;margin:0 0 8px}
li{margin:0 0 8px}
li button{width:100%;text-align:left}
li span{display:block;color:var(--faint);font-size:13px}
.scopes{columns:2;font-size:14px;margin-bottom:20px}
.bad{color:var(--bad);font-weight:600}
hr{border:0;border-top:1px solid var(--line);margin:24px 0 16px}
`

function page(title: string, content: Html): Html {
  return html`<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} – Fortnox (sandlåda)</title><style>${raw(style)}</style></head>
<body><main><p class="brand"><b>Fortnox</b> sandlåda: påhittade bolag, inget når det riktiga Fortnox</p>${content}</main></body></html>`
}

/** The first page. `failed`: the last try had a wrong name or password. */
export function loginPage(authorisation: string, users: readonly User[], failed: boolean): Html {
  return page(
    'Logga in',
    html`<h1>Logga in</h1>
${failed ? html`<p class="bad" role="alert">Fel användarnamn eller lösenord.</p>` : ''}
<form method="post" action="/oauth-v1/login">
<input type="hidden" name="authorisation" value="${authorisation}">
<label>Användarnamn <input name="user" autocomplete="username" required autofocus></label>
<label>Lösenord <input name="password" type="password" autocomplete="current-password" required></label>
<button class="go" type="submit">Logga in</button>
</form>
<hr><p class="faint">Eller logga in direkt som</p>
<form method="post" action="/oauth-v1/login">
<input type="hidden" name="authorisation" value="${authorisation}">
<ul>${users.map(
      (user) =>
        html`<li><button type="submit" name="quick" value="${user.login}">${user.name} (${user.login})<span>${user.shows}</span></button></li>`,
    )}</ul>
</form>`,
  )
}

/** The list of companies that the user has access to. */
export function companyPage(authorisation: string, user: User, companies: readonly Company[]): Html {
  return page(
    'Välj företag',
    html`<h1>Välj företag</h1>
<p class="faint">${user.name}${user.firm === null ? '' : html`, ${user.firm}. Digital byrå`}</p>
<form method="post" action="/oauth-v1/company">
<input type="hidden" name="authorisation" value="${authorisation}">
<ul>${companies.map(
      (company) =>
        html`<li><button type="submit" name="company" value="${company.tenant}">${company.name}<span>${company.organisationNumber} · ${company.tenant} · ${company.shows}</span></button></li>`,
    )}</ul>
</form>`,
  )
}

const scopeNames: Record<string, string> = {
  bookkeeping: 'Bokföring',
  companyinformation: 'Företagsinformation',
  settings: 'Inställningar',
  archive: 'Arkivplats',
  inbox: 'Inkorg',
  connectfile: 'Filkopplingar',
  supplierinvoice: 'Leverantörsfaktura',
  supplier: 'Leverantör',
  invoice: 'Faktura',
  payment: 'Betalningar',
  customer: 'Kund',
  costcenter: 'Kostnadsställe',
  project: 'Projekt',
  profile: 'Profil',
}

/** "Aktivering": what is asked for, approve or cancel. */
export function approvePage(
  authorisation: string,
  company: Company,
  integration: string,
  scopes: readonly string[],
): Html {
  return page(
    'Aktivering',
    html`<h1>Aktivering</h1>
<p><b>${integration}</b> vill komma åt <b>${company.name}</b> (${company.organisationNumber}).</p>
<p class="faint">Integrationen får läsa och skriva i:</p>
<ul class="scopes">${scopes.map((scope) => html`<li>${scopeNames[scope] ?? scope}</li>`)}</ul>
<form method="post" action="/oauth-v1/approve">
<input type="hidden" name="authorisation" value="${authorisation}">
<div class="row"><button type="submit" name="answer" value="no">Avbryt</button>
<button class="go" type="submit" name="answer" value="yes">Godkänn &amp; aktivera</button></div>
</form>`,
  )
}

/** An authorisation that cannot go on, and has nowhere to send the browser. */
export function refusedPage(reason: string): Html {
  return page('Fel', html`<h1>Det gick inte</h1><p class="bad" role="alert">${reason}</p>`)
}
