import { columnEdge, type Line, lastAtMost } from './lines.ts'
import { columnOf } from './words.ts'

/** A cell with words in it: what stands between two columns' edges. */
interface Heading {
  text: string
  baseline: number
  start: number
  end: number
}

/** No table's column is longer than this many of its lines. */
const reach = 60
/** Cells looked at on the way up. */
const most = 400

/** Knows what stands above a place, in the same column, on the same page and in the same writing direction. */
export class Columns {
  readonly #headings = new Map<string, Heading[]>()
  readonly #baselines = new Map<string, number[]>()

  constructor(lines: readonly Line[]) {
    for (const line of lines) {
      let at = 0
      for (const text of line.text.split(columnEdge)) {
        if (/\p{L}{2}|[€$£]/u.test(text)) {
          const [start, end] = line.along(at, at + text.length)
          const all = this.#headings.get(keyOf(line)) ?? []
          all.push({ text, baseline: line.baseline, start, end })
          this.#headings.set(keyOf(line), all)
        }
        at += text.length + 1
      }
    }
    for (const [key, all] of this.#headings) {
      all.sort((p, q) => p.baseline - q.baseline)
      this.#baselines.set(
        key,
        all.map(({ baseline }) => baseline),
      )
    }
  }

  /** What the words above part of a line make of it; null when there are none, or they do not say. */
  kind(line: Line, from: number, to: number): ReturnType<typeof columnOf> {
    const heading = this.above(line, from, to)
    return heading === null ? null : columnOf(heading)
  }

  /** The nearest words above part of a line that are not amounts themselves; null when there are none. */
  above(line: Line, from: number, to: number): string | null {
    const [start, end] = line.along(from, to)
    const all = this.#headings.get(keyOf(line)) ?? []
    const last = lastAtMost(this.#baselines.get(keyOf(line)) ?? [], line.baseline - 0.3 * line.height)
    for (let i = last; i >= 0 && i > last - most; i--) {
      const heading = all[i]
      if (!heading || heading.baseline >= line.baseline) continue
      if (line.baseline - heading.baseline > reach * line.height) return null
      const isAmount = /\d[\d .,:]*\s*(?:kr|sek|eur|usd|€)?\s*$/i.test(heading.text)
      if (heading.start < end && heading.end > start && !isAmount) return heading.text
    }
    return null
  }
}

function keyOf({ page, angle }: Line): string {
  return `${page} ${angle}`
}
