import { crc32 } from 'node:zlib'

/**
 * A second SIE reader: the whole file as one string, split into lines, taken apart with regular expressions, amounts with
 * bigint. It shares nothing with shared/sie but the rules, and is slow on purpose. The fuzz compares the two.
 */
export interface NaiveRow {
  kind: string
  account: string
  objects: string[][]
  amount: bigint
  /** transDate, text, quantity, sign: undefined where absent. */
  tail: (string | undefined)[]
  extra: NaiveField[]
}
export interface NaiveVoucher {
  series: string
  number: string
  date: string
  /** text, registration date, sign: undefined where absent. */
  tail: (string | undefined)[]
  extra: NaiveField[]
  rows: NaiveRow[]
  others: { rowsBefore: number; label: string; fields: NaiveField[] }[]
}
export type NaiveField = string | string[][]
export interface NaiveFile {
  encoding: string
  errors: string[]
  records: { label: string; fields: NaiveField[] }[]
  vouchers: NaiveVoucher[]
  rows: Record<string, number>
  unbalanced: number
  /** The control sum that the contents give, where the file has one. */
  ksumma: string | null
}

const KNOWN = new Set(
  (
    'FLAGGA PROGRAM FORMAT GEN SIETYP PROSA FTYP FNR ORGNR BKOD ADRESS FNAMN RAR TAXAR OMFATTN KPTYP VALUTA KONTO KTYP ' +
    'ENHET SRU DIM UNDERDIM OBJEKT IB UB OIB OUB RES PSALDO PBUDGET VER TRANS RTRANS BTRANS KSUMMA'
  ).split(' '),
)

const HIGH_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
const WINDOWS = new TextDecoder('windows-1252')
const SHAPE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g
const WELL_FORMED =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g

/** Reads a file. */
export function readNaively(bytes: Uint8Array): NaiveFile {
  let raw = Buffer.from(bytes).toString('latin1')
  const mark = raw.startsWith('\xef\xbb\xbf')
  if (mark) raw = raw.slice(3)
  const encoding = mark ? 'utf8' : guess(raw)
  return new Naive(raw, encoding).file
}

function guess(raw: string): string {
  if (!/[\x80-\xff]/.test(raw)) return 'ascii'
  const sequences = raw.match(SHAPE)?.length ?? 0
  const rest = raw.replace(SHAPE, ' ')
  const count = (pattern: RegExp) => rest.match(pattern)?.length ?? 0
  const pc8 = count(/[\x84\x86\x8e\x8f\x94\x99]/g)
  const latin = count(/[\xc4\xc5\xd6\xe4\xe5\xf6]/g)
  if (sequences > pc8 && sequences > latin && sequences >= count(/[\x80-\xff]/g)) return 'utf8'
  if (pc8 !== latin) return pc8 > latin ? 'cp437' : 'latin1'
  const letters = count(/[\x80-\x83\x85\x87-\x8d\x90-\x93\x95-\x98\x9a\xa0-\xa5]/g)
  return count(/[\xc0-\xc3\xc6-\xd5\xd7-\xe3\xe7-\xf5\xf7-\xff]|\xe6/g) > letters ? 'latin1' : 'cp437'
}

function decode(raw: string, encoding: string): string {
  const windows = (byte: string) => WINDOWS.decode(Buffer.from(byte, 'latin1'))
  if (encoding === 'utf8')
    return raw.replace(WELL_FORMED, (part) =>
      part.length === 1 ? windows(part) : Buffer.from(part, 'latin1').toString('utf8'),
    )
  if (encoding === 'latin1') return raw.replace(/[\x80-\xff]/g, windows)
  return raw.replace(/[\x80-\xff]/g, (byte) => HIGH_437[byte.charCodeAt(0) - 128]!)
}

class Naive {
  readonly file: NaiveFile
  private voucher: NaiveVoucher | null = null
  private open = false
  private fortnox = false
  private ignored = 0
  private seen = false
  private summing = false
  private summed = ''
  private unclosed = false

