import { useEffect, useRef, useState } from 'preact/hooks'
import type { CompanyState, YearState } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import { fiscalYearId } from '../../../shared/ledger/keys.ts'
import { formatCount, formatDateTime } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearText } from '../../../shared/text/years.ts'
import type { YearPlace } from '../../host/adapter.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { useAction } from '../../lib/ui/use-action.ts'
import { SyncDialog } from '../fortnox-card/sync-dialog.tsx'
import { saveFile } from '../sie-handover/page-file.ts'
import { YearControl } from '../year-at-hand/year-control.tsx'
import { questionBefore } from './question.ts'
import { startSync } from './sync.ts'
import { SyncLine } from './sync-line.tsx'
import { Findings, UploadNote, useUpload } from './upload.tsx'

/** One fiscal year's controls on "Inläst data". */
export function YearControls(props: {
  page: Page
  place: YearPlace
  company: CompanyState
  language: Language
}) {
  const { page, place, company, language } = props
  const t = yearText(language)
  useEffect(() => page.watch(), [page])
  const id = fiscalYearId(place.from, place.to)
  const year = company.years.find((one) => one.id === id) ?? null
  const [isAsking, setAsking] = useState(false)
  const [syncError, setSyncError] = useState<WireError | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const upload = useUpload(page, company.organisationNumber)
  const saving = useAction()
  const question = questionBefore(year, place.source)
  const start = async (ledger: 'fetch' | 'keep') => {
    setAsking(false)
    setSyncError(null)
    const errors = await startSync(page, company.organisationNumber, [
      { from: place.from, to: place.to, ledger },
    ])
    setSyncError(errors[id] ?? null)
  }
  const save = () =>
    saving.run(async () => {
      const answer = await ask('ledgerSie', { company: company.organisationNumber, year: id })
      if ('error' in answer) return answer.error
      saveFile(answer.value.file, answer.value.name)
      return null
    })
  const isRunning = year?.sync?.state === 'running'
  const isConnected = company.state === 'active'
  return (
    <section class="card year" aria-label={t.label(`${place.from} – ${place.to}`)}>
      <div class="row">
        <Facts year={year} language={language} />
        <div class="row actions">
          <button
            type="button"
            class="primary"
            disabled={isRunning || !isConnected}
            onClick={() => (question === 'none' ? void start('fetch') : setAsking(true))}
          >
            {year?.documentsAt != null || year?.source != null ? t.sync : t.fetch}
          </button>
          <button type="button" disabled={upload.isBusy || isRunning} onClick={() => input.current?.click()}>
            {t.readSie}
          </button>
          {year?.source == null ? null : (
            <button type="button" disabled={saving.isBusy} onClick={() => void save()}>
              {t.saveSie}
            </button>
          )}
          <input
            ref={input}
            type="file"
            accept=".se,.si,.sie"
            tabIndex={-1}
            aria-label={t.readSie}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              event.currentTarget.value = ''
              if (file) void upload.send(id, file)
            }}
          />
        </div>
      </div>
      {isConnected ? null : <p class="soft">{t.notConnected}</p>}
      <SyncLine
        title={null}
        year={year}
        error={syncError}
        ended={page.ended.get(id) ?? null}
        language={language}
      />
      <UploadNote upload={upload} language={language} />
      {saving.error ? <ErrorNote error={saving.error} language={language} /> : null}
      {year && isConnected ? (
        <YearControl company={company.organisationNumber} year={year} language={language} />
      ) : null}
      {year && year.findings.length > 0 ? (
        <details>
          <summary>{t.findings(year.findings.length)}</summary>
          <Findings findings={year.findings} language={language} />
        </details>
      ) : null}
      {isAsking ? (
        <SyncDialog
          years={[{ from: place.from, to: place.to, question }]}
          language={language}
          onClose={() => setAsking(false)}
          onStart={([chosen]) => void start(chosen?.ledger ?? 'keep')}
        />
      ) : null}
    </section>
  )
}

function Facts({ year, language }: { year: YearState | null; language: Language }) {
  const t = yearText(language)
  const source = year?.source ?? null
  return (
    <div class="facts">
      <span class={`tag ${source ?? 'none'}`}>{t.source[source ?? 'none']}</span>
      {year?.source ? <span>{t.vouchers(formatCount(year.counts.vouchers, language))}</span> : null}
      {year?.documentsAt != null ? (
        <span>{t.documents(formatCount(year.counts.documents, language))}</span>
      ) : null}
      <span class="soft">
        {year?.documentsAt != null ? t.syncedAt(formatDateTime(year.documentsAt)) : t.never}
      </span>
      {source === 'sie' && year?.file ? (
        <span class="soft">{t.file(year.file.name, year.file.by, formatDateTime(year.file.at))}</span>
      ) : null}
    </div>
  )
}
