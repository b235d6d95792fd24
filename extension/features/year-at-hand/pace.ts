/** How fast documents come, measured over those that were fetched. Waiting for Fortnox or for the member does not count. */
export interface Pace {
  fetched: number
  /** Average time from one document to the next, the latest counting more, ms. */
  perDocument: number
}

export const noPace: Pace = { fetched: 0, perDocument: 0 }

/** Fewer say too little of the rest. */
const leastMeasured = 10
/** About the last so many documents decide. */
const memory = 50

/** The pace with one more document, which took `ms`. */
export function withFetched({ fetched, perDocument }: Pace, ms: number): Pace {
  const weight = 1 / Math.min(fetched + 1, memory)
  return { fetched: fetched + 1, perDocument: perDocument + (ms - perDocument) * weight }
}

/** Time for `documents` more if each has to be fetched, ms; null until enough is measured. */
export function remainingTime({ fetched, perDocument }: Pace, documents: number): number | null {
  return fetched < leastMeasured ? null : documents * perDocument
}
