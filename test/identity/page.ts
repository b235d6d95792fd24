import type { User } from './users.ts'

/** The sign-in page: plain form, no script. */
export function loginPage(users: readonly User[], problem: string | null): string {
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Logga in</title><style>
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d8dee6;--paper:#fff;--ground:#eef2f6;--accent:#2456a6}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa5b4;--line:#323b47;--paper:#1b222b;--ground:#12171d;--accent:#7fb0ff}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
form{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:2rem;width:min(22rem,90vw);box-sizing:border-box}
h1{font-size:1.25rem;margin:0 0 1rem}label{display:block;margin:0 0 .9rem;font-size:.9rem}
input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.55rem .7rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;margin-top:.25rem}
button{font:inherit;font-weight:600;width:100%;padding:.65rem;border:0;border-radius:8px;background:var(--accent);color:var(--paper)}
.problem{color:#b3261e}p{font-size:.85rem;color:var(--soft);margin:1rem 0 0}</style></head>
<body><form method="post"><h1>Logga in</h1>${problem ? `<div class="problem" role="alert">${problem}</div>` : ''}
<label>Användarnamn<input name="login" autocomplete="username" required autofocus></label>
<label>Lösenord<input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">Logga in</button>
<p>Lokal inloggning. ${users.map(({ login, firm }) => `${login} (${firm.name})`).join(', ')}; lösenordet är användarnamnet.</p>
</form></body></html>`
}
