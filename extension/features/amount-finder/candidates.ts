import type { Line } from './lines.ts'
import { type Reading, scanNumbers } from './numbers.ts'

/** A number in a line, and what it can mean. */
export interface Candidate {
  line: Line
  from: number
  to: number
  readings: Reading[]
  currency: string | null
}

/** All numbers of a line, also those whose figures are set apart. */
export function candidatesOf(line: Line): Candidate[] {
  const asItStands = scanNumbers(line.text).map((token) => ({ ...token, line }))
  return [...asItStands, ...spacedOut(line)]
}

/** `1 2  4 5 0 , 0 0`: figures set apart by single spaces, thousands by wider ones. */
function spacedOut(line: Line): Candidate[] {
  const found: Candidate[] = []
  for (const segment of line.text.matchAll(/(?<=^|\s)\S(?:\s{1,3}\S(?=\s|$)){3,}/g)) {
    const at: number[] = []
    let text = ''
    for (let i = 0; i < segment[0].length; i++) {
      const character = segment[0][i]!
      const isWide = /\s/.test(character) && (character === '\t' || /\s/.test(segment[0][i + 1] ?? ''))
      if (/\s/.test(character) && !isWide) continue
      if (isWide && text.endsWith(' ')) continue
      at.push(segment.index + i)
      text += isWide ? ' ' : character
    }
    for (const token of scanNumbers(text)) {
      const readings = token.readings.filter(({ form }) => form === 'decimals')
      if (readings.length === 0) continue
      found.push({
        line,
        from: at[token.from]!,
        to: at[token.to - 1]! + 1,
        readings,
        currency: token.currency,
      })
    }
  }
  return found
}
