import type { Candidate } from './candidates.ts'
import type { Columns } from './columns.ts'
import type { Line } from './lines.ts'
import { currenciesNamed } from './numbers.ts'

/** "Valuta: EUR", "All amounts in USD": said once, of the whole document. */
const stated =
  /(?:valuta|valutakod|currency|währung|devise|(?:belopp|priser|amounts?|prices|beträge) (?:i|in|are in))[:\s]{0,3}([a-z]{3}|[€$£])(?![a-z])/iu

/** Which currency a document's numbers are in, where it says so. */
export class Currencies {
  readonly #columns: Columns
  readonly #ofLines = new Map<Line, string | null>()
  /** `kr` is the Danish or the Norwegian krone where that is named and the Swedish is not. */
  readonly #krona: string
  /** What the document says of all its amounts, or the only currency that it names. */
  readonly #usual: string | null

  constructor(text: string, columns: Columns) {
    this.#columns = columns
    const named = currenciesNamed(text)
    const nordic = ['DKK', 'NOK'].filter((code) => named.has(code))
    this.#krona = nordic.length === 1 && !/\bsek\b|kronor/i.test(text) ? nordic[0]! : 'SEK'
    const said = stated.exec(text)?.[1]
    this.#usual = (said && this.#only(said)) || this.#only(text)
  }

  /** The currency beside the number, else in its line, else over its column, else in the document; null when none is. */
  of({ line, from, to, currency }: Candidate): string | null {
    if (currency !== null) return currency === 'SEK' ? this.#krona : currency
    const heading = this.#columns.above(line, from, to)
    return this.#ofLine(line) ?? (heading === null ? null : this.#only(heading)) ?? this.#usual
  }

  #ofLine(line: Line): string | null {
    let known = this.#ofLines.get(line)
    if (known === undefined) {
      known = this.#only(line.text)
      this.#ofLines.set(line, known)
    }
    return known
  }

  #only(text: string): string | null {
    const named = new Set([...currenciesNamed(text)].map((code) => (code === 'SEK' ? this.#krona : code)))
    return named.size === 1 ? [...named][0]! : null
  }
}
