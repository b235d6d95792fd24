import type { Language } from '../../../shared/text/language.ts'
import { identityOf, type RowReading } from '../../host/generic/columns.ts'
import type { VoucherTable } from '../../host/generic/voucher-table.ts'
import type { Page } from '../../lib/page.ts'
import type { RowAnswer } from '../../lib/protocol.ts'
import { faceOf } from './button.ts'
import { buttonHeight, Layer, type Placed } from './layer.ts'
import { Lookups, queryOf } from './lookups.ts'
import { Alignment, coveredRows, type Point } from './place.ts'
import { type Box, type Surroundings, surroundingsOf, visibleBox } from './scroller.ts'
import { Tables } from './tables.ts'
import { rowsBetween } from './visible.ts'

/** A row that carries a button now. */
export interface ShownRow {
  table: VoucherTable
  row: Element
  key: string
  reading: RowReading
  answer: RowAnswer
}

interface Entry {
  table: VoucherTable
  layer: Layer
  alignment: Alignment
  surroundings: Surroundings | null
  /** The rows' parent when the surroundings were looked at. */
  parent: Element | null
  shown: Map<string, ShownRow>
}

/** Before the edge has said anything of session and company. */
const unaskedFacts = '[null,null,null]'

/** How long things elsewhere on the page may leave a button beside its row, ms. */
const elsewhereDelay = 120
/** How long rows are followed in every frame after a transition has begun, ms. */
const longestMove = 700

/**
 * Keeps a button on every voucher row in view, and one screen around it. One flush a frame at most: first everything is
 * read, then everything is written, and what is written lies outside the page's own elements.
 */
export class Decorator {
  readonly lookups = new Lookups()
  readonly tables: Tables
  readonly #page: Page
  readonly #language: Language
  readonly #entries = new Map<Element, Entry>()
  readonly #onLayer: (layer: Layer) => void
  readonly #onDrawn: () => void
  #frame = 0
  #company: string | null = null
  #facts = unaskedFacts
  #timer = 0
  #soonFrame = 0
  #soonTimer = 0
  #movesUntil = 0
  /** The voucher whose document is shown: its row is framed. */
  current: { table: VoucherTable; identity: string } | null = null