  constructor(raw: string, encoding: string) {
    this.file = {
      encoding,
      errors: [],
      records: [],
      vouchers: [],
      rows: { TRANS: 0, RTRANS: 0, BTRANS: 0 },
      unbalanced: 0,
      ksumma: null,
    }
    const carriageReturns = /^[^\r\n]*\r(?!\n)/.test(raw)
    const text = decode(carriageReturns ? raw.replaceAll('\r', '\n') : raw, encoding)
    const lines = text.split('\n')
    const last = lines.pop()!
    for (const line of lines) {
      this.line(line.replace(/\r$/, ''))
      if (this.file.errors.includes('not_sie')) return
    }
    if (last !== '') {
      this.line(last.replace(/\r$/, ''))
      if (this.unclosed) this.file.errors.push('truncated')
    }
    if (!this.seen) this.file.errors.push('not_sie')
    if (this.voucher) {
      this.file.errors.push('truncated')
      this.finish()
    }
    if (this.summing) this.file.errors.push('truncated')
  }

  private line(line: string): void {
    this.unclosed = false
    let rest = line
    for (;;) {
      rest = rest.replace(/^[\0-\x20]+/, '')
      if (rest.startsWith('{')) {
        if (this.voucher) this.open = true
      } else if (rest.startsWith('}')) {
        if (this.voucher) this.finish()
      } else break
      rest = rest.slice(1)
    }
    if (rest === '') return
    if (!rest.startsWith('#')) {
      this.ignored++
      if (!this.seen && this.ignored > 50) this.file.errors.push('not_sie')
      return
    }
    const [label = '', ...fields] = this.fields(rest.slice(1))
    this.record(typeof label === 'string' ? label : '', fields, rest)
  }

  /** A block's brace on the line of its `#VER` is the field `null`. */
  private fields(text: string): (NaiveField | null)[] {
    const fields: (NaiveField | null)[] = []
    let rest = text
    for (;;) {
      rest = rest.replace(/^[\0-\x20]+/, '')
      if (rest === '') return fields
      if (/^\{[\0-\x20]*$/.test(rest)) {
        fields.push(null)
        return fields
      }
      if (rest[0] === '{') {
        const items: string[] = []
        rest = rest.slice(1)
        for (;;) {
          rest = rest.replace(/^[\0-\x20]+/, '')
          if (rest === '' || rest[0] === '}') break
          const [item, length] = this.text(rest, true)
          items.push(item)
          rest = rest.slice(length)
        }
        rest = rest.slice(1)
        const pairs: string[][] = []
        for (let i = 0; i < items.length; i += 2) pairs.push([items[i]!, items[i + 1] ?? ''])
        fields.push(pairs)
      } else {
        const [item, length] = this.text(rest, false)
        fields.push(item)
        rest = rest.slice(length)
      }
    }
  }

  private text(rest: string, inList: boolean): [string, number] {
    const escaped = this.fortnox ? /\\(["\\])/g : /\\(")/g
    const quoted = this.fortnox ? /^"((?:\\["\\]|[^"])*)("?)/ : /^"((?:\\"|[^"])*)("?)/
    if (rest[0] === '"') {
      const match = quoted.exec(rest)!
      if (match[2] === '') this.unclosed = true
      return [match[1]!.replace(escaped, '$1'), match[0].length]
    }
    const bare = (inList ? /^[^\0-\x20}]+/ : /^[^\0-\x20]+/).exec(rest)!
    return [bare[0].replace(escaped, '$1'), bare[0].length]
  }

  private record(written: string, all: (NaiveField | null)[], line: string): void {
    const known = KNOWN.has(written.toUpperCase())
    const label = known ? written.toUpperCase() : written
    const fields = all.map((field): NaiveField => field ?? [])
    if (label === 'KSUMMA') {
      this.controlSum(fields)
      return
    }
    if (this.summing) this.sum(line)
    if (label === 'VER') this.begin(all)
    else if (/^[RB]?TRANS$/.test(label)) this.row(label, fields)
    else if (!known && this.open) {
      this.voucher!.others.push({ rowsBefore: this.voucher!.rows.length, label, fields })
    } else {
      if (known) {
        this.seen = true
        this.finish()
        this.check(label, fields)
      }
      if (label === 'PROGRAM') this.fortnox = /^fortnox/i.test(string(fields[0]))
      this.file.records.push({ label, fields })
    }
  }

  private begin(all: (NaiveField | null)[]): void {
    this.seen = true
    this.finish()
    const brace = all.indexOf(null)
    const opens = brace >= 3
    const fields = (opens ? all.slice(0, brace) : all).map((field): NaiveField => field ?? [])
    const [series, number, date, ...rest] = fields
    this.voucher = {
      series: string(series),
      number: string(number),
      date: string(date),
      tail: [0, 1, 2].map((i) => optional(rest[i])),
      extra: rest.slice(3),
      rows: [],
      others: [],
    }
    this.open = opens
    if (!isDay(this.voucher.date)) this.file.errors.push('date_unreadable')
    const registered = this.voucher.tail[1]
    if (registered && !isDay(registered)) this.file.errors.push('date_unreadable')
  }

