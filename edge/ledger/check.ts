import type { Finding } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { isoOfSieDate, sieOfIsoDate } from '../../shared/ledger/dates.ts'
import { fiscalYearId, parseFiscalYearId } from '../../shared/ledger/keys.ts'
import { normaliseOrganisationNumber } from '../../shared/ledger/organisation-number.ts'
import type { FiscalYearId } from '../../shared/ledger/types.ts'
import { isSieDate, type SieDiagnostic, type SieSummary, sieMessage } from '../../shared/sie/index.ts'

/** What a file is expected to be. */
export interface Expected {
  organisationNumber: string
  year: FiscalYearId
}

/** A finding as it is kept and shown. */
export function findingOf(diagnostic: SieDiagnostic): Finding {
  const { code, severity, line } = diagnostic
  return {
    code,
    severity,
    line: line === 0 ? null : line,
    text: { sv: sieMessage(diagnostic, 'sv'), en: sieMessage(diagnostic, 'en') },
  }
}

/** The first error among the findings as the error it is refused with; null when there is none. */
export function fileError(diagnostics: readonly SieDiagnostic[]): UnderlagError | null {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const of = (code: SieDiagnostic['code']) => errors.some((error) => error.code === code)
  if (of('not_sie')) return new UnderlagError('sie_not_sie')
  const unreadable = errors.find(
    ({ code }) => code !== 'truncated' && code !== 'ksumma_wrong' && code !== 'row_outside_voucher',
  )
  if (of('truncated')) return new UnderlagError('sie_truncated')
  const [first] = errors
  if (!first) return null
  // a wrong control sum explains what else is wrong
  if (of('ksumma_wrong')) return new UnderlagError('sie_control_sum')
  const error = unreadable ?? first
  const text = error.data.text ?? error.data.account ?? error.code
  return new UnderlagError('sie_unreadable', { line: error.line, text: String(text), finding: error.code })
}

/**
 * Whether the file's `#ORGNR` is the company's: `same`, or `missing` when it has none that can be read.
 *
 * @throws UnderlagError `sie_other_company`
 */
export function checkCompany(written: string | null, { organisationNumber }: Expected): 'same' | 'missing' {
  const digits = (written ?? '').replace(/\D/g, '')
  const number = normaliseOrganisationNumber(digits) ?? (digits.length === 10 ? digits : null)
  if (number === null) return 'missing'
  if (number === organisationNumber) return 'same'
  throw new UnderlagError('sie_other_company', { expected: organisationNumber, actual: number })
}

/**
 * Refuses a file whose `#RAR 0` is another fiscal year. Where it has none (SIE 4I) its vouchers' days must show it: all
 * outside is another year, some are a question.
 *
 * @param days first and last voucher day, `YYYYMMDD`; null without vouchers
 * @returns what to ask, or null
 * @throws UnderlagError `sie_other_year`
 */
export function checkYear(
  rar: { start: string; end: string } | undefined,
  days: { first: string; last: string } | null,
  { year }: Expected,
): SieDiagnostic | null {
  const { from, to } = parseFiscalYearId(year)!
  if (rar && isSieDate(rar.start) && isSieDate(rar.end)) {
    const actual = fiscalYearId(isoOfSieDate(rar.start), isoOfSieDate(rar.end))
    if (actual !== year) throw new UnderlagError('sie_other_year', { expected: year, actual })
    return null
  }
  if (days === null) return null
  const start = sieOfIsoDate(from)
  const end = sieOfIsoDate(to)
  if (days.first >= start && days.last <= end) return null
  if (days.last < start || days.first > end) {
    const actual = fiscalYearId(isoOfSieDate(days.first), isoOfSieDate(days.last))
    throw new UnderlagError('sie_other_year', { expected: year, actual })
  }
  const date = days.first < start ? days.first : days.last
  return {
    code: 'date_outside_year',
    severity: 'question',
    line: 0,
    column: 0,
    data: { date, start, end, series: '', number: '' },
  }
}

/** Types 1 to 3 have no vouchers. A type 4 without any is a year in which nothing is booked yet. */
export function checkVouchers({ type, vouchers }: SieSummary): void {
  if (type !== '4' && vouchers === 0) throw new UnderlagError('sie_without_vouchers', { type })
}
