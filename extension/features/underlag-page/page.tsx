import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CompanyState } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import { voucherKey } from '../../../shared/ledger/keys.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { formatCount, formatDateTime } from '../../../shared/text/format.ts'
import { underlagPageText } from '../../../shared/text/underlag-page.ts'
import { ask } from '../../lib/ask.ts'
import type { ShowRequest } from '../../lib/protocol.ts'
import { Controller } from '../document-window/controller.ts'
import { DocumentView } from '../document-window/document-view.tsx'
import { hashOf, placeOf } from '../document-window/link.ts'
import { language, Notice, text as windowText } from '../document-window/parts.tsx'
import {
  defaultPreferences,
  loadPreferences,
  type Preferences,
  savePreferences,
} from '../document-window/preferences.ts'
import { Prefetcher } from '../document-window/prefetch.ts'
import { saveFile } from '../document-window/save.ts'
import { backgroundSource } from '../document-window/source.ts'
import { useStore } from '../document-window/store.ts'
import { YearControl } from '../year-at-hand/year-control.tsx'
import { Exports } from './exports.tsx'
import { Failed, FailedStrip } from './failed.tsx'
import { type FilterFields, filterOf, noFilter } from './filter.ts'
import { Filters } from './filters.tsx'
import { VoucherList } from './list.tsx'
import { firstYear, resolvePlace } from './place.ts'
import { allVouchers, useVouchers, type VoucherSearch } from './vouchers.ts'

const text = underlagPageText(language)
const controller = new Controller(backgroundSource)
const prefetcher = new Prefetcher(controller)

