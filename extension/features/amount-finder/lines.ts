import type { PageText, TextItem } from './page-text.ts'

/** A place in a page: PDF points of the page as it is shown, origin top left. */
export interface Place {
  page: number
  x: number
  y: number
  width: number
  height: number
}

/**
 * Text that reads as one line: items on the same baseline joined in reading order. A gap that is a space wide is a
 * space, a gap over 0.8 em is a column's edge and becomes a tab. {@link raised} stands before text that is drawn small
 * and raised, as öre sometimes are.
 */
export interface Line {
  page: number
  text: string
  /** Writing direction, whole degrees; where the line lies across it, and how high its letters are, points. */
  angle: number
  baseline: number
  height: number
  /** Where part of the text begins and ends along the writing direction, points. */
  along(from: number, to: number): readonly [start: number, end: number]
  /** Where part of the text stands. */
  place(from: number, to: number): Place
}

export const columnEdge = '\t'
export const raised = '\u2303'

const columnGap = 0.8
const spaceGap = 0.14

interface Piece {
  text: string
  /** Along and across the writing direction, points. */
  start: number
  end: number
  baseline: number
  height: number
}

interface Direction {
  angle: number
  cos: number
  sin: number
  pieces: Piece[]
}

/** All lines of a page, in every writing direction that it has. */
export function joinLines(page: PageText): Line[] {
  const directions = new Map<number, Direction>()
  for (const item of page.items) {
    if (item.str.trim() === '') continue
    const placed = place(item, page.viewport)
    if (!placed) continue
    const { angle, ...piece } = placed
    let direction = directions.get(angle)
    if (!direction) {
      const radians = (angle * Math.PI) / 180
      direction = { angle, cos: Math.cos(radians), sin: Math.sin(radians), pieces: [] }
      directions.set(angle, direction)
    }
    direction.pieces.push(piece)
  }
  return [...directions.values()].flatMap((direction) =>
    rows(direction.pieces).map((row) => joinRow(page.page, direction, row)),
  )
}

/** The item along its own writing direction, rounded to whole degrees. */
function place(item: TextItem, viewport: readonly number[]): (Piece & { angle: number }) | null {
  const [a, b, c, d, e, f] = multiply(viewport, item.transform)
  if (![a, b, c, d, e, f].every(Number.isFinite)) return null
  const radians = Math.atan2(b, a)
  const angle = (Math.round((radians * 180) / Math.PI) + 360) % 360
  const height = Math.hypot(c, d)
  const scale = Math.hypot(viewport[0] ?? 1, viewport[1] ?? 0)
  if (!(height > 0)) return null
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const start = e * cos + f * sin
  return {
    angle,
    text: item.str,
    start,
    end: start + item.width * scale,
    baseline: f * cos - e * sin,
    height,
  }
}

function multiply(
  m: readonly number[],
  n: readonly number[],
): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** Pieces on the same baseline, left to right. What is drawn twice (for bold) comes once. */
function rows(pieces: Piece[]): Piece[][] {
  const sorted = [...pieces].sort((p, q) => p.baseline - q.baseline || p.start - q.start)
  const found: Piece[][] = []
  let row: Piece[] = []
  let baseline = Number.NEGATIVE_INFINITY
  for (const piece of sorted) {
    const isSame =
      Math.abs(piece.baseline - baseline) <= 0.25 * Math.min(piece.height, row.at(-1)?.height ?? 0)
    if (!isSame) {
      row = []
      found.push(row)
      baseline = piece.baseline
    }
    row.push(piece)
  }
  return joinRaised(found).map((each) => withoutDoubles(each.sort((p, q) => p.start - q.start)))
}

/**
 * Öre drawn small and raised sit on a baseline of their own, above the line they belong to. Such a piece (one or two
 * figures, clearly smaller, touching a figure's end) moves into that line.
 */
