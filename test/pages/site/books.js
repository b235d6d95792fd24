/** The vouchers that every page here shows. `test/pages/books.ts` gives the extension's edge the same. */
export const company = { name: 'Provbolaget AB', organisationNumber: '556016-0680' }

export function voucher(n) {
  const day = new Date(Date.UTC(2025, 0, 1 + (n % 365)))
  return {
    series: n % 7 === 0 ? 'B' : 'A',
    number: n,
    date: day.toISOString().slice(0, 10),
    text: `${['Hyra', 'Leverantörsfaktura', 'Löner', 'Kundbetalning', 'Kontorsmaterial'][n % 5]} ${n}`,
    amount: 10_000 + n * 137,
  }
}

export function kronor(oere) {
  return (oere / 100).toLocaleString('sv-SE', { minimumFractionDigits: 2 })
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))))
  return made
}

export function heading(text) {
  document.body.append(
    element('header', {}, element('strong', {}, company.name), ` Org.nr ${company.organisationNumber}`),
    element('h1', {}, text),
  )
}
