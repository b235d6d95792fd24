import { line, numbers, show, table, tr } from './draw.js'

/** Dates and amounts as programs write them. Every row names its own voucher's, so that none may be marked. */
const months = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
const parts = (date) => date.split('-')
const styles = {
  'Datum a': (d) => d,
  b: (d) => d.slice(2).replaceAll('-', ''),
  c: (d) => d.replaceAll('-', ''),
  d: (d) => {
    const [y, m, day] = parts(d)
    return `${Number(day)} ${months[m - 1]} ${y}`
  },
  e: (d) => {
    const [y, m, day] = parts(d)
    return `${day}/${m}/${y}`
  },
  f: (d) => {
    const [y, m, day] = parts(d)
    return `${day}.${m}.${y}`
  },
  g: (d) => d.slice(2),
}
const sums = [
  (a) => a.replace(/\s/g, '\u00a0'),
  (a) => `−${a.replace(/\s/g, '\u202f')}`,
  (a) => `(${a.replace(/\s/g, '\u2009')})`,
  (a) => `${a.replace(/\s/g, ' ')} kr`,
  (a) => a.replace(/\s/g, '').replace(',', '.'),
  (a) => `SEK ${a.replace(/\s/g, "'")}`,
  (a) => `${a}-`,
]
Object.values(styles).forEach((style, at) => {
  show(
    table(
      ['Ver.nr', 'Datum', 'Belopp'],
      numbers(1, 5).map((k) => {
        const n = k * 53 + at
        const { vernr, date, amount } = line(n)
        return tr(vernr, [vernr, style(date), sums[at](amount)])
      }),
    ),
  )
})
