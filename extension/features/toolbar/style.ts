const text = 'font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif; color:var(--text)'
export const popupStyle = `
.popup { ${text}; width:360px; padding:16px 18px; background:var(--paper); gap:10px }
.popup h2 { font-size:inherit; font-weight:600 }
select { font:14px/1.4 system-ui; color:var(--text); background:var(--paper); border:1px solid var(--line-strong); border-radius:7px; padding:7px 8px; max-width:100% }
`
