import type { SieDiagnostic, SieDiagnosticCode } from './diagnostics.ts'

/**
 * The languages findings can be said in.
 *
 * @example
 * const language: SieLanguage = navigator.language.startsWith('sv') ? 'sv' : 'en'
 */
export type SieLanguage = 'sv' | 'en'

/** `{name}` takes a value of the finding; `{name:kr}` takes it as an amount in kronor. */
const texts: Readonly<Record<SieDiagnosticCode, Readonly<Record<SieLanguage, string>>>> = {
  not_sie: {
    sv: 'Filen är ingen SIE-fil: den har inga SIE-poster ({looksLike}). Exportera SIE 4 på nytt och läs in den filen.',
    en: 'The file is not a SIE file: it has no SIE records ({looksLike}). Export SIE 4 again and read that file in.',
  },
  line_too_long: {
    sv: 'En rad är längre än 1 MB, så filen är skadad eller ingen SIE-fil.',
    en: 'A line is longer than 1 MB, so the file is damaged or not a SIE file.',
  },
  truncated: {
    sv: 'Filen är avhuggen: {missing} saknas före filens slut. Exportera den på nytt.',
    en: 'The file is cut off: {missing} is missing before its end. Export it again.',
  },
  ksumma_wrong: {
    sv: 'Kontrollsumman stämmer inte: filen anger {written}, innehållet ger {counted}. Filen har ändrats efter exporten.',
    en: 'The control sum is wrong: the file says {written}, its contents give {counted}. It was changed after the export.',
  },
  amount_unreadable: {
    sv: 'Beloppet ”{text}” går inte att läsa. SIE skriver belopp som -1234.50.',
    en: 'The amount “{text}” cannot be read. SIE writes amounts as -1234.50.',
  },
  amount_too_large: {
    sv: 'Beloppet {text} är för stort för att räknas exakt (gränsen är drygt 90 biljoner kronor).',
    en: 'The amount {text} is too large to be counted exactly (the limit is a little over 90 trillion kronor).',
  },
  date_unreadable: {
    sv: 'Datumet ”{text}” går inte att läsa. SIE skriver datum som ÅÅÅÅMMDD och perioder som ÅÅÅÅMM.',
    en: 'The date “{text}” cannot be read. SIE writes dates as YYYYMMDD and periods as YYYYMM.',
  },
  row_outside_voucher: {
    sv: 'En rad på konto {account} hör inte till något verifikat.',
    en: 'A row on account {account} belongs to no voucher.',
  },
  voucher_unbalanced: {
    sv: 'Verifikat {series} {number} ({date}) balanserar inte: differensen är {difference:kr} kr.',
    en: 'Voucher {series} {number} ({date}) does not balance: the difference is SEK {difference:kr}.',
  },
  date_outside_year: {
    sv: 'Datumet {date} i verifikat {series} {number} ligger utanför räkenskapsåret {start}–{end}.',
    en: 'The date {date} in voucher {series} {number} is outside the fiscal year {start}–{end}.',
  },
  organisation_number_missing: {
    sv: 'Filen anger inget organisationsnummer (#ORGNR). Kontrollera att den hör till rätt företag.',
    en: 'The file has no organisation number (#ORGNR). Check that it belongs to the right company.',
  },
  balance_differs: {
    sv: 'Konto {account}: ingående balans {opening:kr} och verifikat {vouchers:kr} ger inte utgående balans {closing:kr}; differensen är {difference:kr} kr.',
    en: 'Account {account}: opening balance {opening:kr} and vouchers {vouchers:kr} do not give closing balance {closing:kr}; the difference is SEK {difference:kr}.',
  },
  result_differs: {
    sv: 'Konto {account}: verifikaten ger {vouchers:kr} men resultatet (#RES) är {result:kr}; differensen är {difference:kr} kr.',
    en: 'Account {account}: vouchers give {vouchers:kr} but the result (#RES) is {result:kr}; the difference is SEK {difference:kr}.',
  },
  account_unknown: {
    sv: 'Konto {account} används men finns inte i filens kontoplan (#KONTO).',
    en: 'Account {account} is used but is not in the file’s chart of accounts (#KONTO).',
  },
  number_duplicate: {
    sv: 'Verifikatnumret {series} {number} förekommer flera gånger; det här är nummer {occurrence} i ordningen.',
    en: 'Voucher number {series} {number} occurs several times; this is number {occurrence} in order.',
  },
  number_falling: {
    sv: 'Verifikatnumret {series} {number} kommer efter {previous}; numren ska stiga inom serien.',
    en: 'Voucher number {series} {number} comes after {previous}; numbers should rise within the series.',
  },
  record_missing: {
    sv: 'Posten #{label} saknas; den är obligatorisk i SIE typ {type}.',
    en: 'The record #{label} is missing; SIE type {type} requires it.',
  },
  type_unknown: {
    sv: 'Filen säger sig vara av SIE-typ ”{type}”, som inte finns i SIE 1–4.',
    en: 'The file says that it is of SIE type “{type}”, which is not among SIE 1–4.',
  },
  rtrans_alone: {
    sv: 'En tillagd rad (#RTRANS, konto {account}, {amount:kr} kr) följs inte av samma rad som #TRANS, så beloppet räknas inte.',
    en: 'An added row (#RTRANS, account {account}, SEK {amount:kr}) is not followed by the same row as #TRANS, so it does not count.',
  },
  quantity_unreadable: {
    sv: 'Kvantiteten ”{text}” är inget tal. Den behålls som den står.',
    en: 'The quantity “{text}” is not a number. It is kept as it stands.',
  },
  object_list_odd: {
    sv: 'Objektlistan är felskriven: den ska stå inom { } och ha dimension och objekt i par.',
    en: 'The object list is malformed: it should stand within { } and pair each dimension with an object.',
  },
  object_list_missing: {
    sv: 'Objektlistan saknas på raden; den läses som {}.',
    en: 'The row has no object list; it is read as {}.',
  },
  quote_unclosed: {
    sv: 'Ett citattecken avslutas inte; fältet läses till radens slut.',
    en: 'A quote is not closed; the field is read to the end of the line.',
  },
  brace_stray: {
    sv: 'Parentesen {brace} hör inte till något verifikat och hoppas över.',
    en: 'The brace {brace} belongs to no voucher and is skipped.',
  },
  block_unclosed: {
    sv: 'Verifikatet före raden avslutas inte med }; det slutar här.',
    en: 'The voucher before this line is not closed by }; it ends here.',
  },
  block_unopened: {
    sv: 'Raderna i verifikat {series} {number} börjar inte med {.',
    en: 'The rows of voucher {series} {number} do not begin with {.',
  },
  line_ignored: {
    sv: 'Raden är ingen SIE-post och hoppas över: ”{text}”.',
    en: 'The line is not a SIE record and is skipped: “{text}”.',
  },
  ksumma_unopened: {
    sv: 'Kontrollsumman kan inte prövas: #KSUMMA saknas i filens början.',
    en: 'The control sum cannot be verified: there is no #KSUMMA at the beginning.',
  },
  encoding_mixed: {
    sv: 'Filen blandar teckenuppsättningar: {votes} tecken talar för {encoding}, {against} emot. Den läses som {encoding}.',
    en: 'The file mixes character sets: {votes} characters speak for {encoding}, {against} against. It is read as {encoding}.',
  },
  character_replaced: {
    sv: 'Tecknet ”{character}” ({codePoint}) finns inte i SIE:s teckenuppsättning och skrivs som ?.',
    en: 'The character “{character}” ({codePoint}) is not in SIE’s character set and is written as ?.',
  },
  text_changed: {
    sv: 'Texten ”{text}” kan inte skrivas oförändrad i SIE och har fått ett blanktecken sist.',
    en: 'The text “{text}” cannot be written unchanged in SIE and got a blank at its end.',
  },
}

