import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatDateTime } from '../../../shared/text/format.ts'
import { AmountLine, useFinding } from './amount-line.tsx'
import { Choices } from './choices.tsx'
import type { Controller, WindowState } from './controller.ts'
import { KeyHelp } from './key-help.tsx'
import { type Action, actionOf } from './keys.ts'
import { copy, linkTo } from './link.ts'
import { Failed, NoDocuments, Skeleton, Warnings } from './notices.tsx'
import { Panel } from './panel.tsx'
import { text } from './parts.tsx'
import { loadRotations, type Preferences, saveRotation } from './preferences.ts'
import { printDocument } from './print.ts'
import { savedName, saveFile } from './save.ts'
import { SearchBar } from './search-bar.tsx'
import { useStore } from './store.ts'
import { Thumbnails } from './thumbnails.tsx'
import { Toolbar } from './toolbar.tsx'
import type { Mark } from './viewer/marks.ts'
import type { Rotation } from './viewer/open-document.ts'
import { type Painted, Viewer } from './viewer/viewer.ts'

export interface DocumentViewProps {
  controller: Controller
  preferences: Preferences
  onPreferences: (part: Partial<Preferences>) => void
  /** What the surroundings do: close, the next voucher, open in a tab. Those they leave out are neither shown nor bound. */
  outer: Partial<Record<Action, () => void>>
  onPainted?: (what: Painted) => void
  isPreview?: boolean
  /** Keys work while the focus is in here; default: anywhere. */
  keysWithin?: RefObject<HTMLElement>
}

/** The actions that only the surroundings can carry out. */
const outerActions: readonly Action[] = ['close', 'previousVoucher', 'nextVoucher', 'openTab']