  private row(kind: string, fields: NaiveField[]): void {
    this.file.rows[kind]!++
    const [account, second, ...others] = fields
    const objects = Array.isArray(second) ? second : []
    const rest = Array.isArray(second) ? others : fields.slice(1)
    const amount = this.amount(rest[0])
    const tail = [1, 2, 3, 4].map((i) => optional(rest[i]))
    if (tail[0] && !isDay(tail[0])) this.file.errors.push('date_unreadable')
    if (!this.voucher) this.file.errors.push('row_outside_voucher')
    this.voucher?.rows.push({ kind, account: string(account), objects, amount, tail, extra: rest.slice(5) })
  }

  private finish(): void {
    if (!this.voucher) return
    this.file.vouchers.push(this.voucher)
    const counting = this.voucher.rows.filter(({ kind }) => kind === 'TRANS')
    const sum = counting.reduce((total, { amount }) => total + amount, 0n)
    if (sum !== 0n) this.file.unbalanced++
    if (sum > 9007199254740991n || sum < -9007199254740991n) this.file.errors.push('amount_too_large')
    this.voucher = null
    this.open = false
  }

  private check(label: string, fields: NaiveField[]): void {
    if (/^(PSALDO|PBUDGET|IB|UB|OIB|OUB|RES)$/.test(label)) {
      const periodic = label.startsWith('P')
      if (!isYear(fields[0])) return void this.file.errors.push('date_unreadable')
      if (periodic && !(/^\d{6}$/.test(string(fields[1])) && isDay(`${string(fields[1])}01`)))
        return void this.file.errors.push('date_unreadable')
      const rest = fields.slice(periodic ? 3 : 2)
      this.amount(Array.isArray(rest[0]) ? rest[1] : rest[0])
    }
    const dates =
      label === 'RAR' ? fields.slice(1, 3) : label === 'GEN' || label === 'OMFATTN' ? fields.slice(0, 1) : []
    for (const date of dates)
      if (string(date) !== '' && !isDay(string(date))) this.file.errors.push('date_unreadable')
    if (label === 'RAR' && !isYear(fields[0])) this.file.errors.push('date_unreadable')
  }

  private amount(field: NaiveField | undefined): bigint {
    const match = /^(-?)(\d+\.?\d{0,2}|\.\d{1,2})$/.exec(string(field))
    if (!match) {
      this.file.errors.push('amount_unreadable')
      return 0n
    }
    const [whole = '', decimals = ''] = string(field).replace('-', '').split('.')
    const value = BigInt(whole || '0') * 100n + BigInt(decimals.padEnd(2, '0'))
    if (value > 9007199254740991n) this.file.errors.push('amount_too_large')
    return match[1] ? -value : value
  }

  private controlSum(fields: NaiveField[]): void {
    this.seen = true
    this.finish()
    const value = string(fields[0])
    if (value === '') {
      this.summing = true
      this.summed = ''
    } else if (this.summing) {
      this.summing = false
      const bytes = Uint8Array.from(this.summed, (character) => {
        const high = HIGH_437.indexOf(character)
        return character.charCodeAt(0) < 128 ? character.charCodeAt(0) : high < 0 ? 63 : high + 128
      })
      this.file.ksumma = String(crc32(bytes))
      if (this.file.ksumma !== value) this.file.errors.push('ksumma_wrong')
    }
  }

  private sum(line: string): void {
    const fields = this.fields(line.slice(1)).map((field) => field ?? [])
    this.summed += `#${fields.flat(2).join('')}`
  }
}

function string(field: NaiveField | undefined): string {
  return typeof field === 'string' ? field : ''
}

function optional(field: NaiveField | undefined): string | undefined {
  return field === undefined ? undefined : string(field)
}

function isYear(field: NaiveField | undefined): boolean {
  return /^-?\d{1,4}$/.test(string(field))
}

function isDay(text: string): boolean {
  const match = /^([1-9]\d{3})(\d\d)(\d\d)$/.exec(text)
  if (!match) return false
  const day = new Date(0)
  day.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return day.getUTCMonth() === Number(match[2]) - 1 && day.getUTCDate() === Number(match[3])
}
