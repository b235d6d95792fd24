import { defineText } from './language.ts'

const files = (count: number) => `${count} ${count === 1 ? 'fil' : 'filer'}`
const filesEn = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`

/** The buttons on voucher rows: accessible names begin `Underlag A 123`. */
export const rowText = defineText(
  {
    name: (voucher: string, state: string) => `Underlag ${voucher} (${state})`,
    files,
    none: 'inga filer',
    yearUnknown: '?, räkenskapsåret är okänt',
    notSynced: 'inte synkat',
    unknown: 'finns inte i synkad data',
    broken: 'kopplingen till Fortnox är bruten',
    offline: 'ur cachen',
    ambiguous: (vouchers: number, count: number) => `passar ${vouchers} verifikat, ${files(count)}`,
    mismatchDate: 'datumet stämmer inte med verifikatet',
    mismatchAmount: 'beloppet stämmer inte med verifikatet',
    differs: 'stämmer inte med Fortnox',
    asOf: (time: string) => `per ${time}`,
    frameTitle: 'Underlag: dokument',
  },
  {
    name: (voucher, state) => `Underlag ${voucher} (${state})`,
    files: filesEn,
    none: 'no files',
    yearUnknown: '?, fiscal year unknown',
    notSynced: 'not synced',
    unknown: 'not in the synced data',
    broken: 'the connection to Fortnox is broken',
    offline: 'from the cache',
    ambiguous: (vouchers, count) => `fits ${vouchers} vouchers, ${filesEn(count)}`,
    mismatchDate: 'the date does not agree with the voucher',
    mismatchAmount: 'the amount does not agree with the voucher',
    differs: 'does not agree with Fortnox',
    asOf: (time) => `as of ${time}`,
    frameTitle: 'Underlag: document',
  },
)