  constructor(page: Page, language: Language, onLayer: (layer: Layer) => void, onDrawn: () => void) {
    this.#page = page
    this.#language = language
    this.#onLayer = onLayer
    this.#onDrawn = onDrawn
    this.tables = new Tables(
      {
        changed: () => this.schedule(),
        elsewhere: () => this.#later(),
        moving: () => {
          this.#movesUntil = performance.now() + longestMove
          this.schedule()
        },
        scrolled: (target) => {
          for (const { layer, surroundings } of this.#entries.values()) {
            if (surroundings?.scroller === target) layer.follow()
          }
          this.schedule()
        },
        found: () => {
          for (const entry of this.#entries.values()) entry.surroundings = null
          this.flush()
        },
      },
      () => page.memory.columns,
      page.signal,
    )
    page.on((what) => {
      if (what === 'page') return
      if (what === 'memory') {
        for (const table of this.tables.known.values()) table.check(true)
        void this.tables.walk()
      }
      this.#takeCompany()
      this.#soon()
    })
    page.signal.addEventListener('abort', () => {
      cancelAnimationFrame(this.#frame)
      cancelAnimationFrame(this.#soonFrame)
      clearTimeout(this.#timer)
      clearTimeout(this.#soonTimer)
      for (const { layer } of this.#entries.values()) layer.remove()
      this.#entries.clear()
    })
  }

  /** Looks everything up anew when another company, or another state or version of this one, says so. */
  #takeCompany(): void {
    const { company, session, state } = this.#page
    const number = company?.organisationNumber ?? null
    const facts = JSON.stringify([
      session?.member.id,
      state?.state,
      state?.years.map(({ id, version }) => [id, version]),
    ])
    if (number !== this.#company) this.lookups.reset(number)
    else if (facts !== this.#facts && this.#facts !== unaskedFacts) this.lookups.renew()
    this.#company = number
    this.#facts = facts
  }

  /**
   * A flush in a task of its own, after the next frame: nothing on the page moved, so it need not share a frame with the
   * page's painting, and what was written last has been laid out by then, so that reading forces nothing.
   */
  #soon(): void {
    cancelAnimationFrame(this.#soonFrame)
    clearTimeout(this.#soonTimer)
    if (this.#page.signal.aborted) return
    this.#soonFrame = requestAnimationFrame(() => {
      this.#soonTimer = window.setTimeout(() => this.flush(), 0)
    })
  }

  schedule(): void {
    if (this.#frame || this.#page.signal.aborted) return
    this.#frame = requestAnimationFrame(() => this.flush())
  }

  #later(): void {
    if (this.#timer || this.#page.signal.aborted) return
    this.#timer = window.setTimeout(() => {
      this.#timer = 0
      this.#page.look()
      this.schedule()
    }, elsewhereDelay)
  }

  flush(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#page.signal.aborted) return
    const hasCompany =
      this.#page.company !== null && this.#page.session !== null && this.lookups.active !== false
    const unknown: { row: RowReading; query: ReturnType<typeof queryOf> }[] = []
    const drawings = hasCompany
      ? [...this.tables.known.values()].flatMap((table) => this.#read(table, unknown) ?? [])
      : []
    const drawn = new Set(drawings.map(({ entry }) => entry))
    for (const [root, entry] of this.#entries) {
      if (drawn.has(entry)) continue
      entry.layer.remove()
      this.#entries.delete(root)
    }
    for (const draw of drawings) draw.write()
    if (performance.now() < this.#movesUntil) this.schedule()
    if (unknown.length === 0) {
      this.#onDrawn()
      return
    }
    void this.lookups.ask(unknown).then((learnt) => {
      if (learnt) this.#soon()
    })
  }

  /** What a row asks of the background, as the page stands now. */
  queryOf(row: RowReading): ReturnType<typeof queryOf> {
    return queryOf(row, this.#page.state?.years ?? [], this.#page.year())
  }

  /** Reads one table. @returns what is to be written, null when it is none any more */
  #read(
    table: VoucherTable,
    unknown: { row: RowReading; query: ReturnType<typeof queryOf> }[],
  ): { entry: Entry; write: () => void } | null {
    const { root } = table.grid
    if (!root.isConnected || !table.check()) return null
    const rows = table.rows
    const entry = this.#entry(table)
    const [first] = rows
    if (first && (entry.surroundings === null || entry.parent !== first.parentElement)) {
      entry.surroundings = surroundingsOf(first)
      entry.parent = first.parentElement
    }
    const { surroundings } = entry
    if (!surroundings) return null
    const view = root.ownerDocument.defaultView ?? window
    const box = visibleBox(surroundings, view)
    const screen = Math.max(0, box.bottom - box.top)
    const isOpen = box.right > box.left && screen > 0
    const placedRows = isOpen ? rowsBetween(rows, box.top - screen, box.bottom + screen) : []
    if (!entry.layer.host.isConnected) entry.layer.attach(surroundings, root)
    const origin = entry.layer.origin()
    const { placed, frame, shown } = this.#place(entry, placedRows, box, unknown)
    return {
      entry,
      write: () => {
        entry.shown = shown
        entry.layer.attach(surroundings, root)
        entry.layer.draw(placed, origin, box, this.lookups.connection === 'broken')
        entry.layer.highlight(frame, origin, box)
      },
    }
  }

  #place(
    entry: Entry,
    rows: readonly { row: Element; rect: DOMRect }[],
    box: Box,
    unknown: { row: RowReading; query: ReturnType<typeof queryOf> }[],
  ): { placed: Placed[]; frame: DOMRect | null; shown: Map<string, ShownRow> } {
    const { table } = entry
    const years = this.#page.state?.years ?? []
    const pageYear = this.#page.year()
    const placed: Placed[] = []
    const shown = new Map<string, ShownRow>()
    const times = new Map<string, number>()
    const points: Point[] = []
    let frame: DOMRect | null = null
    const seen = rows.flatMap(({ row, rect }) => {
      const reading = table.read(row)
      const cell = reading && table.voucherCell(row)
      return reading && cell ? [{ row, rect, reading, cell }] : []
    })
    entry.alignment.measure(seen.map(({ cell }) => cell))
    for (const { row, rect, reading, cell } of seen) {
      const identity = identityOf(reading)
      const query = queryOf(reading, years, pageYear)
      const answer = this.lookups.get(reading, query.year)
      if (this.current?.table === table && this.current.identity === identity) frame ??= rect
      if (this.lookups.isWanted(reading, query.year)) unknown.push({ row: reading, query })
      if (!answer) continue
      const time = (times.get(identity) ?? 0) + 1
      times.set(identity, time)
      const key = `${identity}#${time}`
      const cellRect = cell.getBoundingClientRect()
      const left = entry.alignment.left(cell)
      // A cell over several rows carries its button beside the number, which stands at the first.
      const middle =
        cellRect.height > rect.height * 1.5 ? rect.top + rect.height / 2 : cellRect.top + cellRect.height / 2
      const top = middle - buttonHeight / 2
      const isCut = left + 12 < box.left || left + 12 > box.right
      if (!isCut && middle > box.top && middle < box.bottom) points.push({ row, x: left - 3, y: middle })
      const face = faceOf(reading, answer, this.lookups, this.#language)
      placed.push({ key, row, left, top, face, hidden: isCut })
      shown.set(key, { table, row, key, reading, answer })
    }
    const covered = coveredRows(points)
    for (const one of placed) one.hidden ||= covered.has(one.row)
    return { placed, frame, shown }
  }

  #entry(table: VoucherTable): Entry {
    const { root } = table.grid
    const known = this.#entries.get(root)
    if (known) {
      known.table = table
      return known
    }
    const layer = new Layer(root.ownerDocument)
    this.#onLayer(layer)
    const entry: Entry = {
      table,
      layer,
      alignment: new Alignment(),
      surroundings: null,
      parent: null,
      shown: new Map(),
    }
    this.#entries.set(root, entry)
    return entry
  }

  /** The row that a button stands on. */
  shownOf(button: Element): ShownRow | null {
    const key = (button as HTMLElement).dataset.key ?? ''
    for (const { layer, shown } of this.#entries.values()) {
      if (layer.button(key) === button) return shown.get(key) ?? null
    }
    return null
  }

  /** The button of a row that shows this voucher, if one is drawn. */
  buttonOf(table: VoucherTable, identity: string): HTMLButtonElement | null {
    const entry = this.#entries.get(table.grid.root)
    return entry?.layer.button(`${identity}#1`) ?? null
  }

  buttonAt({ table, key }: Pick<ShownRow, 'table' | 'key'>): HTMLButtonElement | null {
    return this.#entries.get(table.grid.root)?.layer.button(key) ?? null
  }

  /** All rows that carry a button now, table by table, in the page's order. */
  shown(): ShownRow[] {
    return [...this.#entries.values()].flatMap(({ shown }) => [...shown.values()])
  }

  scrollerOf(table: VoucherTable): HTMLElement | null {
    return this.#entries.get(table.grid.root)?.surroundings?.scroller ?? null
  }
}
