import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import type { Language } from '../../../shared/text/language.ts'
import { rowText } from '../../../shared/text/rows.ts'
import { identityOf, type RowReading } from '../../host/generic/columns.ts'
import type { VoucherTable } from '../../host/generic/voucher-table.ts'
import { ask } from '../../lib/ask.ts'
import type { Page } from '../../lib/page.ts'
import type { RowAnswer, ShowRequest, WindowCommand } from '../../lib/protocol.ts'
import { loadAsked } from './asked.ts'
import type { Decorator, ShownRow } from './decorator.ts'
import { around, neighbour, settled } from './step.ts'
import { WindowFrame } from './window-frame.ts'

const intent = 500
/** A pointer on its way over the rows stays less than this on each, ms: nothing is fetched for it. */
const dwell = 90
const grace = 300
const neighbourCount = 4
const mostSteps = 2000

interface Opened {
  table: VoucherTable
  identity: string
  /** Where its list was scrolled to when it was opened, px. */
  scrollTop: number
}

/** What a row's button opens: the window, a preview, or a word on why there is nothing to open. */
export class Opener {
  readonly #page: Page
  readonly #decorator: Decorator
  readonly #language: Language
  readonly #frame: WindowFrame
  #opened: Opened | null = null
  #timer = 0
  #aheadTimer = 0
  #isHeld = false
  #isStepping = false
  #lastWithout = ''