const LOOKS: Readonly<Record<string, Readonly<Record<SieLanguage, string>>>> = {
  empty: { sv: 'den är tom', en: 'it is empty' },
  markup: { sv: 'den ser ut som HTML eller XML', en: 'it looks like HTML or XML' },
  zip: { sv: 'den ser ut som en zip- eller Excel-fil', en: 'it looks like a zip or Excel file' },
  gzip: { sv: 'den är packad med gzip', en: 'it is packed with gzip' },
  pdf: { sv: 'den ser ut som en pdf', en: 'it looks like a PDF' },
  utf16: { sv: 'den är sparad som UTF-16', en: 'it is saved as UTF-16' },
  unknown: { sv: 'okänt innehåll', en: 'unknown contents' },
}

/**
 * A finding as one sentence.
 *
 * @example
 * sieMessage(finding, 'en') // 'Voucher A 17 (20240115) does not balance: the difference is SEK 100.00.'
 */
export function sieMessage(finding: Pick<SieDiagnostic, 'code' | 'data'>, language: SieLanguage): string {
  const text = texts[finding.code][language].replace(
    /\{(\w+)(:kr)?\}/g,
    (_, name: string, kronor?: string) => {
      const value = String(finding.data[name] ?? '')
      if (name === 'looksLike') return (LOOKS[value] ?? LOOKS.unknown!)[language]
      return kronor ? spell(value, language) : value
    },
  )
  // a voucher without series or number leaves its blank behind
  return text.replace(/ {2,}/g, ' ').replace(/ \(/g, ' (')
}

/** `-1234567.5` as people read it: `−1 234 567,50` or `-1,234,567.50`. */
export function spell(amount: string, language: SieLanguage): string {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, language === 'sv' ? '\u00a0' : ',')
  const sign = amount.startsWith('-') ? (language === 'sv' ? '−' : '-') : ''
  return `${sign}${groups}${language === 'sv' ? ',' : '.'}${fraction.padEnd(2, '0')}`
}
