import type { WindowState } from './controller.ts'
import type { Action } from './keys.ts'
import { ActionButton, text } from './parts.tsx'
import type { OpenDocument } from './viewer/open-document.ts'
import type { Viewer } from './viewer/viewer.ts'

/** Above the document: which one of how many, pages and zoom, and what can be done with it. */
export function Toolbar(props: {
  state: WindowState
  viewer: Viewer | null
  opened: OpenDocument | null
  shownPage: number
  scale: number
  has: { thumbnails: boolean; panel: boolean; openTab: boolean }
  onAction: (action: Action) => void
}) {
  const { state, viewer, opened, shownPage, scale, has, onAction } = props
  const count = state.voucher.state === 'ready' ? state.voucher.value.documents.length : 0
  const { shown, position } = state
  const cannotDraw = opened === null
  const cannotSave = !shown?.bytes
  // Only what is drawn, or is about to be, can be zoomed.
  const hasPages = shown !== null && shown.opened.state !== 'failed'
  return (
    <div class="toolbar" role="toolbar" aria-label={text.documents}>
      <div class="toolbar-group">
        <ActionButton
          action="previousDocument"
          icon="previous"
          onAction={onAction}
          isDisabled={position === 0}
        />
        <span class="toolbar-count" title={count > 0 ? text.document(position + 1, count) : ''}>
          {count > 0 ? `${position + 1}/${count}` : '–'}
        </span>
        <ActionButton
          action="nextDocument"
          icon="next"
          onAction={onAction}
          isDisabled={position >= count - 1}
        />
      </div>
      <span class="toolbar-name" title={shown?.entry.fileName ?? shown?.entry.name ?? ''}>
        {shown?.entry.name ?? ''}
      </span>
      <div class="toolbar-group toolbar-view" hidden={!hasPages}>
        {opened && opened.pages > 1 ? (
          <>
            <span class="toolbar-count" title={text.page(shownPage, opened.pages)}>
              {`${shownPage} / ${opened.pages}`}
            </span>
            <ActionButton
              action="thumbnails"
              icon="thumbnails"
              onAction={onAction}
              isPressed={has.thumbnails}
            />
          </>
        ) : null}
        <ActionButton action="zoomOut" icon="zoomOut" onAction={onAction} isDisabled={cannotDraw} />
        <span class="toolbar-scale">{cannotDraw ? '' : `${Math.round(scale * 100)} %`}</span>
        <ActionButton action="zoomIn" icon="zoomIn" onAction={onAction} isDisabled={cannotDraw} />
        <ActionButton
          action="fitWidth"
          icon="fitWidth"
          onAction={onAction}
          isDisabled={cannotDraw}
          isPressed={viewer?.zoom === 'width'}
        />
        <ActionButton
          action="fitPage"
          icon="fitPage"
          onAction={onAction}
          isDisabled={cannotDraw}
          isPressed={viewer?.zoom === 'page'}
        />
        <ActionButton action="rotate" icon="rotate" onAction={onAction} isDisabled={cannotDraw} />
        <ActionButton
          action="search"
          icon="search"
          onAction={onAction}
          isDisabled={cannotDraw || opened?.kind === 'image'}
        />
      </div>
      <div class="toolbar-group">
        {hasPages ? (
          <ActionButton action="print" icon="print" onAction={onAction} isDisabled={cannotDraw} />
        ) : null}
        {shown ? (
          <ActionButton action="download" icon="download" onAction={onAction} isDisabled={cannotSave} />
        ) : null}
        {has.openTab ? <ActionButton action="openTab" icon="openTab" onAction={onAction} /> : null}
        <ActionButton action="copyLink" icon="copyLink" onAction={onAction} />
        <ActionButton action="panel" icon="panel" onAction={onAction} isPressed={has.panel} />
        <ActionButton action="help" icon="help" onAction={onAction} />
      </div>
    </div>
  )
}
