import type { CompanyState, Session, SyncState } from '../../shared/contract/types.ts'
import type { WireError } from '../../shared/errors.ts'
import { fiscalYearId } from '../../shared/ledger/keys.ts'
import type { FiscalYearId } from '../../shared/ledger/types.ts'
import type { Adapter, PageCompany, PageYear } from '../host/adapter.ts'
import { type Asked, ask } from './ask.ts'
import { onMessage, type SiteMemory } from './protocol.ts'

/** At most once a second, ms. */
const pollEvery = 1000
/** How long the year that the page shows is taken for granted, ms. */
const yearHolds = 250

/** `page`: the page itself may have changed; `company`: another one; `state`: what the edge says; `memory`: what the member said. */
export type PageEvent = 'page' | 'company' | 'state' | 'memory'

/** What the features of one page share: whose page it is, and what the edge says of that company. */
export class Page {
  readonly adapter: Adapter
  readonly signal: AbortSignal
  memory: SiteMemory = {
    company: null,
    columns: [],
    years: {},
    window: { side: 'right', width: 640, height: 420 },
  }
  /** Undefined until asked. */
  session: Session | null | undefined
  sessionError: WireError | null = null
  /** The page's company, or the one remembered for the site. */
  company: (PageCompany & { from: 'page' | 'site' }) | null = null
  /** Undefined until asked; null when the firm has not confirmed it. */
  state: CompanyState | null | undefined
  stateError: WireError | null = null
  /** Syncs that came to their end while this page was open, by year. */
  readonly ended = new Map<string, SyncState>()
  readonly #listeners = new Set<(what: PageEvent) => void>()
  readonly #leave: () => void
  #isStarted = false
  #watchers = 0
  #timer = 0
  #shownYear: { at: number; year: PageYear | null } | null = null

  /** @param leave ends the extension's part of this page: `signal` aborts */
  constructor(adapter: Adapter, signal: AbortSignal, leave: () => void) {
    this.adapter = adapter
    this.signal = signal
    this.#leave = leave
  }

  /** Reads the page's company and asks for its state; then again whenever the page or the news say so. */
  async start(): Promise<void> {
    const stop = [
      onMessage('pageNews', ({ data }) => {
        if (data.type === 'site') void this.recall()
        else if (data.type === 'session') void this.refresh()
        else if (data.type === 'off') {
          if (data.pattern === `${location.protocol}//${location.hostname}/*`) this.#leave()
        } else if (data.company === this.company?.organisationNumber) void this.refresh()
      }),
    ]
    this.signal.addEventListener('abort', () => {
      for (const off of stop) off()
    })
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') void this.refresh()
      },
      { signal: this.signal },
    )
    this.look()
    this.#isStarted = true
    await Promise.all([this.recall(), this.refresh()])
  }

  on(listener: (what: PageEvent) => void): void {
    this.#listeners.add(listener)
    this.signal.addEventListener('abort', () => this.#listeners.delete(listener))
  }

  /** Reads the company from the page again. Cheap enough for every burst of changes; asks the edge only about another one. */
  look(): void {
    this.#shownYear = null
    const found = this.adapter.company(document)
    const remembered = this.memory.company
    // A page that names a company is believed for itself only; the remembered one is for pages that name none.
    const company = found
      ? { ...found, from: 'page' as const }
      : remembered
        ? { organisationNumber: remembered, name: null, from: 'site' as const }
        : null
    const isSame = company?.organisationNumber === this.company?.organisationNumber
    this.company = company
    this.#tell('page')
    if (isSame) return
    this.state = undefined
    this.ended.clear()
    this.stateError = null
    this.#tell('company')
    if (this.#isStarted) void this.refresh()
  }

  /** Asks who is signed in, and the company's state. */
  async refresh(): Promise<void> {
    const number = this.company?.organisationNumber
    const [session, company] = await Promise.all([
      ask('session'),
      number ? ask('company', { company: number }) : null,
    ])
    if (this.signal.aborted) return
    this.session = 'error' in session ? null : session.value
    this.sessionError = 'error' in session ? session.error : null
    // Another company meanwhile: it has been asked for on its own.
    if (company && this.session && number === this.company?.organisationNumber) {
      if ('error' in company) this.stateError = company.error
      else return this.take(company.value)
    }
    this.#tell('state')
  }

  take(state: CompanyState | null): void {
    const running = (this.state?.years ?? []).flatMap(({ sync }) => (sync?.state === 'running' ? [sync] : []))
    this.state = state
    for (const sync of running) {
      const now = state?.years.find(({ id }) => id === sync.year)?.sync
      if (state && now?.id !== sync.id) void this.#takeEnded(state.organisationNumber, sync)
    }
    this.stateError = null
    this.#tell('state')
    this.#poll()
  }

  /** What a sync that was seen running has changed. */
  async #takeEnded(company: string, { id, year }: SyncState): Promise<void> {
    const answer = await ask('sync', { company, sync: id })
    if ('error' in answer || answer.value.state !== 'done') return
    this.ended.set(year, answer.value)
    this.#tell('state')
  }

  /** Something on the page shows the company's state: while it is on its way to change, it is asked for every second. */
  watch(): () => void {
    this.#watchers++
    this.#poll()
    return () => {
      this.#watchers--
    }
  }

  #poll(): void {
    const isMoving =
      this.state?.state === 'pending' ||
      this.state?.consentLink != null ||
      this.state?.years.some(({ sync }) => sync?.state === 'running')
    if (!isMoving || this.#watchers === 0 || this.#timer || this.signal.aborted) return
    this.#timer = setTimeout(async () => {
      this.#timer = 0
      const number = this.company?.organisationNumber
      // Not seen, not asked: becoming visible refreshes anyway.
      if (!number || this.signal.aborted || document.visibilityState !== 'visible') return
      const answer = await ask('company', { company: number })
      if (number !== this.company?.organisationNumber) return
      if ('value' in answer) this.take(answer.value)
      else this.#poll()
    }, pollEvery) as unknown as number
  }

  async recall(): Promise<void> {
    const answer = await ask('siteMemory')
    if (!('error' in answer)) this.memory = answer.value
    this.#tell('memory')
    this.look()
  }

  async remember(input: Asked<'rememberSite'>): Promise<void> {
    const answer = await ask('rememberSite', input)
    if (!('error' in answer)) this.memory = answer.value
    this.#tell('memory')
    this.look()
  }

  /** The fiscal year of the page's lists, as the page says it, or as the member has said in this tab. */
  year(): FiscalYearId | null {
    // Asked for every row: the page is read for it now and then only.
    const now = performance.now()
    if (!this.#shownYear || now - this.#shownYear.at > yearHolds) {
      this.#shownYear = { at: now, year: this.adapter.year(document) }
    }
    const shown = this.#shownYear.year
    if (shown) return fiscalYearId(shown.from, shown.to)
    const number = this.company?.organisationNumber
    return number ? (this.memory.years[number] ?? null) : null
  }

  #tell(what: PageEvent): void {
    if (this.signal.aborted) return
    for (const listener of this.#listeners) listener(what)
  }
}
