import { useRef, useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { errorText } from '../../../shared/text/errors.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { underlagPageText } from '../../../shared/text/underlag-page.ts'
import { language } from '../document-window/parts.tsx'
import type { DocumentSource } from '../document-window/source.ts'
import { csvOf } from './csv.ts'
import { allVouchers, type VoucherSearch } from './vouchers.ts'
import { zipDocuments } from './zip.ts'

const text = underlagPageText(language)

/** The filtered list as CSV, and the documents of the chosen vouchers (or of the whole list) as ZIP. */
export function Exports(props: {
  search: VoucherSearch
  companyName: string
  chosen: readonly VoucherSummary[]
  source: DocumentSource
  onSave: (name: string, bytes: Blob) => void
}) {
  const { search, companyName, chosen, source, onSave } = props
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const [said, say] = useState('')
  const abort = useRef<AbortController | null>(null)

  const run = async (work: (signal: AbortSignal) => Promise<void>) => {
    const controller = new AbortController()
    abort.current = controller
    say('')
    try {
      await work(controller.signal)
    } catch (error) {
      if (!controller.signal.aborted) say(errorText(wire(error), language).title)
    } finally {
      setProgress(null)
      abort.current = null
    }
  }
  const saveCsv = () =>
    run(async () => {
      const csv = csvOf(text.csvHeader, await allVouchers(search))
      onSave(`${safe(text.file(companyName, search.year))}.csv`, new Blob([csv], { type: 'text/csv' }))
    })
  const saveZip = () =>
    run(async (signal) => {
      const vouchers = (chosen.length > 0 ? chosen : await allVouchers(search)).filter(
        ({ documents }) => documents > 0,
      )
      const onProgress = (done: number) => setProgress({ done, total: vouchers.length })
      const { zip, missing } = await zipDocuments(
        source,
        search.company,
        search.year,
        vouchers,
        onProgress,
        signal,
      )
      onSave(`${safe(text.zipFile(companyName, search.year))}.zip`, zip)
      if (missing > 0) say(text.zipMissing(formatCount(missing, language)))
    })

  return (
    <div class="exports">
      {said ? (
        <span class="exports-said" role="alert">
          {said}
        </span>
      ) : null}
      {progress ? (
        <>
          <progress max={progress.total} value={progress.done} aria-label={text.zip} />
          <span class="bar-count">
            {text.saving(formatCount(progress.done, language), formatCount(progress.total, language))}
          </span>
          <button type="button" class="button" onClick={() => abort.current?.abort()}>
            {text.stop}
          </button>
        </>
      ) : (
        <>
          <button type="button" class="button" onClick={saveCsv}>
            {text.csv}
          </button>
          <button type="button" class="button" onClick={saveZip}>
            {text.zip}
          </button>
        </>
      )}
    </div>
  )
}

/** Characters that Windows takes in a file's name. */
function safe(name: string): string {
  return name.replace(/[<>:"/\\|?*\p{Cc}]/gu, '-').slice(0, 120)
}

function wire(error: unknown): WireError {
  return error instanceof Error && 'code' in error && 'data' in error
    ? { code: (error as Error & WireError).code, data: (error as Error & WireError).data }
    : { code: 'internal', data: {} }
}