/** A year's vouchers, filtered, and beside them the documents of the one that is looked at. */
export function UnderlagPage() {
  const { companies, error, again } = useCompanies()
  const [place, setPlace] = useState(() => placeOf(location.hash))
  const [fields, setFields] = useState<FilterFields>(noFilter)
  /** Kept while the filter changes: vouchers of several filters can be chosen together. */
  const [chosen, setChosen] = useState<ReadonlyMap<string, VoucherSummary>>(new Map())
  const [preferences, setPreferences] = usePreferences()
  const state = useStore(controller.state)
  const { company, year, key: active, isLost } = resolvePlace(companies ?? [], place)
  const search: VoucherSearch | null =
    company && year ? { company: company.organisationNumber, year: year.id, filter: filterOf(fields) } : null
  const found = useVouchers(search)
  const keys = useMemo(() => found.vouchers.map(voucherKey), [found.vouchers])

  useEffect(() => setChosen(new Map()), [search?.company, search?.year])
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const latestKeys = useRef(keys)
  latestKeys.current = keys
  const latestSearch = useRef('')
  latestSearch.current = JSON.stringify(search)
  useEffect(() => {
    if (!search || active === null) return controller.hide()
    const request = requestFor(search, active, latestKeys.current)
    prefetcher.stop()
    void controller.show(request, place?.position ?? 0)
  }, [search?.company, search?.year, active])
  useEffect(() => {
    if (!search || active === null || state.position === place?.position) return
    history.replaceState(null, '', hashOf({ ...search, key: active, position: state.position }))
  }, [state.position])

  const go = (company: string, year: string, key: string | null) => {
    const next = { company, year, key, position: 0 }
    history.replaceState(null, '', hashOf(next))
    setPlace(next)
  }
  const step = (by: 1 | -1) => () => {
    if (!search) return
    const at = active === null ? -1 : keys.indexOf(active)
    const key = keys[at + by]
    if (key !== undefined) go(search.company, search.year, key)
    if (at + by > keys.length - 20) found.more()
  }
  const choose = (vouchers: readonly VoucherSummary[], isChosen: boolean) =>
    setChosen((before) => {
      const next = new Map(before)
      for (const voucher of vouchers) {
        if (isChosen) next.set(voucherKey(voucher), voucher)
        else next.delete(voucherKey(voucher))
      }
      return next
    })
  const chooseAll = async (isChosen: boolean) => {
    if (!search) return
    const isWhole = found.vouchers.length === found.total
    const asked = JSON.stringify(search)
    const all = isWhole ? found.vouchers : await allVouchers(search).catch(() => null)
    if (all && asked === latestSearch.current) choose(all, isChosen)
  }

  if (error) return <Failed error={error} onAgain={again} />
  if (companies && !company) return <Notice icon="missing" title={text.noCompany} help={text.noCompanyHelp} />
  return (
    <div class="underlag">
      <header class="bar">
        <h1>{text.title}</h1>
        <label hidden={!companies}>
          <span class="visually-hidden">{text.company}</span>
          <select
            value={company?.organisationNumber}
            onChange={(event) => {
              const next = companies?.find((each) => each.organisationNumber === event.currentTarget.value)
              if (next) go(next.organisationNumber, firstYear(next)?.id ?? '', null)
            }}
          >
            {companies?.map(({ organisationNumber, name }) => (
              <option key={organisationNumber} value={organisationNumber}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label hidden={!year}>
          <span class="visually-hidden">{text.year}</span>
          <select
            value={year?.id}
            onChange={(event) => company && go(company.organisationNumber, event.currentTarget.value, null)}
          >
            {company?.years.map(({ id, from, to }) => (
              <option key={id} value={id}>
                {`${from} – ${to}`}
              </option>
            ))}
          </select>
        </label>
        <span class="bar-count" aria-live="polite">
          {!companies || (found.isLoading && found.total === 0)
            ? text.loading
            : !year || (found.error && found.total === 0)
              ? ''
              : text.count(formatCount(found.total, language))}
          {chosen.size > 0 ? ` · ${text.chosen(formatCount(chosen.size, language))}` : ''}
          {year ? (
            <span class="bar-as-of">
              {year.documentsAt === null
                ? text.documentsNever
                : `${text.documents.label} ${windowText.asOf(formatDateTime(year.documentsAt))}`}
            </span>
          ) : null}
        </span>
        {chosen.size > 0 ? (
          <button type="button" class="button" onClick={() => setChosen(new Map())}>
            {text.chooseNone}
          </button>
        ) : null}
        {search && company && (found.total > 0 || chosen.size > 0) ? (
          <Exports
            search={search}
            companyName={company.name}
            chosen={[...chosen.values()]}
            source={backgroundSource}
            onSave={saveFile}
          />
        ) : null}
      </header>
      <Filters fields={fields} from={year?.from ?? ''} to={year?.to ?? ''} onFields={setFields} />
      {company?.state === 'active' && year ? (
        <div class="at-hand-strip">
          <YearControl company={company.organisationNumber} year={year} language={language} />
        </div>
      ) : null}
      <main class="split">
        <div class="split-list">
          {found.error && found.total === 0 ? (
            <Failed error={found.error} onAgain={found.again} />
          ) : !companies ? null : found.total === 0 && !found.isLoading ? (
            <Notice
              icon="missing"
              title={!year ? text.noYear : fields === noFilter ? text.empty : text.none}
              help={year && fields !== noFilter ? text.noneHelp : text.emptyHelp}
            />
          ) : (
            <VoucherList
              note={found.error ? <FailedStrip error={found.error} onAgain={found.again} /> : null}
              vouchers={found.vouchers}
              total={found.total}
              active={active}
              chosen={chosen}
              onActive={(key) => search && go(search.company, search.year, key)}
              onChoose={(voucher, isChosen) => choose([voucher], isChosen)}
              onChooseAll={(isChosen) => void chooseAll(isChosen)}
              onMore={found.more}
            />
          )}
        </div>
        <div class="split-documents">
          {companies && active === null && (isLost || found.total > 0) ? (
            <Notice
              icon={isLost ? 'missing' : 'file'}
              title={isLost ? text.lost : text.pick}
              help={isLost ? text.lostHelp : text.pickHelp}
            />
          ) : null}
          <div class="documents-view" hidden={active === null}>
            <DocumentView
              controller={controller}
              preferences={preferences}
              onPreferences={setPreferences}
              outer={{ previousVoucher: step(-1), nextVoucher: step(1) }}
              onPainted={(what) => {
                if (what !== 'page' || !search || active === null) return
                void prefetcher.around(
                  requestFor(search, active, latestKeys.current),
                  active,
                  controller.state.value.position,
                )
              }}
            />
          </div>
        </div>
      </main>
    </div>
  )
}

/** The voucher, and those beside it in the list, nearest first. */
function requestFor({ company, year }: VoucherSearch, key: string, keys: readonly string[]): ShowRequest {
  const at = keys.indexOf(key)
  const neighbours =
    at < 0 ? [] : [keys[at + 1], keys[at - 1], keys[at + 2]].filter((each) => each !== undefined)
  return { company, year, keys: [key], mismatch: null, neighbours, mode: 'window' }
}

function useCompanies() {
  const [companies, setCompanies] = useState<CompanyState[] | null>(null)
  const [error, setError] = useState<WireError | null>(null)
  const load = async () => {
    const answer = await ask('companies')
    setError('error' in answer ? answer.error : null)
    if ('value' in answer) setCompanies(answer.value)
  }
  useEffect(() => void load(), [])
  return { companies, error, again: () => void load() }
}

function usePreferences(): [Preferences, (part: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(defaultPreferences)
  useEffect(() => {
    void loadPreferences().then(setPreferences)
  }, [])
  return [
    preferences,
    (part) => {
      const changed = { ...preferences, ...part }
      setPreferences(changed)
      void savePreferences(changed)
    },
  ]
}
