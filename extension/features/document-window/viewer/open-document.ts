import type { PageText } from '../../amount-finder/page-text.ts'

export type Rotation = 0 | 90 | 180 | 270

/** A page's size at scale 1, unturned, CSS pixels. */
export interface PageSize {
  width: number
  height: number
}

export interface Drawing {
  /** Resolves once the canvas is filled; rejects with an `UnderlagError`, or an `AbortError` after `cancel`. */
  done: Promise<void>
  cancel(): void
}

/** A document that can be drawn, whatever its type. */
export interface OpenDocument {
  readonly kind: 'pdf' | 'image'
  /** Pages that can be shown (`limits.pages`), and pages that there are. */
  readonly shownPages: number
  readonly pages: number
  /** Pixels of a page that are drawn fastest: what a page is drawn with first. */
  readonly firstPixels: number
  size(page: number): Promise<PageSize>
  /**
   * Fills `canvas`, whose width and height are set for this scale (device pixels per CSS pixel at scale 1); of a canvas
   * that is less high than the page, with the page's top.
   */
  draw(page: number, canvas: HTMLCanvasElement, scale: number, rotation: Rotation): Drawing
  /** The page's text; null when a page of this kind has none. */
  text(page: number): Promise<PageText | null>
  /** Lays selectable text over the page; `--total-scale-factor` on the container scales it. */
  layText(page: number, container: HTMLElement, rotation: Rotation): Promise<void>
  close(): void
}

/** The canvas size for a page, kept within what one canvas may cost. */
export function canvasSize(
  size: PageSize,
  scale: number,
  rotation: Rotation,
  mostPixels: number,
): { width: number; height: number; scale: number } {
  const most = Math.sqrt(mostPixels / (size.width * size.height))
  const kept = Math.min(scale, most)
  const [width, height] = rotation % 180 === 0 ? [size.width, size.height] : [size.height, size.width]
  return {
    width: Math.max(1, Math.round(width * kept)),
    height: Math.max(1, Math.round(height * kept)),
    scale: kept,
  }
}
