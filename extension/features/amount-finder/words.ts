/** What stands around a number tells a sum of money from a name: in the languages that invoices here come in. */

const sums = [
  'total|totalt|totalen|totals|summa|summan|sum|att betala|betalas|belopp|beloppet|saldo|netto|brutto|moms|exkl|exklusive',
  'inkl|inklusive|subtotal|amount|amounts|due|balance|vat|tax|net|gross|price|pris|priset|avgift|avrundning|att erhålla',
  'tillgodo|betrag|gesamt|zu zahlen|mwst|ust|montant|à payer|ttc|ht|tva|totaal|te betalen|bedrag|btw|i alt|beløb|beløp',
  'å betale|at betale|mva|yhteensä|maksettava|alv|att utbetala|utbetalas|lön|ersättning|arvode|payable|paid|fee',
].join('|')
/** Compounds by their last part: "Slutsumma", "Fakturabelopp", "Rechnungsbetrag"; and some by their first. */
const compounds =
  '\\p{L}+(?:summa|summan|belopp|beloppet|total|totalt|pris|priset|avgift|moms|saldo|betrag|summe|bedrag|avrundning|lön)|(?:total|netto|brutto|gesamt)\\p{L}+'
const sum = `(?:^|[^\\p{L}])(?:${sums}|${compounds})(?!\\p{L})`
const sumAnywhere = new RegExp(sum, 'iu')
const sumBefore = new RegExp(`${sum}[^\\p{L}\\d]*(?:[\\p{L}.()%]+[^\\p{L}\\d]*){0,3}$`, 'iu')
const vatBefore = /(?:moms|vat|tva|btw|mwst|ust)[^\p{L}\d]*$/iu

const invoiceNames = 'faktura|fakturan|kreditfaktura|invoice|rechnung|facture|factuur|kvitto|receipt|beleg'
const names = [
  '\\p{L}*(?:nr|nummer|numret|number|numéro|referens|konto)|no|n°|nº|id|ocr|ref|reference|order|account|bg|pg|bankgiro',
  'plusgiro|postgiro|clearing|iban|ean|gtin|tel|telefon|phone|fax|mobil|org|vat no|reg|box|sida|page|år|year|vecka|artikel',
  'art|sku|avtal|kontrakt|contract|projekt|project|kund|customer|följesedel|po|offert|ärende|fastighet|mätarställning',
  invoiceNames,
].join('|')
const name = `(?:^|[^\\p{L}])(?:${names})`
const nameBefore = new RegExp(`${name}[.:#\\s]*$`, 'iu')
const nameAtEnd = new RegExp(`${name}[^\\p{L}\\d]*$`, 'iu')
const invoiceBefore = new RegExp(
  `(?:^|[^\\p{L}])(?:(?:${invoiceNames})\\p{L}*|ocr|ref|referens|\\p{L}*faktura|nummer|number)(?:[-\\s]*(?:nr|no|nummer|number|numéro|n°|nº|id))?[.:#\\s]*$`,
  'iu',
)
const quantities =
  'antal|qty|quantity|kvantitet|kvant|timmar|tim|hours|vikt|weight|st|styck|dagar|days|sidor|pages|km|kg|kwh|poäng|points|items|artiklar|kolli|menge|anzahl|stunden|mängd|volym|procent'
const quantityBefore = new RegExp(`(?:^|[^\\p{L}])(?:${quantities})[.:\\s]*$`, 'iu')
const quantityHeading = new RegExp(`%|^[^\\p{L}]*(?:${quantities})[^\\p{L}]*$`, 'iu')
const clockBefore = /(?:^|[^\p{L}])(?:kl|klockan|tid|time|uhr|version|ver|kapitel|avsnitt)[.:\s]*$/iu
const unitAfter =
  /^[ \u00a0]?(?:st|stk|pcs|pc|stück|styck|kg|g|ton|km|mil|m|m2|m²|m3|m³|cm|mm|l|liter|kwh|mwh|kw|w|tim|timmar|h|hours|hrs|std|dagar|dygn|days|månader|gb|mb|procent|percent|prozent|kbit|mbit|poäng|personer)(?![\p{L}\d])/iu

/** How much of the text before a number is looked at. */
const reach = 70

function head(text: string, at: number): string {
  return text.slice(Math.max(0, at - reach), at)
}

/** Dates and parts in a hundred stand between a word and its sum: "Moms 25 % ", "Att betala senast 2026-03-31: ". */
const between = /\d{4}-\d\d-\d\d|\d{1,3}(?:[.,]\d{1,2})?\s?%/g

/** A word for a sum stands just before, in the same line ("Att betala: ", "Summa exkl. moms "). */
export function isAfterSumWord(text: string, at: number): boolean {
  return sumBefore.test(head(text, at).replace(between, ' '))
}

/** "Moms 25 ": the rate, not an amount. */
export function isAfterVatWord(text: string, at: number): boolean {
  return vatBefore.test(head(text, at))
}

/** A word for a number that is a name stands just before ("Fakturanr ", "OCR: "). */
export function isAfterNameWord(text: string, at: number): boolean {
  return nameBefore.test(head(text, at))
}

/** A word for an invoice's number stands just before. */
export function isAfterInvoiceWord(text: string, at: number): boolean {
  return invoiceBefore.test(head(text, at))
}

/** A word for how much of something stands just before ("Totalt antal "). */
export function isAfterQuantityWord(text: string, at: number): boolean {
  return quantityBefore.test(head(text, at))
}

/** "kl. 12.45", "version 2.10". */
export function isAfterClockWord(text: string, at: number): boolean {
  return clockBefore.test(head(text, at))
}

/** "12 450 kWh", "300 st", "12,45 procent": how much of something, not of money. */
export function isBeforeUnit(text: string, at: number): boolean {
  return unitAfter.test(text.slice(at, at + 14))
}

/** What the heading of a column makes of the numbers under it; null when it does not say. */
export function columnOf(heading: string): 'sum' | 'invoice' | 'name' | 'quantity' | null {
  if (quantityHeading.test(heading)) return 'quantity'
  if (sumAnywhere.test(heading) || /^\W*(?:sek|kr|kronor|eur|usd|gbp|nok|dkk|€|\$|£)\W*$/i.test(heading))
    return 'sum'
  if (invoiceBefore.test(heading)) return 'invoice'
  return nameAtEnd.test(heading) ? 'name' : null
}
