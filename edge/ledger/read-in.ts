import { UnderlagError } from '../../shared/errors.ts'
import { AccountTotals } from '../../shared/ledger/account-totals.ts'
import { Occurrences } from '../../shared/ledger/numbers.ts'
import { type SieDiagnostic, SieParser, type SieRecord, type SieSummary } from '../../shared/sie/index.ts'
import { type BooksRow, booksRow, countsOf, type LedgerFacts } from './books.ts'
import { checkCompany, checkVouchers, checkYear, type Expected, fileError, findingOf } from './check.ts'
import { type Context, statement } from './context.ts'
import { dropGeneration, heldGeneration, switchTo } from './generation.ts'
import { accountParts, RecordPieces } from './pieces.ts'
import { readPieces } from './stream.ts'
import type { Books, BooksKey, ReadInOptions, ReadInResult } from './types.ts'
import { type Base, YearWriter } from './year-writer.ts'

/** Findings of one code that are kept with a year. */
const FINDINGS_PER_CODE = 50

/**
 * Reads a SIE file into the year's ledger, in one step at its end; see types.ts. The file is never held whole: batches go
 * to the database as they fill.
 *
 * @throws UnderlagError `sie_*`, `ledger_incomplete`, `ledger_changed_meanwhile`; all leave the ledger that was there
 */
export async function readIn(context: Context, key: BooksKey, options: ReadInOptions): Promise<ReadInResult> {
  const books = await booksRow(context, key)
  const writer = new YearWriter(context, key, await baseOf(context, books))
  try {
    const read = await readFile(context, key, options, writer)
    return await settle(context, options, books, writer, read)
  } catch (error) {
    // what cannot be removed now is swept later
    if (writer.target !== null) await dropGeneration(context, writer.target).catch(() => false)
    throw error
  }
}

interface FileRead {
  summary: SieSummary
  questions: SieDiagnostic[]
  warnings: SieDiagnostic[]
  sha256: string | null
}

async function baseOf({ db }: Context, books: BooksRow | null): Promise<Base> {
  const parts = new Map<string, number>()
  if (books?.generation != null) {
    const sql = 'SELECT kind, n, hash FROM part WHERE generation = ?'
    for (const [kind, n, hash] of await statement(db, sql, books.generation).raw<[string, number, number]>())
      parts.set(`${kind}:${n}`, hash)
  }
  return {
    books: books?.id ?? null,
    generation: books?.generation ?? null,
    revision: books?.ledger_revision ?? 0,
    vouchers: books?.vouchers ?? 0,
    parts,
  }
}

