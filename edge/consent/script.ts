/**
 * What the consent page does with script: opens Fortnox in a window of its own and shows the outcome within 2 s. Without
 * script, or with windows blocked, the form goes to Fortnox in the same tab, and the outcome stands there. Times are the
 * edge's own: the administrator's clock may be wrong.
 */
export const script = `
const name = 'underlag-fortnox'
const form = document.querySelector('form')
const waiting = document.querySelector('#waiting')
const outcome = document.querySelector('#outcome')
const patience = 3600000
let since = Number(form?.dataset.since)
let until = 0
let timer
form?.addEventListener('submit', () => {
  // Tried again within that window: it stays there.
  const child = window.name === name ? null : window.open('about:blank', name, 'popup,width=620,height=820')
  form.target = child ? name : '_self'
  if (!child) return
  outcome.replaceChildren()
  waiting.hidden = false
  until = Date.now() + patience
  poll()
})
async function poll() {
  clearTimeout(timer)
  try {
    const answer = await fetch(location.pathname + '/status?since=' + since, { headers: { accept: 'application/json' } })
    const status = await answer.json()
    if (status.state === 'done') { location.replace(location.pathname + '?done'); return }
    if (status.html) {
      waiting.hidden = true
      outcome.innerHTML = status.html
      outcome.querySelector('h2').focus()
      if (!status.now) return
      since = status.now
    }
  } catch {}
  if (Date.now() < until) timer = setTimeout(poll, document.hidden ? 1500 : 800)
}
const close = document.querySelector('#close')
if (close && (window.name === name || window.opener)) {
  close.hidden = false
  close.addEventListener('click', () => window.close())
}
`
