import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import type { CompanyState, Session } from '../../../shared/contract/types.ts'
import type { WireError } from '../../../shared/errors.ts'
import { formatOrganisationNumber } from '../../../shared/ledger/organisation-number.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { toolbarText } from '../../../shared/text/toolbar.ts'
import { ask } from '../../lib/ask.ts'
import { type PageCommand, type PageState, sendMessage } from '../../lib/protocol.ts'
import { edgeAddress } from '../../lib/settings.ts'
import { ErrorNote, Mark } from '../../lib/ui/parts.tsx'
import { failure, useAction } from '../../lib/ui/use-action.ts'
import { enabledSites, matchesPattern, setSite, sitePattern } from '../site-access/sites.ts'
import { CompanyChooser } from './company-chooser.tsx'

interface Tab {
  id: number
  host: string
  pattern: string
  /** Always on, turned on by the member, or off. */
  access: 'known' | 'on' | 'off'
  page: PageState | null
}

/** The toolbar popup: who is signed in, and what Underlag does on the page below it. */
export function Popup({ language }: { language: Language }) {
  const t = toolbarText(language)
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  const [hasEdge, setHasEdge] = useState(true)
  const [tab, setTab] = useState<Tab | null | undefined>(undefined)
  const { isBusy, error, run } = useAction()
  const load = async () => {
    setHasEdge((await edgeAddress()).origin !== '')
    const answer = await ask('session')
    setSession('value' in answer ? answer.value : null)
    setTab(await currentTab())
  }
  useEffect(() => void load(), [])
  const sign = (which: 'signIn' | 'signOut') =>
    run(async () => {
      const failed = failure(which === 'signIn' ? await ask('signIn') : await ask('signOut'))
      await load()
      return failed
    })
  return (
    <main class="popup stack">
      <div class="row">
        <div class="head grow">
          <Mark />
          <h1>Underlag</h1>
        </div>
        {session === undefined ? null : (
          <button
            type="button"
            class={session ? '' : 'primary'}
            disabled={isBusy || !hasEdge}
            onClick={() => void sign(session ? 'signOut' : 'signIn')}
          >
            {session ? t.signOut : t.signIn}
          </button>
        )}
      </div>
      {session ? (
        <p class="soft">{t.accountOf(session.member.name, session.firm.name)}</p>
      ) : session === null ? (
        <p class="soft">{hasEdge ? t.signedOut : t.noEdge}</p>
      ) : null}
      {error ? <ErrorNote error={error} language={language} /> : null}
      <hr />
      <h2>{t.thisPage}</h2>
      {tab ? (
        <ThisPage tab={tab} isSignedIn={session != null} language={language} onChange={() => void load()} />
      ) : tab === null ? (
        <p class="soft">{t.notHere}</p>
      ) : null}
      <hr />
      <div class="row">
        <button
          type="button"
          class="link"
          onClick={() => void browser.tabs.create({ url: chrome.runtime.getURL('/underlag.html') })}
        >
          {t.openUnderlag}
        </button>
        <span class="grow" />
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {t.options}
        </button>
      </div>
    </main>
  )
}

function ThisPage(props: { tab: Tab; isSignedIn: boolean; language: Language; onChange: () => void }) {
  const { tab, language } = props
  const t = toolbarText(language)
  const turn = async (isOn: boolean) => {
    // Asked in the click itself: Firefox takes no request after a wait. Stored at the same time: the browser may close the
    // popup while it asks, and the background then goes by what is stored.
    const permission = { origins: [tab.pattern] }
    const isGiven = isOn ? browser.permissions.request(permission).catch(() => false) : true
    await setSite(tab.pattern, isOn)
    if (!(await isGiven)) await setSite(tab.pattern, false)
    if (!isOn) await browser.permissions.remove(permission).catch(() => false)
    setTimeout(props.onChange, 600)
  }
  if (tab.access === 'off') {
    return (
      <>
        <p class="soft">{t.turnOnHelp(tab.host)}</p>
        <div class="row">
          <button type="button" class="primary" onClick={() => void turn(true)}>
            {t.turnOn}
          </button>
        </div>
      </>
    )
  }
  return (
    <>
      {tab.page ? (
        <OnPage tab={tab} page={tab.page} isSignedIn={props.isSignedIn} language={language} />
      ) : (
        <p class="soft">{t.reload}</p>
      )}
      {tab.access === 'on' ? (
        <div class="row">
          <button type="button" class="link" onClick={() => void turn(false)}>
            {t.turnOff}
          </button>
        </div>
      ) : null}
    </>
  )
}