/** Streams the file through the writer, and checks it: as early as it can, and as a whole at its end. */
async function readFile(
  context: Context,
  key: BooksKey,
  options: ReadInOptions,
  writer: YearWriter,
): Promise<FileRead> {
  const expected: Expected = { organisationNumber: options.organisationNumber, year: key.year }
  const diagnostics: SieDiagnostic[] = []
  const occurrences = new Occurrences()
  const totals = new AccountTotals()
  const records = new RecordPieces(context.parameterBytes, options.source === 'fortnox', (part) =>
    writer.addPart(part),
  )
  const days = { first: '99999999', last: '' }
  let refusal: unknown = null
  const parser = new SieParser(
    {
      voucher(voucher) {
        if (voucher.date < days.first) days.first = voucher.date
        if (voucher.date > days.last) days.last = voucher.date
        totals.voucher(voucher)
        writer.add(voucher, occurrences.next(voucher.series, voucher.number))
      },
      record(record) {
        totals.record(record)
        records.add(record)
        try {
          checkRecord(record, expected)
        } catch (error) {
          refusal ??= error
        }
      },
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
    { maxDiagnosticsPerCode: FINDINGS_PER_CODE },
  )
  const digest = options.file ? context.sha256() : null
  await readPieces(options, async (piece) => {
    await digest?.update(piece)
    parser.push(piece)
    if (refusal) throw refusal
    await writer.drain()
    options.onProgress?.(writer.vouchers)
    return !parser.stopped
  })
  const summary = parser.end()
  if (refusal) throw refusal
  const error = fileError(diagnostics)
  if (error) throw error
  checkVouchers(summary)
  const questions = diagnostics.filter(({ severity }) => severity === 'question')
  const company = checkCompany(summary.company.organisationNumber, expected)
  if (company === 'missing' && summary.company.organisationNumber !== null)
    questions.push({
      code: 'organisation_number_missing',
      severity: 'question',
      line: 0,
      column: 0,
      data: {},
    })
  const rar = summary.fiscalYears.find(({ index }) => index === 0)
  const outside = checkYear(rar, summary.vouchers > 0 ? days : null, expected)
  if (outside) questions.push(outside)
  if (options.expectedVouchers !== undefined && options.expectedVouchers !== summary.vouchers)
    throw new UnderlagError('ledger_incomplete', {
      expected: options.expectedVouchers,
      actual: summary.vouchers,
    })
  records.end()
  for (const part of accountParts(totals.list(), context.parameterBytes)) writer.addPart(part)
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  return { summary, questions, warnings, sha256: digest ? await digest.digest() : null }
}

/** What is wrong with a file from its first lines on is said before anything is written. */
function checkRecord(record: SieRecord, expected: Expected): void {
  const [first, start, end] = record.fields
  if (record.label === 'ORGNR' && typeof first === 'string') checkCompany(first, expected)
  if (record.label === 'RAR' && first === '0' && typeof start === 'string' && typeof end === 'string')
    checkYear({ start, end }, null, expected)
}

/** The file is read and good: unchanged, held, or the year's ledger from now on. */
async function settle(
  context: Context,
  { source, file, questions: answer }: ReadInOptions,
  books: BooksRow | null,
  writer: YearWriter,
  read: FileRead,
): Promise<ReadInResult> {
  const differing = await writer.finish()
  const counts = { vouchers: writer.vouchers, rows: writer.rows }
  const kept: Books['file'] =
    file && read.sha256 ? { ...file, sha256: read.sha256, at: context.clock.now() } : null
  const result = (state: ReadInResult['state'], generation: number): ReadInResult => ({
    state,
    upload: String(generation),
    counts: { ...countsOf(books), ...counts },
    findings,
    written: writer.written,
    changed: differing ?? 0,
  })
  const findings = [...read.questions, ...read.warnings].map(findingOf)
  if (differing === null && books && isSameFile(books, source, kept))
    return result('unchanged', books.generation!)
  const facts: LedgerFacts = { source, file: kept, counts, findings, changed: differing ?? 0 }
  // what was answered once is not asked again
  const asks = answer === 'ask' && read.questions.length > 0 && differing !== null
  if (asks) return result('held', await writer.hold(facts))
  return result('read_in', await writer.apply(facts))
}

/** A ledger is unchanged only if it comes from where it came from. The same file by another name is the same. */
function isSameFile(books: BooksRow, source: LedgerFacts['source'], file: Books['file']): boolean {
  if (books.source !== source) return false
  const before: Books['file'] = books.file === null ? null : JSON.parse(books.file)
  return before?.sha256 === file?.sha256
}

/**
 * "Läs in ändå": makes a held generation the year's ledger. Confirming it once more answers the same.
 *
 * @throws UnderlagError `upload_unknown`, `ledger_changed_meanwhile`
 */
export async function confirm(context: Context, key: BooksKey, upload: string): Promise<ReadInResult> {
  const held = await heldGeneration(context, key, upload)
  const books = await booksRow(context, key)
  if (!held?.facts) throw new UnderlagError('upload_unknown')
  const facts: LedgerFacts = JSON.parse(held.facts)
  const base = { revision: held.base, generation: books?.generation ?? null }
  const written = books?.generation === held.id ? 0 : await switchTo(context, key, held.id, base, facts)
  return {
    state: 'read_in',
    upload,
    counts: { ...countsOf(books), ...facts.counts },
    findings: facts.findings,
    written,
    changed: facts.changed,
  }
}

/** Removes a held generation. One that is not there, or is the year's ledger by now, is left alone. */
export async function discard(context: Context, key: BooksKey, upload: string): Promise<void> {
  const held = await heldGeneration(context, key, upload)
  if (held) await dropGeneration(context, held.id)
}
