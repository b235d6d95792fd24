/** One figure of `npm run bench`: what was measured, the bar it is held to, and whether it holds. */
export interface Figure {
  /** Stable dotted name, `sie.stream.ratio`. */
  figure: string
  value: number
  /** The bar as people read it, `>= 0.4`; null where the figure is only printed. */
  bar: string | null
  /** Null where there is no bar. */
  holds: boolean | null
}

/** A figure that is held to at least `bar`. */
export function atLeast(figure: string, value: number, bar: number): Figure {
  return { figure, value, bar: `>= ${bar}`, holds: value >= bar }
}

/** A figure that is held to at most `bar`. */
export function atMost(figure: string, value: number, bar: number): Figure {
  return { figure, value, bar: `<= ${bar}`, holds: value <= bar }
}

/** A figure that is printed beside others. */
export function shown(figure: string, value: number): Figure {
  return { figure, value, bar: null, holds: null }
}