function joinRaised(all: Piece[][]): Piece[][] {
  for (let i = 0; i < all.length; i++) {
    for (const small of all[i]!) {
      if (!/^\d{2}$/.test(small.text.trim())) continue
      const below = all.slice(i, i + 4).find((row) => row.some((piece) => isRaisedFrom(small, piece)))
      if (!below) continue
      all[i] = all[i]!.filter((piece) => piece !== small)
      below.push({ ...small, text: raised + small.text.trim(), start: small.start })
    }
  }
  return all.filter((row) => row.length > 0)
}

function isRaisedFrom(small: Piece, base: Piece): boolean {
  const rise = base.baseline - small.baseline
  const gap = small.start - base.end
  return (
    small !== base &&
    small.height < 0.85 * base.height &&
    rise > 0.12 * base.height &&
    rise < 0.9 * base.height &&
    gap > -0.2 * base.height &&
    gap < 0.4 * base.height &&
    /\d\s*$/.test(base.text)
  )
}

function withoutDoubles(row: Piece[]): Piece[] {
  return row.filter((piece, i) => {
    for (let j = i - 1; j >= 0 && j >= i - 3; j--) {
      const other = row[j]!
      if (other.text === piece.text && Math.abs(other.start - piece.start) < 0.3 * piece.height) return false
    }
    return true
  })
}

function joinRow(page: number, direction: Direction, row: Piece[]): Line {
  let text = ''
  const starts: number[] = []
  row.forEach((piece, i) => {
    const before = row[i - 1]
    if (before && !piece.text.startsWith(raised)) text += gapBetween(before, piece)
    starts.push(text.length)
    text += piece.text
  })
  const edges: (readonly number[])[] = []
  const parts = (from: number, to: number) => {
    const found: Piece[] = []
    for (let i = lastAtMost(starts, from); i < row.length && starts[i]! < to; i++) {
      const [piece, at] = [row[i]!, starts[i]!]
      const first = Math.max(from, at) - at
      const last = Math.min(to, at + piece.text.length) - at
      if (first >= last) continue
      edges[i] ??= edgesOf(piece)
      found.push({ ...piece, start: edges[i]![first]!, end: edges[i]![last]! })
    }
    return found
  }
  const { baseline, height } = row[0]!
  return {
    page,
    text,
    angle: direction.angle,
    baseline,
    height,
    along(from, to) {
      const found = parts(from, to)
      return [found[0]?.start ?? 0, found.at(-1)?.end ?? 0]
    },
    place: (from, to) => ({ page, ...turnedBox(direction, parts(from, to)) }),
  }
}

function gapBetween(before: Piece, after: Piece): string {
  const em = Math.min(before.height, after.height)
  const gap = after.start - before.end
  if (gap > columnGap * em || gap < -em) return columnEdge
  if (gap < spaceGap * em) return ''
  return /\s$/.test(before.text) || /^\s/.test(after.text) ? '' : ' '
}

/** Roughly how wide a character is beside another; only their proportions matter. */
function weight(character: string): number {
  if (/[iljI|!'’.,:;]/.test(character)) return 0.25
  if (/[ftr()[\]\s/-]/.test(character)) return 0.31
  if (/[mMwW%@]/.test(character)) return 0.83
  return /\p{Lu}/u.test(character) ? 0.68 : 0.55
}

/** Where each character of a piece begins, and the last one ends. */
function edgesOf({ text, start, end }: Piece): number[] {
  const edges = [0]
  for (let i = 0; i < text.length; i++) edges.push(edges[i]! + weight(text[i]!))
  const unit = (end - start) / Math.max(0.01, edges.at(-1)!)
  return edges.map((edge) => start + unit * edge)
}

/** The index of the last of `sorted` that is not above `value`; 0 when none is. */
export function lastAtMost(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

function turnedBox({ cos, sin }: Direction, boxes: Piece[]): Omit<Place, 'page'> {
  const corners = boxes.flatMap(({ start, end, baseline, height }) =>
    [start, end].flatMap((s) =>
      [baseline - 0.8 * height, baseline + 0.25 * height].map((t) => ({
        x: s * cos - t * sin,
        y: s * sin + t * cos,
      })),
    ),
  )
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  return {
    x,
    y,
    width: Math.max(...corners.map((corner) => corner.x)) - x,
    height: Math.max(...corners.map((corner) => corner.y)) - y,
  }
}
