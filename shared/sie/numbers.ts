import type { DiagnosticSink } from './diagnostics.ts'

/** Numbers that a bit each remembers; larger ones and other texts go to a map. */
const BITS = 1 << 22

interface Series {
  last: number
  /** One bit per plain number seen. */
  seen: Uint8Array
  /** How often a text came: for what is no plain number, and for numbers that came twice. */
  repeated: Map<string, number>
}

/**
 * Voucher numbers within their series and fiscal year: gives repeated and empty ones an occurrence, reports duplicates and
 * falls. A bit per voucher, so 100,000 vouchers take 12.5 kB.
 */
export class VoucherNumbers {
  private readonly series = new Map<string, Series>()
  private readonly sink: DiagnosticSink
  private currentKey: string | null = null
  private current: Series | null = null

  constructor(sink: DiagnosticSink) {
    this.sink = sink
  }

  /** The occurrence of the voucher, from 1. `year` keeps fiscal years apart. */
  occurrence(series: string, number: string, year: number, line: number): number {
    const state = this.of(year === 0 ? series : `${series}\n${year}`)
    const value = plainNumber(number)
    if (value < 0) return this.repeat(state, series, number, line, 0)
    if (value < state.last) {
      this.sink.add('number_falling', line, 0, { series, number, previous: String(state.last) })
    }
    state.last = value
    if (value >= BITS) return this.repeat(state, series, number, line, 0)
    const index = value >> 3
    if (index >= state.seen.length) {
      const seen = new Uint8Array(Math.max(index + 1, state.seen.length * 2))
      seen.set(state.seen)
      state.seen = seen
    }
    const bit = 1 << (value & 7)
    if (state.seen[index]! & bit) return this.repeat(state, series, number, line, 1)
    state.seen[index]! |= bit
    return 1
  }

  private repeat(state: Series, series: string, number: string, line: number, before: number): number {
    const occurrence = (state.repeated.get(number) ?? before) + 1
    state.repeated.set(number, occurrence)
    // vouchers to be numbered by the receiver have no number: nothing is repeated there
    if (occurrence > 1 && number !== '')
      this.sink.add('number_duplicate', line, 0, { series, number, occurrence })
    return occurrence
  }

  private of(key: string): Series {
    if (this.currentKey === key && this.current) return this.current
    let state = this.series.get(key)
    if (!state) {
      state = { last: -1, seen: new Uint8Array(16), repeated: new Map() }
      this.series.set(key, state)
    }
    this.currentKey = key
    this.current = state
    return state
  }
}

/** The value of a number written plainly (no leading zero), else -1. */
function plainNumber(text: string): number {
  const length = text.length
  if (length === 0 || length > 9) return -1
  let value = 0
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return length > 1 && text.charCodeAt(0) === 48 ? -1 : value
}
