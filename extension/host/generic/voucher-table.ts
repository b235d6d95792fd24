import type { ColumnHint } from '../../lib/protocol.ts'
import { type Columns, columnsOf, type RowReading, readRow } from './columns.ts'
import type { Grid } from './grid.ts'
import { cellText, headerText, voucherText } from './text.ts'

const sampleSize = 40

/** A grid that shows vouchers, and in which columns. Decided anew when its headers change. */
export class VoucherTable {
  readonly grid: Grid
  #headers = ''
  #columns: Columns | null = null
  #rows: Element[] | null = null
  readonly #hints: () => readonly ColumnHint[]

  constructor(grid: Grid, hints: () => readonly ColumnHint[]) {
    this.grid = grid
    this.#hints = hints
  }

  /** The header texts, joined: how the table is known again on another visit. */
  get headers(): string {
    return this.#headers
  }

  get columns(): Columns | null {
    return this.#columns
  }

  /** The rows in the document's order. Kept until {@link changed}: a page may have ten thousand. */
  get rows(): Element[] {
    this.#rows ??= this.grid.rows()
    return this.#rows
  }

  /** The table's elements have changed. */
  changed(): void {
    this.#rows = null
  }

  /** Decides the columns if the headers are new. @returns whether the table shows vouchers */
  check(isForced = false): boolean {
    const texts = this.grid.headers().map(headerText)
    const headers = texts.join('|')
    if (headers === this.#headers && this.#columns && !isForced) return true
    this.#headers = headers
    const sample = this.rows.slice(0, sampleSize).map((row) =>
      texts.map((_, column) => {
        const cell = this.grid.cell(row, column)
        return column === this.#voucherGuess(texts) ? voucherText(cell) : cellText(cell)
      }),
    )
    this.#columns = columnsOf(
      texts,
      sample,
      this.#hints().filter((hint) => hint.headers === headers),
    )
    return this.#columns !== null
  }

  #voucherGuess(texts: readonly string[]): number {
    return texts.findIndex((text) => /^ver/i.test(text) || /^voucher/i.test(text))
  }

  read(row: Element): RowReading | null {
    const columns = this.#columns
    if (!columns) return null
    return readRow(columns, (column) => {
      const cell = this.grid.cell(row, column)
      return column === columns.voucher ? voucherText(cell) : cellText(cell)
    })
  }

  voucherCell(row: Element): Element | null {
    return this.#columns ? this.grid.cell(row, this.#columns.voucher) : null
  }
}