/** A voucher's documents: toolbar, pages, amount line, and the panel with the voucher's rows. */
export function DocumentView(props: DocumentViewProps) {
  const { controller, preferences, onPreferences, outer, isPreview = false } = props
  const state = useStore(controller.state)
  const [isSearching, setSearching] = useState(false)
  const [hasThumbnails, setThumbnails] = useState(false)
  const [hasHelp, setHelp] = useState(false)
  const [said, say] = useSaying()
  const pane = usePages(controller, state, preferences, isPreview, props.onPainted)
  const { viewer, opened, isPainted } = pane
  const finding = useFinding(state, opened, isPainted && !isPreview)
  const [searchMarks, setSearchMarks] = useState<Mark[] | null>(null)
  const revealed = useRef(-1)

  useEffect(() => {
    viewer.current?.setMarks(searchMarks ?? finding?.marks ?? [])
    revealed.current = -1
  }, [searchMarks, finding, opened, isPainted])
  useEffect(() => {
    setSearching(false)
    setSearchMarks(null)
  }, [opened])

  const reveal = () => {
    const marks = finding?.marks ?? []
    revealed.current = (revealed.current + 1) % Math.max(1, marks.length)
    const mark = marks[revealed.current]
    if (mark) viewer.current?.reveal(mark)
  }
  const save = async () => {
    const { request, shown, key, voucher } = controller.state.value
    if (!request || !shown?.bytes || key === null) return
    const { entry, bytes } = shown
    const known = voucher.state === 'ready' ? voucher.value.voucher : null
    try {
      const blob = await controller.source.whole(request.company, request.year, entry.id, bytes)
      saveFile(savedName(key, known, entry, bytes), blob)
    } catch (error) {
      controller.drawingFailed(error)
    }
  }
  const print = async () => {
    if (!opened) return
    say(text.printing)
    try {
      const pages = await printDocument(opened, pane.rotation)
      say(pages < opened.pages ? text.onlyFirstPrinted(pages, opened.pages) : '')
    } catch (error) {
      controller.drawingFailed(error)
    }
  }
  const zoomTo = (zoom: Preferences['zoom']) => {
    viewer.current?.setZoom(zoom)
    onPreferences({ zoom })
  }
  const perform: Partial<Record<Action, () => void>> = {
    previousDocument: () => controller.goTo(state.position - 1),
    nextDocument: () => controller.goTo(state.position + 1),
    zoomIn: () => viewer.current?.zoomBy(1),
    zoomOut: () => viewer.current?.zoomBy(-1),
    actualSize: () => zoomTo(1),
    fitWidth: () => zoomTo('width'),
    fitPage: () => zoomTo('page'),
    rotate: () => pane.rotate(),
    search: () => opened && setSearching(true),
    thumbnails: () => setThumbnails(!hasThumbnails),
    panel: () => onPreferences({ panel: !preferences.panel }),
    print: () => void print(),
    download: save,
    copyLink: () => {
      const { request, key, position } = controller.state.value
      if (!request) return
      void copy(linkTo({ company: request.company, year: request.year, key, position })).then((isCopied) =>
        say(isCopied ? text.linkCopied : text.linkNotCopied),
      )
    },
    help: () => setHelp(true),
    ...outer,
  }
  const without = new Set(outerActions.filter((action) => !outer[action]))
  useKeys(isPreview ? null : perform, props.keysWithin)

  const view = state.voucher.state === 'ready' ? state.voucher.value : null
  const { shown } = state
  const failed = shown?.opened.state === 'failed' ? shown.opened.error : null
  return (
    <div class="document-view">
      <div
        class="view-grid"
        data-panel={preferences.panel && !isPreview && state.key !== null ? '' : undefined}
      >
        <div class="main">
          {isPreview ? null : (
            <Toolbar
              state={state}
              viewer={viewer.current}
              opened={opened}
              shownPage={pane.page}
              scale={pane.scale}
              has={{ thumbnails: hasThumbnails, panel: preferences.panel, openTab: !without.has('openTab') }}
              onAction={(action) => perform[action]?.()}
            />
          )}
          <Warnings state={state} />
          {shown && !failed && !isPreview ? (
            <AmountLine
              finding={finding}
              isSearching={finding === undefined && isPainted}
              onReveal={reveal}
            />
          ) : null}
          {isSearching && opened ? (
            <SearchBar
              opened={opened}
              onMarks={(marks, current) => {
                setSearchMarks(marks.map((mark) => (mark === current ? { ...mark, kind: 'current' } : mark)))
                if (current) requestAnimationFrame(() => viewer.current?.reveal(current))
              }}
              onClose={() => {
                setSearching(false)
                setSearchMarks(null)
                pane.scroller.current?.focus()
              }}
            />
          ) : null}
          <div class="stage">
            {hasThumbnails && opened && opened.pages > 1 ? (
              <Thumbnails
                opened={opened}
                rotation={pane.rotation}
                page={pane.page}
                onPage={(page) => viewer.current?.goTo(page)}
              />
            ) : null}
            <div class="pane">
              <div
                ref={pane.scroller}
                class="scroller"
                tabIndex={isPreview ? -1 : 0}
                hidden={!shown || failed !== null}
              />
              {state.failed ? (
                <Failed
                  error={state.failed}
                  bytes={null}
                  onAgain={() => outer.close?.()}
                  again={text.close}
                  onSave={save}
                />
              ) : state.choices.length > 0 && state.key === null ? (
                <Choices state={state} onChoose={(key) => controller.choose(key)} />
              ) : state.voucher.state === 'failed' ? (
                <Failed
                  error={state.voucher.error}
                  bytes={null}
                  onAgain={() => controller.again()}
                  onSave={save}
                />
              ) : failed ? (
                <Failed
                  error={failed}
                  bytes={shown?.bytes ?? null}
                  onAgain={(p) => controller.again(p)}
                  onSave={save}
                />
              ) : view && !shown ? (
                <NoDocuments view={view} />
              ) : isPainted ? null : (
                <Skeleton label={view ? text.loading : text.loadingVoucher} />
              )}
              {opened && opened.pages > opened.shownPages ? (
                <p class="pages-note">{text.onlyFirstPages(opened.shownPages, opened.pages)}</p>
              ) : null}
              {said ? (
                <p class="said" role="status">
                  {said}
                </p>
              ) : null}
            </div>
          </div>
        </div>
        {preferences.panel && !isPreview && state.key !== null ? (
          <div class="side">
            <Panel state={state} onDocument={(position) => controller.goTo(position)} />
            {view?.documentsAt ? (
              <p class="as-of">{`Fortnox ${text.asOf(formatDateTime(view.documentsAt))}`}</p>
            ) : null}
          </div>
        ) : null}
      </div>
      {hasHelp ? <KeyHelp without={without} onClose={() => setHelp(false)} /> : null}
    </div>
  )
}

