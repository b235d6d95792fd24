import fc from 'fast-check'
import { readNaively } from './naive.ts'

/** How a program writes: its separators, quotes, lists, line ends and character set. */
interface Style {
  separator: string
  indent: string
  lineEnd: string
  quoteAll: boolean
  listStyle: number
  encoding: 'cp437' | 'latin1' | 'utf8' | 'bom'
  fortnox: boolean
  lastLineEnd: boolean
}

const CP437: Readonly<Record<string, number>> = {
  å: 0x86,
  ä: 0x84,
  ö: 0x94,
  Å: 0x8f,
  Ä: 0x8e,
  Ö: 0x99,
  é: 0x82,
  É: 0x90,
  ü: 0x81,
}

const style: fc.Arbitrary<Style> = fc.record({
  separator: fc.constantFrom(' ', ' ', '\t', '  '),
  indent: fc.constantFrom('', '', '\t', '   '),
  lineEnd: fc.constantFrom('\r\n', '\r\n', '\n', '\r'),
  quoteAll: fc.boolean(),
  listStyle: fc.nat(3),
  encoding: fc.constantFrom('cp437', 'cp437', 'cp437', 'latin1', 'utf8', 'bom'),
  fortnox: fc.boolean(),
  lastLineEnd: fc.boolean(),
})

const odd = [
  '',
  'Kassa',
  'Företagskonto',
  'Inköp av frimärken',
  '1820\\A012 Cykel',
  'C:\\ProgramData\\Spcs',
  'sade "hej" och gick',
  '"',
  '\\',
  'slut\\',
  '\\"',
  '\\\\',
  '{klammer}',
  '}',
  '#VER',
  'ÅÄÖ åäö éÉ ü',
  ' blank först och sist ',
  'a\tb',
  '§ \u0014',
]
const text = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: fc.constantFrom(...'abc 1å{}"\\#-.ÖÄ'), maxLength: 12 }),
)
const account = fc.oneof(
  fc.integer({ min: 1000, max: 8999 }).map(String),
  fc.constantFrom('1910', '1', '19100', '3010', 'DIFF', '0100'),
)
const kronor = fc.oneof(
  fc.integer({ min: -99_999_99, max: 99_999_99 }).chain((ore) =>
    fc.constantFrom(0, 1, 2).map((decimals) => {
      const whole = (ore / 100).toFixed(2)
      return decimals === 2 ? whole : decimals === 1 ? whole.replace(/0$/, '') : whole.replace(/\.\d\d$/, '')
    }),
  ),
  fc.constantFrom('0', '-0', '-0.00', '.5', '-.05', '7.'),
)
const unreadable = fc.constantFrom(
  '',
  '-',
  '.',
  '1,50',
  '1 234.50',
  '+5',
  '1.234',
  '1e3',
  '90071992547409.91',
  '90071992547409.92',
  '123456789012345',
  '--1',
  'x',
)
const amount = fc.oneof({ weight: 300, arbitrary: kronor }, { weight: 1, arbitrary: unreadable })
const day = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `2024${String(month).padStart(2, '0')}${String(date).padStart(2, '0')}`)
const date = fc.oneof(
  { weight: 300, arbitrary: day },
  { weight: 10, arbitrary: fc.constantFrom('20240229', '20231231', '20250101') },
  { weight: 1, arbitrary: fc.constantFrom('20240230', '2024-01-01', '240101', '', '20241301', '00000000') },
)
const objects = fc.array(fc.tuple(fc.constantFrom('1', '6', '20'), text), { maxLength: 2 })
const optionalTail = fc.array(fc.oneof(text, fc.constantFrom('', '1.5', '20240105')), { maxLength: 3 })

const row = fc.record({
  kind: fc.constantFrom('TRANS', 'TRANS', 'TRANS', 'TRANS', 'RTRANS', 'BTRANS', 'trans', 'XTRA'),
  account,
  objects,
  amount,
  transDate: fc.option(fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 3, arbitrary: date })),
  tail: optionalTail,
})
const voucher = fc.record({
  series: fc.constantFrom('A', 'B', '', '#', 'Ö', 'A 1'),
  number: fc.oneof(fc.integer({ min: 0, max: 30 }).map(String), fc.constantFrom('', '007', 'x')),
  date,
  tail: fc.option(fc.tuple(text, fc.option(fc.oneof(fc.constant(''), day)), fc.option(text))),
  rows: fc.array(row, { maxLength: 5 }),
  block: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 3),
})
const record = fc.oneof(
  fc.tuple(fc.constant('KONTO'), account, text),
  fc.tuple(fc.constant('SRU'), account, fc.constant('7201')),
  fc.tuple(fc.constantFrom('IB', 'UB', 'RES'), fc.constantFrom('0', '-1'), account, amount),
  fc.tuple(fc.constantFrom('OIB', 'OUB'), fc.constant('0'), account, objects, amount),
  fc.tuple(
    fc.constantFrom('PSALDO', 'PBUDGET'),
    fc.constant('0'),
    fc.constantFrom('202401', '202412'),
    account,
    objects,
    amount,
  ),
  fc.tuple(fc.constantFrom('OBJEKT'), fc.constant('1'), text, text),
  fc.tuple(fc.constantFrom('FNAMN', 'PROSA', 'EGEN', 'ORGNR'), text),
  fc.tuple(fc.constantFrom('EGEN', 'konto', 'ADRESS'), text, text, objects, text),
)
type Fields = readonly (string | [string, string][])[]

