import type { Invoice, Side } from './resources.ts'

/** What a voucher's text says of an invoice: its counterparty (without AB and the like), its number, its side. */
export function mentions(text: string, side: Side, { number, facts }: Invoice) {
  const said = text.toLowerCase()
  const name = facts.counterparty.toLowerCase().replace(/[ ,]+(ab|hb|kb|ek\.? ?för\.?)( \(publ\))?$/, '')
  return {
    name: name.length > 2 && said.includes(name),
    number: said.match(/[\p{L}\p{N}]+/gu)?.includes(number.toLowerCase()) ?? false,
    kind: side === 'supplier' ? /leverant|supplier/.test(said) : /kund(?!.*leverant)|customer/.test(said),
  }
}
