/**
 * What the consent page does with script: opens Fortnox in a window of its own and shows the outcome within 2 s. Without
 * script the form goes to Fortnox in the same tab, and the outcome stands there.
 */
export const script = `
const form = document.querySelector('form')
const waiting = document.querySelector('#waiting')
const outcome = document.querySelector('#outcome')
let since = Date.now()
let timer
form?.addEventListener('submit', () => {
  const child = window.open('about:blank', 'underlag-fortnox', 'popup,width=620,height=820')
  form.target = child ? 'underlag-fortnox' : '_self'
  since = Date.now()
  outcome.replaceChildren()
  if (child) { waiting.hidden = false; poll() }
})
async function poll() {
  clearTimeout(timer)
  try {
    const answer = await fetch(location.pathname + '/status?since=' + since, { headers: { accept: 'application/json' } })
    const status = await answer.json()
    if (status.state === 'done') { location.reload(); return }
    if (status.html) { waiting.hidden = true; outcome.innerHTML = status.html; outcome.querySelector('h2')?.focus?.(); return }
  } catch {}
  timer = setTimeout(poll, document.hidden ? 1500 : 800)
}
document.querySelector('#close')?.addEventListener('click', () => window.close())
`
