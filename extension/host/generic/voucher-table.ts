import type { ColumnHint } from '../../lib/protocol.ts'
import { type Columns, columnsOf, type RowReading, readRow } from './columns.ts'
import type { Grid } from './grid.ts'
import { cellText, headerText, voucherText } from './text.ts'

const sampleSize = 40

/** A grid that shows vouchers, and in which columns. Decided anew when its headers change. */
export class VoucherTable {
  /** Texts outside tables are looked for anew each time: their grid is another, the table stays. */
  grid: Grid
  #headers = ''
  #columns: Columns | null = null
  #rows: Element[] | null = null
  /** The component in whose shadow tree the grid stands, if any. */
  readonly host: Element | null
  readonly #hints: () => readonly ColumnHint[]

  constructor(grid: Grid, hints: () => readonly ColumnHint[]) {
    this.grid = grid
    this.host = (grid.root.getRootNode() as ShadowRoot).host ?? null
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
    if (this.grid.read) return this.rows.length > 0
    const texts = this.grid.headers().map((header) => headerText(this.#content(header)))
    const headers = texts.join('|')
    if (headers === this.#headers && this.#columns && !isForced) return true
    this.#headers = headers
    const sample = this.rows.slice(0, sampleSize).map((row) =>
      texts.map((_, column) => {
        const cell = this.#cell(row, column)
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
    if (this.grid.read) return this.grid.read(row)
    const columns = this.#columns
    if (!columns) return null
    return readRow(columns, (column) => {
      const cell = this.#cell(row, column)
      return column === columns.voucher ? voucherText(cell) : cellText(cell)
    })
  }

  voucherCell(row: Element): Element | null {
    if (this.grid.read) return this.grid.cell(row, 0)
    return this.#columns ? this.#cell(row, this.#columns.voucher) : null
  }

  #cell(row: Element, column: number): Element | null {
    return this.#content(this.grid.cell(row, column))
  }

  /** What a web component's page has put into a cell from outside, by its one slot; else the cell itself. */
  #content(cell: Element | null): Element | null {
    if (!this.host || !cell) return cell
    const [only, ...others] = cell.querySelector('slot')?.assignedElements({ flatten: true }) ?? []
    return only && others.length === 0 ? only : cell
  }
}
