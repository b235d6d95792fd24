import { useState } from 'preact/hooks'
import type { UploadResult } from '../../../shared/contract/types.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { yearText } from '../../../shared/text/years.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import { ErrorNote } from '../../lib/ui/parts.tsx'
import { failure, useAction } from '../../lib/ui/use-action.ts'

/** Reading a SIE file in at the edge: sent, and then done, unchanged, refused with why, or held with questions. */
export function useUpload(page: Page, company: string) {
  const [result, setResult] = useState<UploadResult | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const { isBusy, error, run } = useAction()
  const take = async (answer: Awaited<ReturnType<typeof ask<'uploadSie'>>>) => {
    if ('value' in answer) {
      setResult(answer.value)
      if (answer.value.state === 'read_in') await page.refresh()
    }
    return failure(answer)
  }
  return {
    result,
    file,
    isBusy,
    error,
    send: (year: FiscalYearId, chosen: File) => {
      setFile(chosen.name)
      setResult(null)
      return run(async () => take(await ask('uploadSie', { company, year, name: chosen.name, file: chosen })))
    },
    confirm: () => {
      const { year, upload } = result!
      return run(async () => take(await ask('confirmUpload', { company, year, upload })))
    },
    discard: () => {
      const { year, upload } = result!
      setResult(null)
      return run(async () => failure(await ask('discardUpload', { company, year, upload })))
    },
  }
}

export type Upload = ReturnType<typeof useUpload>

/** What became of the file. */
export function UploadNote({ upload, language }: { upload: Upload; language: Language }) {
  const t = yearText(language)
  const { result, file, isBusy, error } = upload
  if (isBusy && !result) return <p role="status">{t.reading(file ?? '')}</p>
  if (error) return <ErrorNote error={error} language={language} />
  if (!result) return null
  if (result.state === 'held') {
    const questions = result.findings.filter(({ severity }) => severity !== 'warning')
    return (
      <div class="box ask" role="alertdialog" aria-label={t.question}>
        <h3>{t.question}</h3>
        <p>{t.questionHelp}</p>
        <Findings findings={questions.length > 0 ? questions : result.findings} language={language} />
        <div class="row end">
          <button type="button" disabled={isBusy} onClick={() => void upload.discard()}>
            {t.cancel}
          </button>
          <button type="button" class="primary" disabled={isBusy} onClick={() => void upload.confirm()}>
            {t.anyway}
          </button>
        </div>
      </div>
    )
  }
  return (
    <p class="box good" role="status">
      {result.state === 'unchanged' ? t.unchanged : t.readIn(formatCount(result.counts.vouchers, language))}
    </p>
  )
}

/** What the SIE reader found, line by line. */
export function Findings(props: { findings: UploadResult['findings']; language: Language }) {
  const t = yearText(props.language)
  return (
    <ul aria-label={t.findings(props.findings.length)}>
      {props.findings.map(({ code, line, text }, at) => (
        <li key={`${code} ${line} ${at}`}>
          {text[props.language]} {line === null ? null : <span class="soft">({t.line(line)})</span>}
        </li>
      ))}
    </ul>
  )
}