  constructor(page: Page, decorator: Decorator, language: Language) {
    this.#page = page
    this.#decorator = decorator
    this.#language = language
    this.#frame = new WindowFrame(rowText(language).frameTitle, page.memory.window, page.signal)
    page.on((what) => {
      if (what === 'memory') this.#frame.place = page.memory.window
      if (what === 'company') this.close()
    })
    page.signal.addEventListener('abort', () => {
      clearTimeout(this.#timer)
      clearTimeout(this.#aheadTimer)
    })
  }

  /** Pointer or focus has come to a button: the frame loads, its document is fetched, and after a while a preview shows. */
  approach(button: HTMLButtonElement, isPointer: boolean): void {
    const shown = this.#decorator.shownOf(button)
    if (!shown || !isOpenable(shown.answer)) return
    void this.#frame.warm()
    clearTimeout(this.#aheadTimer)
    if (this.#frame.mode === 'window' || !hasDocuments(shown.answer)) return
    this.#aheadTimer = window.setTimeout(() => void this.#fetchAhead(shown), dwell)
    if (!isPointer) return
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#show(shown, 'preview', button), intent)
  }

  /** The pointer has left a button, or a preview. */
  leave(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#aheadTimer)
    if (this.#frame.mode !== 'preview') return
    this.#timer = window.setTimeout(() => {
      if (!this.#isHeld && this.#frame.mode === 'preview') this.#frame.hide()
    }, grace)
  }

  /** A person's click, Space or Enter on a button. */
  press(button: HTMLButtonElement): void {
    const shown = this.#decorator.shownOf(button)
    if (!shown) return
    clearTimeout(this.#timer)
    clearTimeout(this.#aheadTimer)
    if (isOpenable(shown.answer)) void this.#show(shown, 'window', button)
    else void this.#sayWhy(shown, button)
  }

  async #sayWhy(shown: ShownRow, button: HTMLButtonElement): Promise<void> {
    const asked = await loadAsked()
    if (!this.#page.signal.aborted) asked?.sayWhy(this.#page, shown, button, this.#language)
  }

  async #show(shown: ShownRow, mode: 'window' | 'preview', button: HTMLElement): Promise<void> {
    const request = this.#request(shown, mode)
    if (!request) return
    const answer = await ask('documentHandle', request)
    if ('error' in answer) return
    if (mode === 'window') this.#open(shown.table, identityOf(shown.reading))
    await this.#frame.show(answer.value.handle, mode, button.getBoundingClientRect())
  }

  async #fetchAhead(shown: ShownRow): Promise<void> {
    const request = this.#request(shown, 'prefetch')
    if (!request || this.#page.signal.aborted) return
    const answer = await ask('documentHandle', request)
    if ('value' in answer && this.#frame.mode === 'hidden') await this.#frame.prefetch(answer.value.handle)
  }

  #open(table: VoucherTable, identity: string): void {
    this.#opened = { table, identity, scrollTop: this.#scrollerOf(table)?.scrollTop ?? 0 }
    this.#decorator.current = { table, identity }
    this.#decorator.schedule()
  }

  #request(
    { table, row, reading, answer }: Omit<ShownRow, 'key'>,
    mode: ShowRequest['mode'],
  ): ShowRequest | null {
    const company = this.#page.company?.organisationNumber
    if (!company || !isOpenable(answer)) return null
    const { year } = answer
    return {
      company,
      year,
      keys: answer.state === 'known' ? [answer.key] : answer.keys,
      mismatch: answer.state === 'known' ? answer.mismatch : null,
      neighbours: mode === 'window' ? this.#neighbours(table, row, reading, year) : [],
      mode,
    }
  }

  #neighbours(table: VoucherTable, row: Element, reading: RowReading, year: FiscalYearId): string[] {
    return around(table, row, reading, neighbourCount).flatMap((other) => {
      const known = this.#decorator.lookups.get(other, this.#decorator.queryOf(other).year)
      return known?.state === 'known' && known.year === year && known.documents > 0 ? [known.key] : []
    })
  }

  /** What the document window asks of the page. */
  command(command: WindowCommand): void {
    switch (command.type) {
      case 'close':
        this.close()
        break
      case 'voucher':
        void this.#step(command.step)
        break
      case 'hold':
        this.#isHeld = command.held
        if (command.held) clearTimeout(this.#timer)
        else this.leave()
        break
      case 'dock':
        this.#frame.place = { ...this.#frame.place, side: command.side }
        void this.#page.remember({ window: this.#frame.place })
        break
      case 'resize':
        this.#frame.place = { ...this.#frame.place, width: command.width, height: command.height }
        clearTimeout(this.#timer)
        this.#timer = window.setTimeout(() => void this.#page.remember({ window: this.#frame.place }), grace)
        break
    }
  }

  /** Closes the window; the focus goes back to the row that was shown, which may have to be scrolled to. */
  close(): void {
    const { mode } = this.#frame
    this.#frame.hide()
    const opened = this.#opened
    this.#opened = null
    this.#decorator.current = null
    this.#decorator.schedule()
    if (mode === 'window' && opened) void this.#focusAgain(opened)
  }

  async #focusAgain({ table, identity, scrollTop }: Opened): Promise<void> {
    if (!this.#decorator.buttonOf(table, identity)) {
      const scroller = this.#scrollerOf(table)
      if (scroller) scroller.scrollTop = scrollTop
      await settled(table)
      this.#decorator.flush()
    }
    this.#decorator.buttonOf(table, identity)?.focus()
  }

  #scrollerOf(table: VoucherTable): Element | null {
    return this.#decorator.scrollerOf(table) ?? document.scrollingElement
  }

  async #step(step: 1 | -1): Promise<void> {
    if (!this.#opened || this.#isStepping) return
    this.#isStepping = true
    try {
      await this.#stepFrom(this.#opened, step)
    } finally {
      this.#isStepping = false
    }
  }

  /** Goes to the next row, in the page's order, whose voucher is known to have no documents, and focuses its button. */
  async nextWithoutDocuments(): Promise<void> {
    const from =
      this.#decorator.shown().find(({ key }) => key === this.#lastWithout) ?? this.#decorator.shown()[0]
    if (!from) return
    const { table } = from
    let at = identityOf(from.reading)
    if (!this.#lastWithout && from.answer.state === 'known' && from.answer.documents === 0)
      return this.#focusRow(table, at)
    for (let tried = 0; tried < mostSteps; tried++) {
      const next = await neighbour(table, at, 1, this.#decorator.scrollerOf(table))
      if (!next || this.#page.signal.aborted) return
      at = next.identity
      const query = this.#decorator.queryOf(next.reading)
      await this.#decorator.lookups.ask([{ row: next.reading, query }])
      const answer = this.#decorator.lookups.get(next.reading, query.year)
      if (answer?.state !== 'known' || answer.documents > 0) continue
      next.row.scrollIntoView({ block: 'nearest' })
      return this.#focusRow(table, at)
    }
  }

  #focusRow(table: VoucherTable, identity: string): void {
    this.#lastWithout = `${identity}#1`
    this.#decorator.flush()
    this.#decorator.buttonOf(table, identity)?.focus()
  }

  async #stepFrom({ table, identity }: Opened, step: 1 | -1): Promise<void> {
    const scroller = this.#decorator.scrollerOf(table)
    for (let from = identity; ; ) {
      const next = await neighbour(table, from, step, scroller)
      if (!next || this.#page.signal.aborted) return
      from = next.identity
      const query = this.#decorator.queryOf(next.reading)
      await this.#decorator.lookups.ask([{ row: next.reading, query }])
      const answer = this.#decorator.lookups.get(next.reading, query.year)
      if (!answer || !isOpenable(answer)) continue
      next.row.scrollIntoView({ block: 'nearest' })
      const request = this.#request({ table, row: next.row, reading: next.reading, answer }, 'window')
      const handle = request && (await ask('documentHandle', request))
      if (!handle || 'error' in handle) return
      this.#open(table, next.identity)
      await this.#frame.show(handle.value.handle, 'window', null)
      return
    }
  }
}

function isOpenable(answer: RowAnswer): answer is Extract<RowAnswer, { state: 'known' | 'ambiguous' }> {
  return answer.state === 'known' || answer.state === 'ambiguous'
}

function hasDocuments(answer: RowAnswer): boolean {
  return isOpenable(answer) && answer.documents > 0
}
