import { isSieDate } from './date.ts'
import type { DiagnosticSink } from './diagnostics.ts'
import { DATE_FIELDS, requiredLabels } from './labels.ts'
import type { SieFiscalYear, SieRecord, SieSummary } from './types.ts'

/** What the flag and identification records say of the file, and how many records of each label it has. */
export class Header {
  type: string | null = null
  program: SieSummary['program'] = null
  generated: string | null = null
  company: { name: string | null; organisationNumber: string | null; id: string | null } = {
    name: null,
    organisationNumber: null,
    id: null,
  }
  currency = 'SEK'
  fiscalYears: SieFiscalYear[] = []
  readonly counts: Record<string, number> = {}
  private readonly sink: DiagnosticSink

  constructor(sink: DiagnosticSink) {
    this.sink = sink
  }

  count(label: string): void {
    this.counts[label] = (this.counts[label] ?? 0) + 1
  }

  take(record: SieRecord, columns: readonly number[]): void {
    const text = (index: number) => {
      const field = record.fields[index]
      return typeof field === 'string' ? field : ''
    }
    for (const index of DATE_FIELDS[record.label] ?? []) {
      const date = text(index)
      if (date !== '' && !isSieDate(date))
        this.sink.add('date_unreadable', record.line, columns[index] ?? 0, { text: date })
    }
    switch (record.label) {
      case 'SIETYP':
        this.type = text(0)
        if (!/^[1-4]$/.test(this.type))
          this.sink.add('type_unknown', record.line, columns[0] ?? 0, { type: this.type })
        break
      case 'PROGRAM':
        this.program = { name: text(0), version: record.fields.length > 1 ? text(1) : null }
        break
      case 'GEN':
        this.generated = text(0) || null
        break
      case 'FNAMN':
        this.company.name = text(0) || null
        break
      case 'ORGNR':
        this.company.organisationNumber = text(0) || null
        break
      case 'FNR':
        this.company.id = text(0) || null
        break
      case 'VALUTA':
        this.currency = text(0) || 'SEK'
        break
      case 'RAR':
        this.fiscalYear(record, text, columns)
        break
    }
  }

  private fiscalYear(record: SieRecord, text: (index: number) => string, columns: readonly number[]): void {
    if (!/^-?\d{1,4}$/.test(text(0))) {
      this.sink.add('date_unreadable', record.line, columns[0] ?? 0, { text: text(0) })
      return
    }
    const year = { index: Number(text(0)), start: text(1), end: text(2) }
    this.fiscalYears = [...this.fiscalYears.filter(({ index }) => index !== year.index), year]
  }

  /** The end of the file: what is missing. */
  end(form: string): void {
    for (const label of requiredLabels(form)) {
      const there =
        label === 'RAR' ? this.fiscalYears.some((y) => y.index === 0 && y.start !== '') : this.counts[label]
      if (!there) this.sink.add('record_missing', 0, 0, { label, type: form })
    }
    if (this.company.organisationNumber === null) this.sink.add('organisation_number_missing', 0, 0)
  }
}