/** Binds the viewer to what the controller shows. */
function usePages(
  controller: Controller,
  state: WindowState,
  preferences: Preferences,
  isPreview: boolean,
  onPainted?: (what: Painted) => void,
) {
  const scroller = useRef<HTMLDivElement>(null)
  const viewer = useRef<Viewer | null>(null)
  const [painted, setPainted] = useState<string | null>(null)
  const [layout, setLayout] = useState({ page: 1, scale: 1, rotation: 0 as Rotation })
  const rotations = useRef<Record<string, Rotation>>({})
  const latest = useRef({ onPainted, document: '' })
  const { shown } = state
  const document = shown ? `${state.request?.company}/${shown.entry.id}` : ''
  latest.current = { onPainted, document }
  const opened = shown?.opened.state === 'ready' ? shown.opened.value : null
  const picture = shown?.picture ?? null

  useLayoutEffect(() => {
    void loadRotations().then((known) => {
      rotations.current = known
    })
    const made = new Viewer(scroller.current!, {
      onPainted: (what) => {
        setPainted(latest.current.document)
        requestAnimationFrame(() =>
          setTimeout(() => {
            controller.painted()
            latest.current.onPainted?.(what)
          }),
        )
      },
      onFailed: (error) => controller.drawingFailed(error),
      onChanged: () => setLayout({ page: made.page, scale: made.scale, rotation: made.rotation }),
    })
    made.setZoom(preferences.zoom)
    viewer.current = made
    return () => made.destroy()
  }, [controller])
  useLayoutEffect(() => {
    // What was chosen the last time is read after the viewer was made.
    if (viewer.current && viewer.current.zoom !== preferences.zoom) viewer.current.setZoom(preferences.zoom)
  }, [preferences.zoom])
  useLayoutEffect(() => {
    viewer.current?.clear()
    setPainted(null)
  }, [document])
  useLayoutEffect(() => {
    if (picture && !opened) {
      void viewer.current?.showPicture(picture, rotations.current[document] ?? 0).catch(() => {})
    }
  }, [picture, document])
  useLayoutEffect(() => {
    if (opened) void viewer.current?.open(opened, rotations.current[document] ?? 0, isPreview ? 1 : undefined)
  }, [opened])

  return {
    scroller,
    viewer,
    opened,
    isPainted: painted === document && document !== '',
    ...layout,
    rotate() {
      const rotation = (((viewer.current?.rotation ?? 0) + 90) % 360) as Rotation
      viewer.current?.setRotation(rotation)
      rotations.current = { ...rotations.current, [document]: rotation }
      void saveRotation(document, rotation)
    },
  }
}

function useKeys(perform: Partial<Record<Action, () => void>> | null, within?: RefObject<HTMLElement>): void {
  const latest = useRef(perform)
  latest.current = perform
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping =
        target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select')
      if (event.defaultPrevented || (isTyping && event.key !== 'Escape')) return
      if (document.querySelector('dialog[open]')) return
      if (within?.current && !within.current.contains(target as Node)) return
      const action = actionOf(event)
      const act = action && latest.current?.[action]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

/** How long words stay: two seconds, or as long as they take to read. */
function readingMs(words: string): number {
  return Math.max(2_000, 90 * words.length)
}

function useSaying(): [string, (words: string) => void] {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(''), readingMs(said))
    return () => clearTimeout(timer)
  }, [said])
  return [said, setSaid]
}
