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
  [
    ['Artikelnr', 'Benämning', 'Pris', 'Antal'],
    ['A 19', 'Skruv', '12,00', '4'],
  ],
  [
    ['Namn', 'Telefon', 'Mobil', 'Ort'],
    ['Ada', '08 123', '070 123', 'Umeå'],
  ],
  [
    ['Nr', 'Kontonamn', 'Typ', 'Momskod'],
    ['1930', 'Företagskonto', 'T', 'A 1'],
  ],
  [
    ['Anställd', 'Lönart', 'Datum', 'Antal', 'Belopp'],
    ['Bo', '20', '2025-01-25', '8', '1 600,00'],
  ],
  [
    ['Fakturaserie', 'Nummer', 'Fakturadatum', 'Leverantör', 'Belopp'],
    ['A', '21', '2025-01-02', 'El AB', '21,00'],
  ],
  [
    ['Serie', 'Nr', 'Leverantör', 'Fakturadatum', 'Belopp'],
    ['LF', '22', 'El AB', '2025-01-02', '22,00'],
  ],
  [
    ['Projekt', 'Nr', 'Datum', 'Debet'],
    ['P', '23', '2025-01-02', '1,00'],
  ],
  [
    ['Verktyg', 'Nr', 'Datum', 'Belopp'],
    ['A 24', '24', '2025-01-02', '24,00'],
  ],
  [
    ['Order', 'Verkstad', 'Datum', 'Summa'],
    ['A 25', 'A 25', '2025-01-02', '25,00'],
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
/** Texts that name counts, versions, gifts, several vouchers at once, or speak of one in a sentence. */
const texts = [
  'Verifikat 312',
  'Verifikat: 312',
  'Ver 2',
  'Ver. 2.3',
  'Voucher: AB12',
  'Verifikat A 1 – A 45',
  'Verifikat A 1, A 2',
  'Verifikat A 12 har bokförts av Bo',
  'Faktura A 12 2025-01-02',
  'A 12 2025-01-02 Ada AB',
  'Hus A 12, 2025-01-02',
  'Verifikat A 1 234,50',
  'Version A 12',
  'Kund A 12',
]
for (const text of texts) show(element('p', {}, text), element('h3', {}, text), element('div', {}, 'Nästa'))
show(element('dl', {}, element('dt', {}, 'Verifikat'), element('dd', {}, '312')))
show(element('dl', {}, element('dt', {}, 'Faktura'), element('dd', {}, 'A 12')))
show(element('p', {}, 'Slut'))