function OnPage(props: { tab: Tab; page: PageState; isSignedIn: boolean; language: Language }) {
  const { tab, language, isSignedIn } = props
  const t = toolbarText(language)
  const [page, setPage] = useState(props.page)
  /** Undefined until it is known. */
  const [company, setCompany] = useState<CompanyState | null>()
  const [error, setError] = useState<WireError | null>(null)
  const [isChoosing, setChoosing] = useState(false)
  const number = page.company?.organisationNumber ?? null
  useEffect(() => {
    setCompany(undefined)
    if (!number || !isSignedIn) return
    let isCurrent = true
    void ask('company', { company: number }).then((answer) => {
      if (!isCurrent) return
      setError(failure(answer))
      setCompany('value' in answer ? answer.value : null)
    })
    return () => {
      isCurrent = false
    }
  }, [number, isSignedIn])
  const send = (command: PageCommand) => sendMessage('pageCommand', command, { tabId: tab.id, frameId: 0 })
  const choose = async (chosen: string) => {
    await send({ type: 'company', company: chosen })
    setChoosing(false)
    const next = await pageStateOf(tab.id)
    if (next) setPage(next)
  }
  const point = async (command: PageCommand) => {
    await send(command)
    window.close()
  }
  return (
    <>
      {page.company && !isChoosing ? (
        <div class="row">
          <div class="grow">
            <strong>{company?.name ?? page.company.name ?? t.company}</strong>{' '}
            <span class="soft">{formatOrganisationNumber(page.company.organisationNumber)}</span>
          </div>
          {page.company.from === 'site' ? (
            <button type="button" class="link" onClick={() => setChoosing(true)}>
              {t.change}
            </button>
          ) : null}
        </div>
      ) : isSignedIn ? (
        <CompanyChooser language={language} onChosen={(chosen) => void choose(chosen)} />
      ) : null}
      {page.company && isSignedIn && !error && company !== undefined ? (
        <span class="state" data-state={company?.state ?? 'inactive'}>
          {t.state[company?.state ?? 'unconfirmed']}
        </span>
      ) : null}
      {error ? <ErrorNote error={error} language={language} /> : null}
      <p class="soft">
        {page.tables > 0 ? t.rows(formatCount(page.rows, language), page.tables) : t.noTables}
      </p>
      {page.withoutDocuments > 0 ? (
        <div class="row">
          <span class="grow">{t.without(formatCount(page.withoutDocuments, language))}</span>
          <button type="button" onClick={() => void point({ type: 'next-without-documents' })}>
            {t.nextWithout}
          </button>
        </div>
      ) : null}
      <div class="row">
        <button type="button" class="link" onClick={() => void point({ type: 'pick-column' })}>
          {t.pick}
        </button>
      </div>
    </>
  )
}

async function currentTab(): Promise<Tab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  const pattern = sitePattern(tab?.url)
  if (!tab?.url || tab.id === undefined || !pattern) return null
  const isKnown = matchesPattern(tab.url, __ANALYSIS_HOSTS__)
  const isOn = matchesPattern(tab.url, await enabledSites())
  const access = isKnown ? 'known' : isOn ? 'on' : 'off'
  return {
    id: tab.id,
    host: new URL(tab.url).hostname,
    pattern,
    access,
    page: access === 'off' ? null : await pageStateOf(tab.id),
  }
}

/** Null when no content script answers in time. */
function pageStateOf(tab: number): Promise<PageState | null> {
  const answer = sendMessage('pageState', undefined, { tabId: tab, frameId: 0 }).catch(() => null)
  return Promise.race([answer, new Promise<null>((resolve) => setTimeout(() => resolve(null), 800))])
}
