/**
 * How much a finding weighs: errors stop the file, questions are the user's to decide, warnings are kept and shown.
 *
 * @example
 * const questions = diagnostics.filter(({ severity }) => severity === 'question')
 */
export type SieSeverity = 'error' | 'question' | 'warning'

const severities = {
  // errors: nothing of the file may be used
  not_sie: 'error',
  line_too_long: 'error',
  truncated: 'error',
  ksumma_wrong: 'error',
  amount_unreadable: 'error',
  amount_too_large: 'error',
  date_unreadable: 'error',
  row_outside_voucher: 'error',
  // questions: listed, the user decides
  voucher_unbalanced: 'question',
  date_outside_year: 'question',
  organisation_number_missing: 'question',
  // warnings: kept with the year and shown
  balance_differs: 'warning',
  result_differs: 'warning',
  account_unknown: 'warning',
  number_duplicate: 'warning',
  number_falling: 'warning',
  record_missing: 'warning',
  type_unknown: 'warning',
  rtrans_alone: 'warning',
  quantity_unreadable: 'warning',
  object_list_odd: 'warning',
  object_list_missing: 'warning',
  quote_unclosed: 'warning',
  brace_stray: 'warning',
  block_unclosed: 'warning',
  block_unopened: 'warning',
  line_ignored: 'warning',
  ksumma_unopened: 'warning',
  encoding_mixed: 'warning',
  // the writer's
  character_replaced: 'warning',
  text_changed: 'warning',
} as const satisfies Record<string, SieSeverity>

/**
 * The stable code of a finding. Codes are added, never renamed.
 *
 * @example
 * const stops = diagnostics.some(({ code }) => code === 'truncated')
 */
export type SieDiagnosticCode = keyof typeof severities

/**
 * What a finding's text needs: names, amounts in kronor with a decimal point (`-12.50`), counts.
 *
 * @example
 * const data: SieDiagnosticData = { series: 'A', number: '17', date: '20240115', difference: '-12.50' }
 */
export type SieDiagnosticData = Readonly<Record<string, string | number>>

/**
 * One finding. `sieMessage` turns it into a sentence.
 *
 * @example
 * console.log(`${finding.line}:${finding.column} ${sieMessage(finding, 'en')}`)
 */
export interface SieDiagnostic {
  code: SieDiagnosticCode
  severity: SieSeverity
  /** From 1; 0 when it is about the file as a whole. */
  line: number
  /** In bytes, from 1; 0 when it is about the whole line or file. */
  column: number
  data: SieDiagnosticData
}

/**
 * The severity of a code.
 *
 * @example
 * sieSeverity('voucher_unbalanced') // 'question'
 */
export function sieSeverity(code: SieDiagnosticCode): SieSeverity {
  return severities[code]
}

/**
 * Every code, for catalogues and tests.
 *
 * @example
 * for (const code of sieDiagnosticCodes) console.log(code, sieSeverity(code))
 */
export const sieDiagnosticCodes = Object.keys(severities) as readonly SieDiagnosticCode[]

/** Takes findings, hands out at most `limit` of each code, counts all. */
export class DiagnosticSink {
  readonly counts: Partial<Record<SieDiagnosticCode, number>> = {}
  /** True once there is an error. */
  failed = false
  private readonly limit: number
  private readonly emit: (diagnostic: SieDiagnostic) => void

  constructor(limit: number, emit: (diagnostic: SieDiagnostic) => void) {
    this.limit = limit
    this.emit = emit
  }

  add(code: SieDiagnosticCode, line: number, column: number, data: SieDiagnosticData = {}): void {
    const count = (this.counts[code] ?? 0) + 1
    this.counts[code] = count
    if (severities[code] === 'error') this.failed = true
    if (count <= this.limit) this.emit({ code, severity: severities[code], line, column, data })
  }
}
