/** What stands before a number tells a sum of money from a name: in the languages that invoices here come in. */

const sums =
  /(?:total|totalt|totalsumma|summa|sum|att betala|betalas|belopp|saldo|netto|brutto|moms|momsbelopp|exkl|inkl|delsumma|subtotal|amount|due|balance|vat|tax|net|gross|price|pris|betrag|gesamt|gesamtbetrag|rechnungsbetrag|zu zahlen|zahlbetrag|endsumme|mwst|ust|montant|à payer|total ttc|ttc|ht|tva|totaal|te betalen|bedrag|btw|avgift|öresavrundning|avrundning)/iu
const sumBefore = new RegExp(
  `(?:^|[^\\p{L}])${sums.source}[^\\p{L}\\d]*(?:[\\p{L}.()%]+[^\\p{L}\\d]*){0,3}$`,
  'iu',
)
const nameBefore =
  /(?:^|[^\p{L}])(?:[\p{L}]*(?:nr|nummer|numret|number|nummer|numéro)|no|n°|nº|id|ocr|ref|referens|reference|kundnr|order|konto|account|bg|pg|bankgiro|plusgiro|postgiro|iban|tel|telefon|phone|fax|mobil|org|orgnr|vat no|reg|box|postnr|sida|page|år|year|vecka|artikel|art|sku)[.:#\s]*$/iu

/** How much of the text before a number is looked at. */
const reach = 60

/** A word for a sum stands just before, in the same line ("Att betala: ", "Summa exkl. moms "). */
export function isAfterSumWord(text: string, at: number): boolean {
  return sumBefore.test(text.slice(Math.max(0, at - reach), at))
}

/** A word for a number that is a name stands just before ("Fakturanr ", "OCR: "). */
export function isAfterNameWord(text: string, at: number): boolean {
  return nameBefore.test(text.slice(Math.max(0, at - reach), at).replaceAll('\t', ' '))
}
