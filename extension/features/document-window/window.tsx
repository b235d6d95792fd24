import { useRef } from 'preact/hooks'
import { formatAmount } from '../../../shared/text/format.ts'
import type { WindowCommand } from '../../lib/protocol.ts'
import { voucherLabel } from './choices.tsx'
import type { Controller, WindowState } from './controller.ts'
import { DocumentView } from './document-view.tsx'
import { Icon, type IconName } from './icons.tsx'
import { ActionButton, language, text } from './parts.tsx'
import type { DockSide, Preferences } from './preferences.ts'
import { useStore } from './store.ts'
import type { Painted } from './viewer/viewer.ts'

const docks: readonly (readonly [DockSide, IconName])[] = [
  ['right', 'dockRight'],
  ['left', 'dockLeft'],
  ['bottom', 'dockBottom'],
  ['float', 'dockFloat'],
]

/** The frame over the analysis page: the voucher's head, its documents, and the handle that resizes the frame. */
export function DocumentWindow(props: {
  controller: Controller
  preferences: Preferences
  onPreferences: (part: Partial<Preferences>) => void
  onCommand: (command: WindowCommand) => void
  onOpenTab: () => void
  onPainted: (what: Painted) => void
}) {
  const { controller, preferences, onPreferences, onCommand } = props
  const state = useStore(controller.state)
  const isPreview = state.request?.mode === 'preview'
  const close = () => onCommand({ type: 'close' })
  const step = (by: 1 | -1) => () => onCommand({ type: 'voucher', step: by })
  const outer = isPreview
    ? {}
    : { close, previousVoucher: step(-1), nextVoucher: step(1), openTab: props.onOpenTab }
  return (
    <main
      class="window"
      data-dock={isPreview ? 'float' : preferences.dock}
      data-preview={isPreview ? '' : undefined}
      onPointerEnter={() => isPreview && onCommand({ type: 'hold', held: true })}
      onPointerLeave={() => isPreview && onCommand({ type: 'hold', held: false })}
    >
      {isPreview ? null : <ResizeHandle dock={preferences.dock} onCommand={onCommand} />}
      <header class="head">
        <Head state={state} />
        {isPreview ? null : (
          <div class="head-actions">
            <ActionButton action="previousVoucher" icon="up" onAction={step(-1)} />
            <ActionButton action="nextVoucher" icon="down" onAction={step(1)} />
            <span class="divider" />
            {docks.map(([side, icon]) => (
              <button
                key={side}
                type="button"
                class="icon-button dock-button"
                title={text.dock[side]}
                aria-label={`${text.dockLabel}: ${text.dock[side]}`}
                aria-pressed={preferences.dock === side}
                onClick={() => {
                  onPreferences({ dock: side })
                  onCommand({ type: 'dock', side })
                }}
              >
                <Icon name={icon} />
              </button>
            ))}
            <span class="divider" />
            <ActionButton action="close" icon="close" onAction={close} />
          </div>
        )}
      </header>
      <DocumentView
        controller={controller}
        preferences={preferences}
        onPreferences={onPreferences}
        outer={outer}
        isPreview={isPreview}
        onPainted={props.onPainted}
      />
    </main>
  )
}

/** `A 123`, date, text and amount. */
function Head({ state }: { state: WindowState }) {
  const { key, request, voucher } = state
  const shownKey = key ?? request?.keys[0]
  const found = voucher.state === 'ready' ? voucher.value.voucher : null
  const debit = found?.rows.reduce(
    (sum, { kind, amount }) => (kind === 'TRANS' ? sum + Math.max(0, amount) : sum),
    0,
  )
  return (
    <h1 class="head-voucher">
      <span class="voucher-id">{shownKey === undefined ? '' : voucherLabel(shownKey)}</span>
      {found ? (
        <>
          <span class="head-date">{found.date}</span>
          <span class="head-text">{found.text || text.noText}</span>
          <span class="head-amount">{debit === undefined ? '' : formatAmount(debit, language)}</span>
        </>
      ) : null}
    </h1>
  )
}

const keyStep = 40

/** Drags the frame's inner edge, by pointer or with the arrow keys. The page's script sets the frame's size. */
function ResizeHandle(props: { dock: DockSide; onCommand: (command: WindowCommand) => void }) {
  const { dock, onCommand } = props
  const drag = useRef<{ x: number; y: number; width: number; height: number } | null>(null)
  const grow = { right: [-1, 0], left: [1, 0], bottom: [0, -1], float: [1, 1] }[dock] as [number, number]
  const resize = (from: { width: number; height: number }, x: number, y: number) =>
    onCommand({ type: 'resize', width: from.width + grow[0] * x, height: from.height + grow[1] * y })
  return (
    <hr
      class="resize"
      tabIndex={0}
      aria-label={text.resize}
      aria-orientation={dock === 'bottom' ? 'horizontal' : 'vertical'}
      aria-valuenow={dock === 'bottom' ? innerHeight : innerWidth}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.screenX, y: event.screenY, width: innerWidth, height: innerHeight }
      }}
      onPointerMove={(event) => {
        if (drag.current) resize(drag.current, event.screenX - drag.current.x, event.screenY - drag.current.y)
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
        if (!by) return
        event.preventDefault()
        resize({ width: innerWidth, height: innerHeight }, by[0]! * keyStep, by[1]! * keyStep)
      }}
    />
  )
}
