import type { Language } from '../../../shared/text/language.ts'
import { identityOf, type RowReading } from '../../host/generic/columns.ts'
import type { VoucherTable } from '../../host/generic/voucher-table.ts'
import type { Page } from '../../lib/page.ts'
import type { RowAnswer } from '../../lib/protocol.ts'
import { faceOf } from './button.ts'
import { buttonHeight, Layer, type Placed } from './layer.ts'
import { Lookups, queryOf } from './lookups.ts'
import { isSame, Parts } from './parts.ts'
import { Alignment, afterText, coveredRows, isTight, type Point } from './place.ts'
import { type Box, cutBox, type Surroundings, surroundingsOf, visibleBox } from './scroller.ts'
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
  parts: Parts
  drawn: DrawnPart[]
}

interface DrawnPart {
  layer: Layer
  alignment: Alignment
  surroundings: Surroundings
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
          for (const { layer, surroundings } of this.#drawn()) {
            if (surroundings.scroller === target) layer.follow()
          }
          this.schedule()
        },
        found: () => {
          for (const { parts } of this.#entries.values()) parts.forget()
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
      for (const { layer } of this.#drawn()) layer.remove()
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
      ? [...this.tables.known.values()].flatMap((table) => this.#read(table, unknown))
      : []
    const drawn = new Set(drawings.map(({ part }) => part))
    for (const [root, entry] of this.#entries) {
      for (const part of entry.drawn) if (!drawn.has(part)) part.layer.remove()
      entry.drawn = entry.drawn.filter((part) => drawn.has(part))
      if (entry.drawn.length === 0) this.#entries.delete(root)
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

  /** Reads one table, part by part. @returns what is to be written; nothing when it is no table of vouchers any more */
  #read(
    table: VoucherTable,
    unknown: { row: RowReading; query: ReturnType<typeof queryOf> }[],
  ): { part: DrawnPart; write: () => void }[] {
    const { root } = table.grid
    if (!root.isConnected || !table.check()) return []
    const entry = this.#entry(table)
    const view = root.ownerDocument.defaultView ?? window
    return entry.parts
      .of(table.rows, table.grid.kind === 'table', (row) => table.voucherCell(row))
      .map(({ rows, surroundings }) => {
        const part = this.#part(entry, surroundings)
        const box = visibleBox(surroundings, view)
        const screen = Math.max(0, box.bottom - box.top)
        const isOpen = box.right > box.left && screen > 0
        const placedRows = isOpen ? rowsBetween(rows, box.top - screen, box.bottom + screen) : []
        if (!part.layer.host.isConnected) part.layer.attach(surroundings, root)
        const origin = part.layer.origin()
        const { placed, frame, shown, above } = this.#place(table, part, placedRows, box, unknown)
        const zIndex = above
          ? highest(surroundings.zIndex, surroundingsOf(above).zIndex)
          : surroundings.zIndex
        const write = () => {
          part.shown = shown
          part.layer.attach({ ...surroundings, zIndex }, root)
          part.layer.draw(placed, origin, box, this.lookups.connection === 'broken')
          part.layer.highlight(frame, origin, box)
        }
        return { part, write }
      })
  }

  #place(
    table: VoucherTable,
    { alignment, surroundings }: DrawnPart,
    rows: readonly { row: Element; rect: DOMRect }[],
    box: Box,
    unknown: { row: RowReading; query: ReturnType<typeof queryOf> }[],
  ): { placed: Placed[]; frame: DOMRect | null; shown: Map<string, ShownRow>; above: Element | null } {
    const years = this.#page.state?.years ?? []
    const pageYear = this.#page.year()
    const placed: Placed[] = []
    const shown = new Map<string, ShownRow>()
    const times = new Map<string, number>()
    const points: Point[] = []
    let frame: DOMRect | null = null
    // What scrolls is cut by the layer; what the page's own script moves is not.
    const cut = surroundings.scroller ? null : cutBox(surroundings)
    const seen = rows.flatMap(({ row, rect }) => {
      const reading = table.read(row)
      const cell = reading && table.voucherCell(row)
      return reading && cell ? [{ row, rect, reading, cell }] : []
    })
    const isText = table.grid.kind === 'texts'
    if (!isText) alignment.measure(seen.map(({ cell }) => cell))
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
      const left = isText ? afterText(cell) : alignment.left(cell)
      // A cell over several rows carries its button beside the number, which stands at the first.
      const middle =
        cellRect.height > rect.height * 1.5 ? rect.top + rect.height / 2 : cellRect.top + cellRect.height / 2
      const top = middle - buttonHeight / 2
      const isAside = left + 12 < box.left || left + 12 > box.right
      const isCut = isAside || (cut !== null && (middle < cut.top || middle > cut.bottom))
      if (!isCut && middle > box.top && middle < box.bottom)
        points.push({ row, cell, x: left - 3, y: middle })
      const face = faceOf(reading, answer, this.lookups, this.#language)
      const isSmall = !isText && isTight(left, cellRect)
      placed.push({ key, row, left, top, face, isSmall, hidden: isCut })
      shown.set(key, { table, row, key, reading, answer })
    }
    const { covered, above } = coveredRows(points)
    for (const one of placed) one.hidden ||= covered.has(one.row)
    return { placed, frame, shown, above }
  }

  #entry(table: VoucherTable): Entry {
    const { root } = table.grid
    const known = this.#entries.get(root)
    if (known) {
      known.table = table
      return known
    }
    const entry: Entry = { table, parts: new Parts(), drawn: [] }
    this.#entries.set(root, entry)
    return entry
  }

  #part(entry: Entry, surroundings: Surroundings): DrawnPart {
    const known = entry.drawn.find((part) => isSame(part.surroundings, surroundings))
    if (known) {
      known.surroundings = surroundings
      return known
    }
    const layer = new Layer(entry.table.grid.root.ownerDocument)
    this.#onLayer(layer)
    const part: DrawnPart = { layer, alignment: new Alignment(), surroundings, shown: new Map() }
    entry.drawn.push(part)
    return part
  }

  #drawn(): DrawnPart[] {
    return [...this.#entries.values()].flatMap(({ drawn }) => drawn)
  }

  /** The row that a button stands on. */
  shownOf(button: Element): ShownRow | null {
    const key = (button as HTMLElement).dataset.key ?? ''
    const part = this.#drawn().find(({ layer }) => layer.button(key) === button)
    return part?.shown.get(key) ?? null
  }

  /** The button of a row that shows this voucher, if one is drawn. */
  buttonOf(table: VoucherTable, identity: string): HTMLButtonElement | null {
    return this.buttonAt({ table, key: `${identity}#1` })
  }

  buttonAt({ table, key }: Pick<ShownRow, 'table' | 'key'>): HTMLButtonElement | null {
    for (const { layer } of this.#entries.get(table.grid.root)?.drawn ?? []) {
      const button = layer.button(key)
      if (button) return button
    }
    return null
  }

  /** All rows that carry a button now, table by table, in the page's order. */
  shown(): ShownRow[] {
    return this.#drawn().flatMap(({ shown }) => [...shown.values()])
  }

  /** What scrolls a table's rows; of several parts the one that can scroll the farthest. */
  scrollerOf(table: VoucherTable): HTMLElement | null {
    const drawn = this.#entries.get(table.grid.root)?.drawn ?? []
    const scrollers = drawn.flatMap(({ surroundings }) => surroundings.scroller ?? [])
    const reach = ({ scrollHeight, clientHeight }: HTMLElement) => scrollHeight - clientHeight
    return scrollers.sort((a, b) => reach(b) - reach(a))[0] ?? null
  }
}

function highest(a: string, b: string): string {
  return Number(b) > (Number(a) || 0) ? b : a
}
