/** The style of everything that the extension draws into a page, in shadow roots. Sizes in px: a page's `rem` is its own. */
export const kitStyle = `
:host { all:initial; display:block; --paper:#fff; --surface:#f7f7f5; --line:#dcdcd6; --line-strong:#a9aca4; --text:#1d1f1e; --soft:#5c605d; --accent:#0b6b4d;
  --accent-soft:#e2f0ea; --on-accent:#fff; --warning:#8a4b00; --warning-soft:#fdf0dc; --danger:#a32219; --danger-soft:#fbe9e7; --ok:#1c8a4f }
:host([data-theme=dark]) { --paper:#232625; --surface:#1b1d1c; --line:#3c413e; --line-strong:#767d79; --text:#e9ebe9; --soft:#a9afab; --accent:#5cc79d;
  --accent-soft:#1e3a2f; --on-accent:#0b1c15; --warning:#f0b665; --warning-soft:#3a2c16; --danger:#ff9188; --danger-soft:#40201d; --ok:#5cc79d }
* { box-sizing:border-box }
.card, dialog { font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif; color:var(--text); text-align:start; letter-spacing:normal }
.card { background:var(--paper); border:1px solid var(--line); border-radius:10px; padding:16px 18px; display:grid; gap:12px; max-width:900px }
.card.year { padding:10px 14px; gap:8px; background:var(--surface); font-size:13px; margin-top:8px }
h1, h2, h3, p, ul, dl, dd { margin:0; padding:0; font:inherit }
h1, h2 { font-weight:650; font-size:16px } h3 { font-weight:600 }
.soft { color:var(--soft) } .error { color:var(--danger) } .warning { color:var(--warning) }
.row { display:flex; flex-wrap:wrap; gap:8px 12px; align-items:center } .grow { flex:1 1 auto } .end { justify-content:flex-end }
.stack { display:grid; gap:6px }
.head { display:flex; gap:12px; align-items:center } .head svg { width:34px; height:34px; flex:none }
.state { display:inline-flex; gap:7px; align-items:center; font-weight:600 }
.state::before { content:""; width:10px; height:10px; border-radius:50%; background:var(--line-strong) }
.state[data-state=active]::before { background:var(--ok); box-shadow:0 0 0 3px color-mix(in srgb,var(--ok) 25%,transparent) }
.state[data-state=pending]::before { background:#d98a00 } .state[data-state=broken]::before { background:var(--danger) }
button, .button { all:unset; box-sizing:border-box; font:600 13px/1.2 system-ui,-apple-system,"Segoe UI",sans-serif; padding:8px 14px; border-radius:7px; border:1px solid var(--line-strong);
  background:var(--paper); color:var(--text); cursor:pointer; text-align:center; white-space:nowrap }
button:hover, .button:hover { border-color:var(--text) }
button.primary, .button.primary { background:var(--accent); border-color:var(--accent); color:var(--on-accent) }
button.primary:hover { filter:brightness(1.08) }
button.link { padding:2px 0; border:0; background:none; color:var(--accent); text-decoration:underline; font-weight:500 }
button[disabled] { opacity:.55; cursor:default }
button:focus-visible, .button:focus-visible, input:focus-visible, a:focus-visible, summary:focus-visible { outline:2px solid var(--accent); outline-offset:2px }
label { display:grid; gap:4px; font-size:13px; color:var(--soft) }
label.choice { display:flex; gap:8px; align-items:center; color:var(--text); cursor:pointer }
input:not([type=radio]):not([type=checkbox]) { all:unset; box-sizing:border-box; font:14px/1.4 system-ui,"Segoe UI",sans-serif; color:var(--text); background:var(--paper); border:1px solid var(--line-strong); border-radius:7px; padding:7px 10px; min-width:200px; overflow:hidden; text-overflow:ellipsis }
input[readonly]:not([type=radio]) { background:var(--surface) } input[type=file] { display:none !important }
input[type=radio] { accent-color:var(--accent); margin:0 }
fieldset { border:0; margin:0; padding:0; display:grid; gap:4px } legend { padding:0; font-weight:600; float:left; width:100% }
dialog { border:1px solid var(--line); border-radius:12px; background:var(--paper); padding:20px 22px; width:min(540px,calc(100vw - 32px)); max-height:calc(100vh - 40px); overflow:auto; box-shadow:0 10px 50px #0006 }
dialog::backdrop { background:#0f141299 } dialog > .stack { gap:14px }
.box { border:1px solid var(--line); border-radius:8px; padding:10px 12px; display:grid; gap:6px }
.box.ask { background:var(--warning-soft); border-color:transparent } .box.bad { background:var(--danger-soft); border-color:transparent } .box.good { background:var(--accent-soft); border-color:transparent }
ul { list-style:none; display:grid; gap:4px }
.facts { display:flex; flex-wrap:wrap; gap:2px 18px; flex:1 1 260px } .actions { gap:8px; flex:0 1 auto } .tag { border-radius:5px; padding:1px 7px; background:var(--accent-soft); color:var(--accent); font-weight:600 }
.tag.sie { background:var(--warning-soft); color:var(--warning) } .tag.none { background:none; color:var(--soft); padding:0; font-weight:400 }
.bar { height:6px; border-radius:3px; background:var(--line); overflow:hidden } .bar i { display:block; height:100%; background:var(--accent); border-radius:3px; transition:width .3s }
.bar.unknown i { width:35%; animation:run 1.4s infinite ease-in-out } @keyframes run { 0% { margin-left:-35% } 100% { margin-left:100% } }
@media (prefers-reduced-motion:reduce) { .bar i { transition:none; animation-duration:6s !important } }
.at-hand { display:grid; grid-template-columns:minmax(0,1fr) auto; gap:6px 12px; align-items:center }
.at-hand-list .at-hand { border-top:1px solid var(--line); padding:10px 0 } .at-hand-list .at-hand:last-child { padding-bottom:0 } .at-hand-list h3 { padding-bottom:8px } .at-hand-title { flex:1 0 100% }
.at-hand-words { display:flex; flex-wrap:wrap; gap:2px 12px } .at-hand-numbers { font-variant-numeric:tabular-nums } .at-hand-soft { color:var(--soft) }
.at-hand-actions { display:flex; flex-wrap:wrap; gap:8px; justify-content:flex-end } .at-hand-actions button { padding:5px 10px }
.at-hand-bar { grid-column:1/-1; height:6px; border-radius:3px; background:var(--line); overflow:hidden } .at-hand-bar i { display:block; height:100%; background:var(--accent); border-radius:3px; transition:width .3s }
.at-hand:is([data-state=paused],[data-state=stopped]) .at-hand-bar i { background:var(--line-strong) }
.at-hand-note { grid-column:1/-1; color:var(--soft) } .at-hand-bad { color:var(--danger) }
@media (max-width:560px) { .at-hand { grid-template-columns:minmax(0,1fr) } .at-hand-actions { justify-content:flex-start } }
hr { border:0; border-top:1px solid var(--line); margin:0; width:100% }
details summary { cursor:pointer; color:var(--warning); font-weight:500 }
`
