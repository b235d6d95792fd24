import type { PageSize, Rotation } from './open-document.ts'

/** Fit to the window's width, to the whole page, or a scale (1: actual size). */
export type Zoom = 'width' | 'page' | number

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8]
/** A small picture is not blown up to the window's width. */
const mostFit = 3

/** The scale for a page in a window of `width` × `height` CSS pixels. */
export function scaleFor(
  zoom: Zoom,
  size: PageSize,
  rotation: Rotation,
  width: number,
  height: number,
): number {
  if (typeof zoom === 'number') return zoom
  const [w, h] = rotation % 180 === 0 ? [size.width, size.height] : [size.height, size.width]
  const fit = zoom === 'width' ? width / w : Math.min(width / w, height / h)
  return Math.min(mostFit, Math.max(0.05, fit))
}

/** The next scale up (`1`) or down (`-1`) from `scale`. */
export function nextScale(scale: number, step: 1 | -1): number {
  return step === 1
    ? (steps.find((s) => s > scale * 1.01) ?? steps.at(-1)!)
    : (steps.findLast((s) => s < scale * 0.99) ?? steps[0]!)
}
