import { defineText } from './language.ts'

/** What is asked for now and then: pointing at columns, and why a button has nothing to open. */
export const askedText = defineText(
  {
    column: (what: string) => `Klicka i kolumnen med ${what.toLowerCase()}`,
    roles: { voucher: 'Verifikatnummer', series: 'Serie', date: 'Datum', amount: 'Belopp' },
    help: 'Esc avbryter. Klickar du i kolumnen som redan används slutar den användas.',
    askYear: 'Vilket räkenskapsår gäller verifikaten här?',
    askYearHelp: 'Sidan visar inget datum. Svaret gäller i den här fliken.',
    syncHere: 'Synka året på sidan ”Inläst data” för att se underlagen.',
    noYears: 'Inget räkenskapsår är synkat ännu.',
    cancel: 'Avbryt',
  },
  {
    column: (what) => `Click in the column with the ${what.toLowerCase()}`,
    roles: { voucher: 'Voucher number', series: 'Series', date: 'Date', amount: 'Amount' },
    help: 'Esc cancels. Clicking in the column already in use stops using it.',
    askYear: 'Which fiscal year are the vouchers here from?',
    askYearHelp: 'The page shows no date. The answer holds in this tab.',
    syncHere: 'Sync the year on the page “Inläst data” to see its documents.',
    noYears: 'No fiscal year is synced yet.',
    cancel: 'Cancel',
  },
)
