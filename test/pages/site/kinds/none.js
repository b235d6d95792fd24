import { element } from '../books.js'
import { show, table, tr } from './draw.js'

/** Tables with numbers, dates and amounts that are no vouchers. None may carry a button. */
const tables = [
  [
    ['Fakturanr', 'Fakturadatum', 'Kund', 'Belopp'],
    ['1', '2025-01-02', 'Ada AB', '101,37'],
  ],
  [
    ['Serie', 'Nr', 'Kund', 'Fakturadatum', 'Förfallodatum', 'Belopp'],
    ['A', '2', 'Ada AB', '2025-01-02', '2025-02-01', '102,74'],
  ],
  [
    ['Kundnr', 'Namn', 'Org.nr', 'Saldo'],
    ['3', 'Ada AB', '556036-0793', '103,00'],
  ],
  [
    ['Datum', 'Transaktion', 'Belopp', 'Saldo'],
    ['2025-01-05', '4', '105,00', '900,00'],
  ],
  [
    ['Konto', 'Benämning', 'Nr', 'Saldo'],
    ['1930', 'Bank', '5', '1,00'],
  ],
  [
    ['Namn', 'Ver', 'Ändrad', 'Storlek'],
    ['Policy.docx', '6', '2025-01-07', '12 kB'],
  ],
  [
    ['Dokument', 'Ver.', 'Datum'],
    ['Avtal', '8', '2025-01-09'],
  ],
  [
    ['Orderserie', 'Ordernr', 'Datum', 'Summa'],
    ['A', '9', '2025-01-10', '10,00'],
  ],
  [
    ['Anst.nr', 'Namn', 'Datum', 'Belopp'],
    ['10', 'Bo', '2025-01-11', '11,00'],
  ],
  [
    ['Typ', 'Nr', 'Datum', 'Belopp'],
    ['A', '11', '2025-01-12', '11,00'],
  ],
  [
    ['Voucher', 'Code', 'Valid to'],
    ['12', 'SUMMER', '2025-06-01'],
  ],
  [
    ['Verifierad', 'Av', 'Datum'],
    ['13', 'Bo', '2025-06-01'],
  ],
  [
    ['Verksamhet', 'Nr', 'Belopp'],
    ['A 15', '16', '2,00'],
  ],
  [
    ['Fakturanr', 'Verifikat', 'Belopp'],
    ['17', 'Ja', '2,00'],
  ],
  [
    ['Verifikat', 'Antal', 'Period'],
    ['312', '12', '2025-01'],
  ],
  [
    ['Månad', 'Verifikat', 'Belopp'],
    ['Januari', '45', '4 500,00'],
  ],
  [
    ['Serie', 'Nummer', 'Titel', 'Avsnitt'],
    ['A', '18', 'Vinter', '3'],
  ],
]
for (const [heads, cells] of tables)
  show(
    table(heads, [
      tr(null, cells),
      tr(
        null,
        cells.map((cell) => cell.replace(/^(A )?(\d{1,3})$/, (_, a = '', n) => `${a}${Number(n) + 1}`)),
      ),
    ]),
  )
show(element('p', {}, 'Slut'))
