import { line, numbers, show, table, tr } from './draw.js'

/** Numbers and headers as programs write them, a table for each. */
const kinds = [
  ['Verifikationsnr', (s, n) => `${s} ${n}`],
  ['Ver-nr', (s, n) => `${s}-${n}`],
  ['Ver.', (s, n) => `${s}${n}`],
  ['Verifikatnr', (s, n) => `${n} ${s}`],
  ['Voucher no', (s, n) => `${s}/${n}`],
  ['Verif.nr', (s, n) => `2025${s}${n}`],
  ['Verifikation', (s, n) => `2025-${s}-${n}`],
  ['Vernr.', (s, n) => `${s}${n}`],
  ['VERIFIKATSNUMMER', (s, n) => `${s}${String(n).padStart(5, '0')}`],
  ['Voucher number', (s, n) => `${s}:${n}`],
  ['Ver #', (s, n) => `${s}.${n}`],
  ['Verifikat-ID', (s, n) => `${s} – ${n}`],
]
kinds.forEach(([head, write], at) => {
  show(
    table(
      [head, 'Datum', 'Belopp'],
      numbers(at * 2 + 1, at * 2 + 2).map((n) => {
        const { series, number, vernr, date, amount } = line(n)
        return tr(vernr, [write(series, number), date, amount])
      }),
    ),
  )
})
const apart = [
  ['Typ', 'Vernr'],
  ['Serie', 'Nummer'],
  ['Verifikationsserie', 'Verifikationsnummer'],
  ['Ver.typ', 'Ver.nr'],
  ['Series', 'No.'],
]
apart.forEach(([series, number], at) => {
  show(
    table(
      [series, number, 'Datum', 'Belopp'],
      numbers(at * 2 + 41, at * 2 + 42).map((n) => {
        const one = line(n)
        return tr(one.vernr, [one.series, one.number, one.date, one.amount])
      }),
    ),
  )
})
