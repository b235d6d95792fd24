/** The consent pages' one style sheet. Served by itself, so that the policy allows no inline style. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f7f5; --paper: #fff; --ink: #1b211e; --soft: #59635e; --line: #dfe4e0;
  --accent: #1d6b4f; --accent-ink: #fff; --warn: #8a4b00; --warn-ground: #fdf3e4; --good-ground: #e6f3ec; }
@media (prefers-color-scheme: dark) { :root { --ground: #121614; --paper: #1a1f1d; --ink: #e8ece9; --soft: #a3ada8;
  --line: #2e3532; --accent: #5cc39a; --accent-ink: #0c1512; --warn: #f2b866; --warn-ground: #2b2214; --good-ground: #16281f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 2rem; }
.mark { display: flex; align-items: center; gap: .6rem; font-weight: 600; letter-spacing: .01em; margin-bottom: 1.75rem; }
.mark svg { width: 1.75rem; height: 1.75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
p { margin: 0 0 .75rem; }
.lead { font-size: 1.0625rem; }
.soft, dd, .foot { color: var(--soft); }
.foot { margin-top: 2rem; font-size: .875rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.4rem; margin: 1rem 0; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
.pair .card { margin: 0; }
ul { margin: 0; padding: 0; list-style: none; display: grid; gap: .5rem; }
li { padding-left: 1.6rem; position: relative; }
li::before { position: absolute; left: 0; color: var(--accent); font-weight: 700; content: "✓"; }
.never li::before { content: "×"; color: var(--soft); }
.note { font-size: .9rem; color: var(--soft); margin: .9rem 0 0; }
dl { margin: 0; display: grid; gap: .6rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9375rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.act { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; margin: 1.5rem 0; }
button, .button { font: inherit; font-weight: 600; border: 0; border-radius: 8px; padding: .75rem 1.5rem; cursor: pointer;
  background: var(--accent); color: var(--accent-ink); text-decoration: none; display: inline-block; }
button:hover, .button:hover { filter: brightness(1.07); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.notice { border-radius: 12px; padding: 1.1rem 1.4rem; margin: 1.25rem 0; background: var(--warn-ground); }
.notice h1, .notice h2 { color: var(--warn); }
.notice h1 { font-size: 1.25rem; margin: 0 0 .6rem; letter-spacing: 0; }
.notice.good { background: var(--good-ground); }
.notice.good h1 { color: var(--accent); }
.notice p:last-child, .card p:last-child { margin: 0; }
.notice .missing { margin: 0 0 .35rem; font-size: .875rem; font-weight: 600; color: var(--warn); }
.notice h1:focus, .notice h2:focus { outline: none; }
[hidden] { display: none; }
.spin { display: inline-block; width: .9rem; height: .9rem; margin-right: .5rem; border: 2px solid var(--line);
  border-top-color: var(--accent); border-radius: 50%; animation: spin 1s linear infinite; vertical-align: -.1rem; }
@keyframes spin { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .spin { animation: none; } }
`
