const text = 'font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif; color:var(--text)'
export const optionsStyle = `
.options { ${text}; max-width:640px; margin:0 auto; padding:24px 20px; gap:14px }
h1 { font-size:18px; font-weight:650; margin:0 }
select { font:14px/1.4 system-ui; color:var(--text); background:var(--paper); border:1px solid var(--line-strong); border-radius:7px; padding:6px 8px }
.options form.row input.grow { flex:1 1 260px }
.keys { display:grid; gap:6px } .keys div { display:grid; grid-template-columns:150px 1fr; gap:12px }
kbd { font:600 12px/1.6 ui-monospace,monospace; border:1px solid var(--line-strong); border-radius:5px; padding:1px 7px; background:var(--surface) }
`
