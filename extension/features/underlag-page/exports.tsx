import { useEffect, useRef, useState } from 'preact/hooks'
import { toWireError } from '../../../shared/errors.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { errorText } from '../../../shared/text/errors.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { underlagPageText } from '../../../shared/text/underlag-page.ts'
import { voucherLabel } from '../document-window/choices.tsx'
import { fileName } from '../document-window/file-name.ts'
import { language } from '../document-window/parts.tsx'
import type { DocumentSource } from '../document-window/source.ts'
import { csvOf } from './csv.ts'
import { allVouchers, type VoucherSearch } from './vouchers.ts'
import { type Missing, zipDocuments } from './zip.ts'

const text = underlagPageText(language)

/** More documents than this are not fetched before it was said how many they are. */
const many = 200

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
  const [said, say] = useState<{ text: string; isBad: boolean } | null>(null)
  /** So many documents that it is asked first. */
  const [asking, setAsking] = useState<{ vouchers: VoucherSummary[]; documents: number } | null>(null)
  const abort = useRef<AbortController | null>(null)
  const question = useRef<HTMLButtonElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const name = JSON.stringify([search, chosen.length])
  useEffect(() => setAsking(null), [name])
  useEffect(() => question.current?.focus(), [asking])

  const run = async (work: (signal: AbortSignal) => Promise<void>) => {
    const controller = new AbortController()
    abort.current = controller
    say(null)
    setAsking(null)
    try {
      await work(controller.signal)
    } catch (error) {
      if (!controller.signal.aborted)
        say({ text: errorText(toWireError(error), language).title, isBad: true })
    } finally {
      setProgress(null)
      abort.current = null
      requestAnimationFrame(() => document.activeElement === document.body && first.current?.focus())
    }
  }
  const save = (words: string, extension: string, bytes: Blob) => {
    const file = fileName([words], '', extension)
    onSave(file, bytes)
    return file
  }
  const saveCsv = () =>
    run(async () => {
      const csv = csvOf(text.csvHeader, await allVouchers(search))
      const file = save(text.file(companyName, search.year), 'csv', new Blob([csv], { type: 'text/csv' }))
      say({ text: text.saved(file), isBad: false })
    })
  const zip = (vouchers: readonly VoucherSummary[]) =>
    run(async (signal) => {
      const onProgress = (done: number) => setProgress({ done, total: vouchers.length })
      const { zip, saved, missing } = await zipDocuments(
        source,
        search,
        vouchers,
        missingList,
        onProgress,
        signal,
      )
      const lost = missing.reduce((sum, { count }) => sum + count, 0)
      if (!zip) return say({ text: text.zipNothing(formatCount(lost, language)), isBad: true })
      const file = save(text.zipFile(companyName, search.year), 'zip', zip)
      say({
        text:
          lost > 0
            ? text.zipMissing(formatCount(lost, language))
            : text.savedZip(formatCount(saved, language), file),
        isBad: lost > 0,
      })
    })
  const saveZip = async () => {
    say(null)
    let vouchers: VoucherSummary[] = []
    await run(async () => {
      vouchers = (chosen.length > 0 ? [...chosen] : await allVouchers(search)).filter(
        ({ documents }) => documents > 0,
      )
      if (vouchers.length === 0) say({ text: text.zipEmpty, isBad: true })
    })
    const documents = vouchers.reduce((sum, voucher) => sum + voucher.documents, 0)
    if (documents > many) setAsking({ vouchers, documents })
    else if (documents > 0) await zip(vouchers)
  }

  return (
    <div class="exports">
      {said ? (
        <span
          class={said.isBad ? 'exports-said exports-bad' : 'exports-said'}
          role={said.isBad ? 'alert' : 'status'}
        >
          {said.text}
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
      ) : asking ? (
        <>
          <span>{text.zipMany(formatCount(asking.documents, language))}</span>
          <button
            ref={question}
            type="button"
            class="button button-primary"
            onClick={() => void zip(asking.vouchers)}
          >
            {text.zipGoOn}
          </button>
          <button type="button" class="button" onClick={() => setAsking(null)}>
            {text.stop}
          </button>
        </>
      ) : (
        <>
          <button ref={first} type="button" class="button" onClick={() => void saveCsv()}>
            {text.csv}
          </button>
          <button type="button" class="button" onClick={() => void saveZip()}>
            {chosen.length > 0 ? text.zipChosen : text.zip}
          </button>
        </>
      )}
    </div>
  )
}

/** What is missing from the ZIP, for whoever opens it later. */
function missingList(missing: readonly Missing[]): { name: string; text: string } {
  const lines = missing.map(({ key, document, count, error }) => {
    const what = document ?? text.zipUnknown(formatCount(count, language))
    return `${voucherLabel(key)}\t${what}\t${errorText(error, language).title}`
  })
  return { name: text.missingFile, text: `\ufeff${[text.missingTitle, '', ...lines, ''].join('\r\n')}` }
}
