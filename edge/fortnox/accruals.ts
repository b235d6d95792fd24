import { mentions } from './mentions.ts'
import { placeKey } from './places.ts'
import type { Accrual, Invoice, ListedVoucher, Side } from './resources.ts'

const sides: readonly Side[] = ['supplier', 'customer']

/** One invoice, on its side: suppliers' and customers' invoices share numbers. */
export interface InvoiceOf {
  side: Side
  number: string
}

type InvoicesBySide = Record<Side, Map<string, Invoice> | null>

/**
 * Which invoice each accrual voucher divides. It refers to its invoice by number alone, or not at all; the invoice that
 * names the voucher decides, else the only one of that number, else what the voucher's text says, else the lists of
 * accruals, which are read only then. Where that does not tell, none is given: wrong evidence is worse than none.
 *
 * @param invoices null for a side that may not be seen: its invoices can have the number too
 * @param named vouchers that invoices name themselves, by `series number`
 * @param load reads the lists of accruals: requests
 */
export async function accruedInvoices(
  vouchers: ListedVoucher[],
  invoices: InvoicesBySide,
  named: Record<Side, Map<string, string[]>>,
  load: () => Promise<Accrual[]>,
): Promise<Map<string, InvoiceOf[]>> {
  const found = new Map<string, InvoiceOf[]>()
  const open: ListedVoucher[] = []
  for (const voucher of vouchers) {
    const key = placeKey(voucher)
    const own = sides.flatMap((side) => (named[side].get(key) ?? []).map((number) => ({ side, number })))
    const told = own.length > 0 ? own : byReference(voucher, invoices)
    if (told.length > 0) found.set(key, told)
    else open.push(voucher)
  }
  if (open.length === 0) return found
  const accruals = await load()
  for (const voucher of open) {
    const one = byAccrual(voucher, accruals, invoices)
    if (one) found.set(placeKey(voucher), [one])
  }
  return found
}

function byReference({ reference, text }: ListedVoucher, invoices: InvoicesBySide): InvoiceOf[] {
  if (reference === null) return []
  const candidates = sides.filter((side) => invoices[side]?.has(reference))
  const said = candidates.filter((side) => {
    const { name, kind } = mentions(text, side, invoices[side]!.get(reference)!)
    return name || kind
  })
  const [side] = candidates.length === 1 && allSeen(invoices) ? candidates : said.length === 1 ? said : []
  return side ? [{ side, number: reference }] : []
}

function allSeen(invoices: InvoicesBySide): boolean {
  return sides.every((side) => invoices[side] !== null)
}

/** The one accrual that the voucher can be of: running on its day, of the number it refers to or that its text tells. */
function byAccrual(
  { reference, text, date }: ListedVoucher,
  accruals: Accrual[],
  invoices: InvoicesBySide,
): InvoiceOf | null {
  const scored = accruals.flatMap(({ side, invoice, start, end }) => {
    const facts = invoices[side]?.get(invoice)
    if (!facts || (reference !== null && invoice !== reference)) return []
    if (date !== null && ((start !== null && date < start) || (end !== null && date > end))) return []
    const { name, number, kind } = mentions(text, side, facts)
    if (reference === null && !name && !number) return []
    if (!allSeen(invoices) && !name && !kind) return []
    return [{ side, number: invoice, score: Number(name) * 2 + Number(number) * 2 + Number(kind) }]
  })
  const best = Math.max(...scored.map(({ score }) => score))
  const winners = scored.filter(({ score }) => score === best)
  return winners.length === 1 ? { side: winners[0]!.side, number: winners[0]!.number } : null
}
