import type { PageSize, Rotation } from './open-document.ts'

/** A place in a page that is marked. */
export interface Mark {
  page: number
  /** In PDF points (1/72 inch) of the page as it is shown unturned, origin top left. */
  x: number
  y: number
  width: number
  height: number
  kind: 'total' | 'net' | 'vat' | 'amount' | 'number' | 'date' | 'search' | 'current'
}

const cssPixels = 96 / 72

/** Fills `layer` with the marks of one page, placed in parts of the page's size so that zoom moves nothing. */
export function placeMarks(
  layer: HTMLElement,
  marks: readonly Mark[],
  page: number,
  size: PageSize,
  rotation: Rotation,
): void {
  layer.replaceChildren()
  marks.forEach((mark, i) => {
    if (mark.page !== page) return
    const box = turn(
      {
        x: (mark.x * cssPixels) / size.width,
        y: (mark.y * cssPixels) / size.height,
        width: (mark.width * cssPixels) / size.width,
        height: (mark.height * cssPixels) / size.height,
      },
      rotation,
    )
    const element = document.createElement('div')
    element.className = `mark mark-${mark.kind}`
    element.dataset.mark = String(i)
    element.style.left = `${box.x * 100}%`
    element.style.top = `${box.y * 100}%`
    element.style.width = `${box.width * 100}%`
    element.style.height = `${box.height * 100}%`
    layer.append(element)
  })
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A box in parts of the page, after the page was turned clockwise. */
function turn({ x, y, width, height }: Box, rotation: Rotation): Box {
  switch (rotation) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: 1 - y - height, y: x, width: height, height: width }
    case 180:
      return { x: 1 - x - width, y: 1 - y - height, width, height }
    case 270:
      return { x: y, y: 1 - x - width, width: height, height: width }
  }
}
