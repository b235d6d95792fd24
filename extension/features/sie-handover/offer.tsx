import { fiscalYearId } from '../../../shared/ledger/keys.ts'
import { cardText } from '../../../shared/text/card.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { PageYear } from '../../host/adapter.ts'
import type { Page } from '../../lib/page.ts'
import { UploadNote, useUpload } from '../year-controls/upload.tsx'
import { isHandedByUs } from './page-file.ts'
import { beginningOf, looksLikeSie, yearOfSie } from './sie-year.ts'

/** A SIE file that the member gave the page. */
export interface OfferedFile {
  file: File
  year: PageYear | null
}

/** Offers to read the file in at the edge too. */
export function Offer(props: {
  page: Page
  company: string
  offer: OfferedFile
  language: Language
  onDone: () => void
}) {
  const { page, company, language } = props
  const { file, year } = props.offer
  const t = cardText(language).offer
  const upload = useUpload(page, company)
  const isStarted = upload.isBusy || upload.error !== null || upload.result !== null
  return (
    <div class="box ask" role="status">
      <h3>{t.title(file.name)}</h3>
      {isStarted ? null : <p>{year ? t.help(`${year.from} – ${year.to}`) : t.noYear}</p>}
      <UploadNote upload={upload} language={language} />
      <div class="row">
        {year && !isStarted ? (
          <button
            type="button"
            class="primary"
            onClick={() => void upload.send(fiscalYearId(year.from, year.to), file)}
          >
            {t.yes}
          </button>
        ) : null}
        {upload.isBusy || upload.result?.state === 'held' ? null : (
          <button type="button" onClick={props.onDone}>
            {isStarted || !year ? cardText(language).close : t.no}
          </button>
        )}
      </div>
    </div>
  )
}

/** Notices SIE files that a person chooses in the page's own file field or drops on the page. Takes nothing from the page. */
export function watchFiles(signal: AbortSignal, onFile: (offer: OfferedFile) => void): void {
  const take = async (files: FileList | null | undefined) => {
    for (const file of files ?? []) {
      if (isHandedByUs(file)) continue
      const beginning = await beginningOf(file).catch(() => '')
      if (looksLikeSie(file.name, beginning)) onFile({ file, year: yearOfSie(beginning) })
    }
  }
  const options = { capture: true, passive: true, signal }
  document.addEventListener(
    'change',
    (event) => {
      const input = event.composedPath()[0] as HTMLInputElement
      if (event.isTrusted && input.localName === 'input' && input.type === 'file') void take(input.files)
    },
    options,
  )
  document.addEventListener(
    'drop',
    (event) => {
      if (event.isTrusted) void take(event.dataTransfer?.files)
    },
    options,
  )
}