/** A file as structure: most of its inputs are well-formed, with each known oddity of real files now and then. */
const file = fc.record({
  style,
  records: fc.array(record, { maxLength: 8 }),
  vouchers: fc.array(voucher, { maxLength: 5 }),
  ksumma: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3),
  junk: fc.constantFrom('', '', '', '', '\x1a', '\0', '\r\n\r\n', 'strö', '}'),
})

/** Bytes of SIE files as many programs write them. */
export const sieFile: fc.Arbitrary<Uint8Array> = file.map((parts) => {
  if (parts.ksumma !== 1) return bytesOf(parts, '4711')
  // a right control sum, as the naive reader counts it
  return bytesOf(parts, readNaively(bytesOf(parts, '0')).ksumma ?? '0')
})

/** `ksumma` 0: none, 1 or 2: with the value `sum`, 3: begun but not ended. */
function bytesOf(parts: File, sum: string): Uint8Array {
  const { style: how, junk } = parts
  const lines = [
    ['FLAGGA', '0'],
    ...(parts.ksumma > 0 ? [['KSUMMA']] : []),
    ['PROGRAM', how.fortnox ? 'Fortnox' : 'Generatorn', '1.0'],
    ['FORMAT', 'PC8'],
    ['SIETYP', '4'],
    ['RAR', '0', '20240101', '20241231'],
    ...(parts.records as Fields[]),
  ].map((fields) => line(fields as Fields, how))
  for (const each of parts.vouchers) lines.push(...block(each, how))
  if (parts.ksumma === 1 || parts.ksumma === 2) lines.push(`#KSUMMA ${sum}`)
  if (junk) lines.push(junk)
  const body = lines.join(how.lineEnd) + (how.lastLineEnd ? how.lineEnd : '')
  return encode(body, how.encoding)
}

type File = typeof file extends fc.Arbitrary<infer T> ? T : never
type Voucher = typeof voucher extends fc.Arbitrary<infer T> ? T : never

function block(voucherParts: Voucher, how: Style): string[] {
  const { series, number, tail } = voucherParts
  const head = ['VER', series, number, voucherParts.date]
  for (const field of tail ?? []) {
    if (field === null) break
    head.push(field)
  }
  const rows = voucherParts.rows.map((each) => {
    const fields: (string | [string, string][])[] = [each.kind, each.account]
    if (each.kind !== 'BTRANS' || each.objects.length > 0) fields.push(each.objects)
    fields.push(each.amount)
    if (each.transDate !== null) fields.push(each.transDate, ...each.tail)
    return how.indent + line(fields, how)
  })
  switch (voucherParts.block) {
    case 1:
      return [`${line(head, how)} {`, ...rows, '}\t']
    case 2:
      return [line(head, how), ...rows, '}']
    case 3:
      return [line(head, how), '{ ', ...rows]
    case 4:
      return [line(head, how), ' {', ...rows, '}', '}']
    default:
      return [line(head, how), '{', ...rows, '}']
  }
}

function line([label, ...fields]: Fields, how: Style): string {
  return [`#${String(label)}`, ...fields.map((field) => write(field, how))].join(how.separator)
}

function write(field: string | [string, string][], how: Style): string {
  if (typeof field === 'string') return quote(field, how, how.quoteAll)
  if (field.length === 0) return how.listStyle === 3 ? '{ }' : '{}'
  const items = field.flatMap(([dimension, object]) => [
    quote(dimension, how, how.listStyle === 1),
    quote(object, how, how.listStyle !== 2),
  ])
  return how.listStyle === 3 ? `{ ${items.join(' ')} }` : `{${items.join(' ')}}`
}

function quote(value: string, how: Style, always: boolean): string {
  if (!always && /^[^\s"{}#\\]+$/.test(value)) return value
  // before a closing quote only Fortnox can write a backslash; a few try anyway
  if (value.endsWith('\\') && !how.fortnox && how.listStyle > 0) return quote(`${value}.`, how, always)
  const escaped = how.fortnox ? value.replace(/["\\]/g, '\\$&') : value.replaceAll('"', '\\"')
  return `"${escaped}"`
}

function encode(body: string, encoding: Style['encoding']): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(body)
  if (encoding === 'bom') return new TextEncoder().encode(`\ufeff${body}`)
  if (encoding === 'latin1') return Uint8Array.from(body, (character) => character.charCodeAt(0) & 255)
  return Uint8Array.from(body, (character) => {
    const code = character.charCodeAt(0)
    return code < 128 ? code : (CP437[character] ?? 63)
  })
}
