import { formatAmount } from './amount.ts'
import { DiagnosticSink, type SieDiagnostic } from './diagnostics.ts'
import { Encoder } from './encoder.ts'
import { Ksumma } from './ksumma.ts'
import type { SieField, SieItem, SieObject, SieRecord, SieRow, SieVoucher } from './types.ts'

/**
 * How to write.
 *
 * @example
 * writeSieBytes(items, { controlSum: true, diagnostic: (finding) => console.warn(sieMessage(finding, 'en')) })
 */
export interface SieWriteOptions {
  /** Frames the file in `#KSUMMA`. Default false. */
  controlSum?: boolean
  /** Told of characters that CP437 lacks, and of texts that SIE cannot hold unchanged. `line` is the line written. */
  diagnostic?(diagnostic: SieDiagnostic): void
  /** Diagnostics of one code handed out at most. Default 200. */
  maxDiagnosticsPerCode?: number
}

const CHUNK = 1 << 16

/**
 * Fields that hold names or free text, by label: always quoted, as programs write them. All other fields are quoted only
 * where they need it: numbers, dates and codes stand bare.
 */
const QUOTED: Readonly<Record<string, readonly number[]>> = {
  PROGRAM: [0],
  PROSA: [0],
  FNAMN: [0],
  ADRESS: [0, 1, 2, 3],
  KONTO: [1],
  ENHET: [1],
  DIM: [1],
  UNDERDIM: [1],
  OBJEKT: [1, 2],
}
const NOTHING_QUOTED: readonly number[] = []

/**
 * Writes SIE in CP437 with CRLF line ends, in chunks of about 64 kB: records and vouchers in the order they come, so the
 * caller keeps the standard's order (flag, identification, accounts, balances, vouchers). What the file is, 4E or 4I, is
 * said by its records. Reading the file again gives the same ledger.
 *
 * @example
 * const items: SieItem[] = [
 *   { label: 'FLAGGA', fields: ['0'], line: 0 },
 *   { label: 'SIETYP', fields: ['4'], line: 0 },
 *   ...vouchers,
 * ]
 * for (const chunk of writeSie(items, { controlSum: true })) file.write(chunk)
 */
export function* writeSie(items: Iterable<SieItem>, options: SieWriteOptions = {}): Generator<Uint8Array> {
  const writer = new Writer(options)
  for (const item of items) {
    writer.item(item)
    if (writer.length >= CHUNK) yield writer.take()
  }
  writer.end()
  if (writer.length > 0) yield writer.take()
}

/**
 * The same from items that arrive one by one, as a stream: from a database, say.
 *
 * @example
 * for await (const chunk of writeSieAsync(itemsFromDatabase())) await writer.write(chunk)
 */
export async function* writeSieAsync(
  items: AsyncIterable<SieItem> | Iterable<SieItem>,
  options: SieWriteOptions = {},
): AsyncGenerator<Uint8Array> {
  const writer = new Writer(options)
  for await (const item of items) {
    writer.item(item)
    if (writer.length >= CHUNK) yield writer.take()
  }
  writer.end()
  if (writer.length > 0) yield writer.take()
}

/**
 * The same at once.
 *
 * @example
 * const bytes = writeSieBytes([...ledger.records, ...ledger.vouchers])
 */
