import { formatAmount } from './amount.ts'
import type { SieDiagnostic, SieSeverity } from './diagnostics.ts'
import { type SieLanguage, sieMessage, spell } from './messages.ts'
import type { SieSummary } from './types.ts'

/** The program as one text, name and version; null where the file names none. */
export function programName({ program }: SieSummary): string | null {
  if (!program) return null
  return program.version === null ? program.name : `${program.name} ${program.version}`
}

/** What `--json` prints: plain figures first (the keys that comparisons use), then everything else that is known. */
export function reportJson(
  summary: SieSummary,
  diagnostics: readonly SieDiagnostic[],
  language: SieLanguage,
): Record<string, unknown> {
  const { rows } = summary
  return {
    sietyp: summary.type,
    program: programName(summary),
    encoding: summary.encodingLabel,
    vouchers: summary.vouchers,
    transRowsAllKinds: rows.TRANS + rows.RTRANS + rows.BTRANS,
    rtrans: rows.RTRANS,
    btrans: rows.BTRANS,
    unbalancedVouchers: summary.unbalancedVouchers,
    sumDebitTRANS: summary.debit === 0n ? '0' : formatAmount(summary.debit, summary.debitDecimals),
    accounts: summary.accounts,
    ksumma: summary.ksumma,
    ok: summary.ok,
    subtype: summary.subtype,
    byteOrderMark: summary.byteOrderMark,
    generated: summary.generated,
    company: summary.company,
    currency: summary.currency,
    fiscalYears: summary.fiscalYears,
    records: summary.records,
    checks: summary.checks,
    diagnosticCounts: summary.diagnosticCounts,
    diagnostics: diagnostics.map((finding) => ({ ...finding, message: sieMessage(finding, language) })),
    lines: summary.lines,
    bytes: summary.bytes,
  }
}

const SEVERITIES: readonly SieSeverity[] = ['error', 'question', 'warning']
const HEADINGS: Readonly<Record<SieLanguage, Readonly<Record<SieSeverity, string>>>> = {
  sv: { error: 'Fel (filen läses inte in)', question: 'Frågor', warning: 'Varningar' },
  en: { error: 'Errors (the file is not read in)', question: 'Questions', warning: 'Warnings' },
}

/** The report as text for a terminal. */
export function reportText(
  name: string,
  summary: SieSummary,
  diagnostics: readonly SieDiagnostic[],
  language: SieLanguage,
): string {
  const lines = [name, '']
  const facts = reportFacts(summary, language)
  const width = Math.max(...facts.map(([label]) => label.length))
  for (const [label, value] of facts) lines.push(`  ${label.padEnd(width)}  ${value}`)
  for (const severity of SEVERITIES) {
    const findings = diagnostics.filter((finding) => finding.severity === severity)
    if (findings.length === 0) continue
    lines.push('', HEADINGS[language][severity])
    for (const finding of findings)
      lines.push(`  ${place(finding, language)}${sieMessage(finding, language)}`)
    lines.push(...omitted(findings, summary, language))
  }
  if (diagnostics.length === 0)
    lines.push('', language === 'sv' ? 'Inga anmärkningar.' : 'Nothing to remark.')
  return `${lines.join('\n')}\n`
}

function reportFacts(summary: SieSummary, language: SieLanguage): [string, string][] {
  const sv = language === 'sv'
  const count = (value: number) => spell(String(value), language).replace(/[.,]00$/, '')
  const none = '–'
  const { rows, company } = summary
  const years = summary.fiscalYears
    .map(({ index, start, end }) => `${index}: ${day(start) || none} – ${day(end) || none}`)
    .join('   ')
  const checked = ({ accounts, differing }: { accounts: number; differing: number }) => {
    if (accounts === 0) return sv ? 'inget att jämföra' : 'nothing to compare'
    if (differing === 0)
      return sv ? `stämmer (${count(accounts)} konton)` : `agrees (${count(accounts)} accounts)`
    return sv
      ? `${count(differing)} av ${count(accounts)} konton avviker`
      : `${count(differing)} of ${count(accounts)} accounts differ`
  }
  return [
    [
      sv ? 'Typ' : 'Type',
      summary.type === null ? (sv ? 'ingen SIE-fil' : 'not SIE') : (summary.subtype ?? summary.type),
    ],
    [sv ? 'Program' : 'Program', programName(summary) ?? none],
    [sv ? 'Skapad' : 'Generated', day(summary.generated ?? '') || none],
    [sv ? 'Företag' : 'Company', company.name ?? none],
    [sv ? 'Organisationsnummer' : 'Organisation number', company.organisationNumber ?? none],
    [
      sv ? 'Teckenuppsättning' : 'Character set',
      summary.encodingLabel + (summary.byteOrderMark ? ' (BOM)' : ''),
    ],
    [sv ? 'Räkenskapsår' : 'Fiscal years', years || none],
    [sv ? 'Konton' : 'Accounts', count(summary.accounts)],
    [sv ? 'Verifikat' : 'Vouchers', count(summary.vouchers)],
    [
      sv ? 'Rader' : 'Rows',
      `TRANS ${count(rows.TRANS)}   RTRANS ${count(rows.RTRANS)}   BTRANS ${count(rows.BTRANS)}`,
    ],
    [sv ? 'Debet' : 'Debit', `${spell(formatAmount(summary.debit), language)} ${summary.currency}`],
    [sv ? 'Obalanserade verifikat' : 'Unbalanced vouchers', count(summary.unbalancedVouchers)],
    [sv ? 'Kontrollsumma' : 'Control sum', controlSum(summary, sv)],
    [sv ? 'IB + verifikat = UB' : 'IB + vouchers = UB', checked(summary.checks.balance)],
    [sv ? 'Verifikat = RES' : 'Vouchers = RES', checked(summary.checks.result)],
  ]
}

function controlSum({ ksumma }: SieSummary, sv: boolean): string {
  if (ksumma === 'OK') return sv ? 'stämmer' : 'right'
  if (ksumma === 'WRONG') return sv ? 'stämmer inte' : 'wrong'
  if (ksumma === 'UNFINISHED') return sv ? 'påbörjad men inte avslutad' : 'begun but not ended'
  return sv ? 'ingen' : 'none'
}

function day(date: string): string {
  return date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
}

function place({ line, column }: SieDiagnostic, language: SieLanguage): string {
  if (line === 0) return ''
  return `${language === 'sv' ? 'rad' : 'line'} ${line}${column > 0 ? `:${column}` : ''}  `
}

/** How many findings of each code were counted but not handed out. */
function omitted(findings: readonly SieDiagnostic[], summary: SieSummary, language: SieLanguage): string[] {
  return [...new Set(findings.map(({ code }) => code))].flatMap((code) => {
    const more =
      (summary.diagnosticCounts[code] ?? 0) - findings.filter((finding) => finding.code === code).length
    if (more <= 0) return []
    return [
      language === 'sv' ? `  … och ${more} till av samma slag (${code})` : `  … and ${more} more (${code})`,
    ]
  })
}
