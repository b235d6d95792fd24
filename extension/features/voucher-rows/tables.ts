import type { Grid } from '../../host/generic/grid.ts'
import { scan } from '../../host/generic/scan.ts'
import { mayBegin } from '../../host/generic/texts.ts'
import { VoucherTable } from '../../host/generic/voucher-table.ts'
import type { ColumnHint } from '../../lib/protocol.ts'
import { isOurs } from '../../lib/ui/host-element.ts'

/** How long a walk over the page may hold it up before it lets go, ms. */
const slice = 5
/** At least this long between two walks, ms: a page that never rests must not be walked all the time. */
const pause = 250

const attributes = [
  'style',
  'class',
  'hidden',
  'open',
  'aria-hidden',
  'aria-rowindex',
  'row-index',
  'data-rowindex',
  'aria-colindex',
  'value',
]

/** When elements are looked at that may have got a shadow root since the walk, ms after it. */
const rootDelays = [200, 500, 1000, 2000, 4000, 8000]

/** Transitions of these carry rows to another place. */
const moves = /transform|translate|top|left|bottom|height|margin|padding|inset/

export interface TableEvents {
  /** Rows of a known table changed or moved: put the buttons right in the next frame. */
  changed(): void
  /** Something else on the page changed. */
  elsewhere(): void
  /** Something in the page is on its way to another place, by a transition. */
  moving(): void
  /** An element scrolls, or the document (its `Document`). */
  scrolled(target: EventTarget | null): void
  /** The set of tables is known again. */
  found(): void
}

/**
 * Keeps the set of voucher tables on the page: walks it, watches every tree it walked, and walks again when something
 * outside the known tables changed.
 */
export class Tables {
  readonly known = new Map<Element, VoucherTable>()
  readonly #observers = new Map<Document | ShadowRoot, MutationObserver>()
  readonly #events: TableEvents
  readonly #hints: () => readonly ColumnHint[]
  readonly #signal: AbortSignal
  #walking = false
  #again = false
  #lastWalk = Number.NEGATIVE_INFINITY
  #rootTimer = 0
  #rootless: readonly Element[] = []

  constructor(events: TableEvents, hints: () => readonly ColumnHint[], signal: AbortSignal) {
    this.#events = events
    this.#hints = hints
    this.#signal = signal
    signal.addEventListener('abort', () => {
      clearTimeout(this.#rootTimer)
      for (const observer of this.#observers.values()) observer.disconnect()
      this.#observers.clear()
      this.known.clear()
    })
  }

  /** Walks the page now, or once more after the walk under way. */
  async walk(): Promise<void> {
    if (this.#walking) {
      this.#again = true
      return
    }
    this.#walking = true
    do {
      this.#again = false
      const wait = this.#lastWalk + pause - performance.now()
      if (wait > 0) await sleep(wait)
      await this.#walkOnce()
    } while (this.#again && !this.#signal.aborted)
    this.#walking = false
  }

  async #walkOnce(): Promise<void> {
    const fresh = new Map<Grid, VoucherTable>()
    const isGrid = (grid: Grid) => {
      const known = this.known.get(grid.root)
      const table = known?.grid.kind === grid.kind ? known : new VoucherTable(grid, this.#hints)
      if (grid.read) table.grid = grid
      if (table !== known || !table.columns) table.changed()
      if (!table.check()) return false
      fresh.set(grid, table)
      return true
    }
    await sleep(0)
    const steps = scan(document, isGrid, isOurs)
    let start = performance.now()
    let step = steps.next()
    while (!step.done) {
      if (performance.now() - start > slice) {
        await sleep(0)
        if (this.#signal.aborted) return
        start = performance.now()
      }
      step = steps.next()
    }
    if (this.#signal.aborted) return
    this.#lastWalk = performance.now()
    const { grids, roots, rootless } = step.value
    this.known.clear()
    for (const grid of grids) this.known.set(grid.root, fresh.get(grid)!)
    this.#watch(roots)
    this.#rootless = rootless
    this.#awaitRoots(0)
    await sleep(0)
    if (!this.#signal.aborted) this.#events.found()
  }

  /** Walks again when an element has got a shadow root since the walk. */
  #awaitRoots(attempt: number): void {
    clearTimeout(this.#rootTimer)
    const delay = rootDelays[attempt]
    if (this.#rootless.length === 0 || delay === undefined) return
    this.#rootTimer = window.setTimeout(() => {
      if (this.#rootless.some(({ shadowRoot }) => shadowRoot)) void this.walk()
      else this.#awaitRoots(attempt + 1)
    }, delay)
  }

  #watch(roots: readonly (Document | ShadowRoot)[]): void {
    for (const [root, observer] of this.#observers) {
      if (roots.includes(root)) continue
      observer.disconnect()
      this.#observers.delete(root)
    }
    for (const root of roots) {
      if (this.#observers.has(root)) continue
      const observer = new MutationObserver((records) => this.#take(records))
      observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: attributes,
      })
      this.#observers.set(root, observer)
      const options = { capture: true, passive: true, signal: this.#signal }
      // What a person does on the page may be what makes it draw.
      for (const type of ['click', 'keyup']) root.addEventListener(type, () => this.#awaitRoots(0), options)
      root.addEventListener('scroll', ({ target }) => this.#events.scrolled(target), options)
      root.addEventListener('load', ({ target }) => isFrame(target) && void this.walk(), options)
      root.addEventListener(
        'transitionrun',
        (event) => {
          if (moves.test((event as TransitionEvent).propertyName)) this.#events.moving()
        },
        options,
      )
      for (const type of ['transitionend', 'animationend', 'toggle', 'change'] as const) {
        root.addEventListener(type, () => this.#events.elsewhere(), options)
      }
      if (root.nodeType === Node.DOCUMENT_NODE) {
        const { defaultView } = root as Document
        defaultView?.addEventListener('resize', () => this.#events.changed(), options)
      }
    }
  }

  #take(records: readonly MutationRecord[]): void {
    let isInside = false
    let isElsewhere = false
    let isNew = false
    for (const { target, type, addedNodes, removedNodes } of records) {
      const table = this.#tableAround(target)
      if (table) {
        isInside = true
        if (type === 'childList' || type === 'attributes') table.changed()
        continue
      }
      const nodes = type === 'characterData' ? [target] : [...addedNodes, ...removedNodes]
      if (type !== 'childList' || nodes.some((node) => !isOurs(node))) isElsewhere = true
      isNew ||= nodes.some((node) =>
        node.nodeType === Node.ELEMENT_NODE ? !isOurs(node) : mayBegin(node.nodeValue),
      )
    }
    if (isInside) this.#events.changed()
    if (isElsewhere) this.#events.elsewhere()
    if (isNew) void this.walk()
  }

  #tableAround(node: Node): VoucherTable | null {
    for (const [root, table] of this.known) {
      if (table.grid.read) continue
      // What stands in a component's slots is outside its tree.
      if (root.contains(node) || (table.host?.contains(node) && table.host !== node)) return table
    }
    return null
  }
}

function isFrame(target: EventTarget | null): boolean {
  const name = (target as Element | null)?.localName
  return name === 'iframe' || name === 'frame'
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