export function writeSieBytes(items: Iterable<SieItem>, options: SieWriteOptions = {}): Uint8Array {
  const chunks = [...writeSie(items, options)]
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

class Writer {
  private readonly encoder: Encoder
  private readonly ksumma: Ksumma | null
  private summing = false
  private escapesBackslash = false

  constructor(options: SieWriteOptions) {
    const sink = new DiagnosticSink(options.maxDiagnosticsPerCode ?? 200, (finding) =>
      options.diagnostic?.(finding),
    )
    this.encoder = new Encoder(sink)
    this.ksumma = options.controlSum ? new Ksumma() : null
  }

  get length(): number {
    return this.encoder.length
  }

  take(): Uint8Array {
    return this.encoder.take()
  }

  item(item: SieItem): void {
    if (!('label' in item)) this.voucher(item)
    else if (item.label !== 'KSUMMA') this.record(item)
    if ('label' in item && item.label === 'PROGRAM') {
      const [name] = item.fields
      // Fortnox' own dialect: the reader takes a doubled backslash as one in files that say they are Fortnox'
      this.escapesBackslash = typeof name === 'string' && /^fortnox/i.test(name)
    }
    // the control sum begins after the flag, which is the first record
    if (!this.summing && this.ksumma) this.beginSum()
  }

  end(): void {
    if (!this.ksumma) return
    if (!this.summing) this.beginSum()
    this.encoder.plain(`#KSUMMA ${this.ksumma.value}`)
    this.encoder.endLine()
    this.encoder.nextLine()
  }

  private beginSum(): void {
    this.summing = true
    this.encoder.plain('#KSUMMA')
    this.encoder.endLine()
    this.encoder.nextLine()
  }

  private endLine(): void {
    const { encoder } = this
    encoder.endLine()
    if (this.summing)
      this.ksumma?.update(encoder.bytes, encoder.lineStart, encoder.length, 'cp437', this.escapesBackslash)
    encoder.nextLine()
  }

  private record(record: SieRecord): void {
    const { encoder } = this
    const quoted = QUOTED[record.label] ?? NOTHING_QUOTED
    encoder.plain('#')
    encoder.field(record.label, false, this.escapesBackslash)
    record.fields.forEach((field, index) => {
      this.field(field, quoted.includes(index))
    })
    this.endLine()
  }

  private voucher(voucher: SieVoucher): void {
    const { encoder } = this
    encoder.plain('#VER')
    this.field(voucher.series, false)
    this.field(voucher.number, false)
    this.field(voucher.date, false)
    this.tail([voucher.text, voucher.regDate, voucher.sign], voucher.extra, 0)
    this.endLine()
    encoder.plain('{')
    this.endLine()
    let next = 0
    voucher.rows.forEach((row, index) => {
      while (next < voucher.others.length && voucher.others[next]!.rowsBefore <= index)
        this.record(voucher.others[next++]!.record)
      this.row(row)
    })
    for (; next < voucher.others.length; next++) this.record(voucher.others[next]!.record)
    encoder.plain('}')
    this.endLine()
  }

  private row(row: SieRow): void {
    const { encoder } = this
    encoder.plain(`#${row.kind}`)
    this.field(row.account, false)
    this.objects(row.objects)
    encoder.plain(` ${formatAmount(row.amount)}`)
    this.tail([row.transDate, row.text, row.quantity, row.sign], row.extra, 1)
    this.endLine()
  }

  /** Optional fields: absent ones at the end are left out, one before a field that is there is written `""` (4C). */
  private tail(fields: readonly (string | null)[], extra: readonly SieField[], textIndex: number): void {
    let count = fields.length
    if (extra.length === 0) while (count > 0 && fields[count - 1] === null) count--
    for (let i = 0; i < count; i++) this.field(fields[i] ?? '', i === textIndex)
    for (const field of extra) this.field(field, false)
  }

  private field(field: SieField, quoted: boolean): void {
    if (typeof field !== 'string') {
      this.objects(field)
      return
    }
    this.encoder.plain(' ')
    this.encoder.field(field, quoted, this.escapesBackslash)
  }

  private objects(objects: readonly SieObject[]): void {
    const { encoder } = this
    encoder.plain(' {')
    objects.forEach(([dimension, object], index) => {
      if (index > 0) encoder.plain(' ')
      encoder.field(dimension, false, this.escapesBackslash)
      encoder.plain(' ')
      encoder.field(object, true, this.escapesBackslash)
    })
    encoder.plain('}')
  }
}
