import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import type { Session } from '../../../shared/contract/types.ts'
import type { Language } from '../../../shared/text/language.ts'
import { toolbarText } from '../../../shared/text/toolbar.ts'
import { ask } from '../../lib/ask.ts'
import { type EdgeAddress, edgeAddress, normaliseOrigin, setEdgeAddress } from '../../lib/settings.ts'
import { ErrorNote, Mark } from '../../lib/ui/parts.tsx'
import { failure, useAction } from '../../lib/ui/use-action.ts'
import { enabledSites, setSite, sitePattern } from '../site-access/sites.ts'
import { Cache } from './cache.tsx'
import { Section } from './section.tsx'

/** The options page: the firm's address, the account, sites, the cache, the keys. */
export function Options({ language }: { language: Language }) {
  const t = toolbarText(language)
  return (
    <main class="options stack">
      <div class="head">
        <Mark />
        <h1>{t.optionsTitle}</h1>
      </div>
      <Edge language={language} />
      <Account language={language} />
      <Sites language={language} />
      <Cache language={language} />
      <Section title={t.keys}>
        <p class="soft">{t.keysHelp}</p>
        <dl class="keys">
          {t.keyList.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <p class="soft">{t.version(chrome.runtime.getManifest().version)}</p>
    </main>
  )
}

function Edge({ language }: { language: Language }) {
  const t = toolbarText(language)
  const [address, setAddress] = useState<EdgeAddress | null>(null)
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState<{ text: string; isBad: boolean } | null>(null)
  const load = async () => {
    const found = await edgeAddress()
    setAddress(found)
    setTyped(found.origin)
  }
  useEffect(() => void load(), [])
  if (!address) return null
  const save = async () => {
    const origin = normaliseOrigin(typed)
    if (!origin) return setNote({ text: t.edgeInvalid, isBad: true })
    const pattern = sitePattern(origin)
    if (!pattern || !(await browser.permissions.request({ origins: [pattern] }))) {
      return setNote({ text: t.edgeRefused, isBad: true })
    }
    await setEdgeAddress(origin)
    setNote({ text: t.saved, isBad: false })
    await load()
  }
  const reset = async () => {
    await setEdgeAddress(null)
    setNote(null)
    await load()
  }
  return (
    <Section title={t.edge}>
      <p class="soft">{address.from === 'policy' ? t.edgeByPolicy : t.edgeHelp}</p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <input
          class="grow"
          aria-label={t.edge}
          value={typed}
          readOnly={address.from === 'policy'}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        {address.from === 'policy' ? null : <button type="submit">{t.save}</button>}
        {address.from === 'member' ? (
          <button type="button" class="link" onClick={() => void reset()}>
            {t.reset}
          </button>
        ) : null}
      </form>
      {note ? (
        <p class={note.isBad ? 'error' : 'soft'} role="status">
          {note.text}
        </p>
      ) : null}
    </Section>
  )
}

function Account({ language }: { language: Language }) {
  const t = toolbarText(language)
  /** Undefined until it is known. */
  const [session, setSession] = useState<Session | null>()
  const { isBusy, error, run } = useAction()
  const load = async () => {
    const answer = await ask('session')
    setSession('value' in answer ? answer.value : null)
  }
  useEffect(() => void load(), [])
  if (session === undefined) return null
  return (
    <Section title={t.account}>
      <div class="row">
        <span class="grow">
          {session ? t.accountOf(session.member.name, session.firm.name) : t.signedOut}
        </span>
        <button
          type="button"
          disabled={isBusy}
          onClick={() =>
            void run(async () => {
              const failed = failure(session ? await ask('signOut') : await ask('signIn'))
              await load()
              return failed
            })
          }
        >
          {session ? t.signOut : t.signIn}
        </button>
      </div>
      {error ? <ErrorNote error={error} language={language} /> : null}
    </Section>
  )
}

function Sites({ language }: { language: Language }) {
  const t = toolbarText(language)
  const [sites, setSites] = useState<string[]>([])
  const load = async () => setSites(await enabledSites())
  useEffect(() => void load(), [])
  const remove = async (site: string) => {
    await setSite(site, false)
    await browser.permissions.remove({ origins: [site] }).catch(() => false)
    await load()
  }
  return (
    <Section title={t.sites}>
      <p class="soft">{sites.length > 0 ? t.sitesHelp : t.noSites}</p>
      {sites.map((site) => (
        <div key={site} class="row">
          <span class="grow">{site.replace('/*', '')}</span>
          <button
            type="button"
            class="link"
            aria-label={`${t.remove} ${site}`}
            onClick={() => void remove(site)}
          >
            {t.remove}
          </button>
        </div>
      ))}
    </Section>
  )
}
