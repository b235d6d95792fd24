import type { RenderTask } from 'pdfjs-dist'

type Drawn = { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D }

/** What is drawn by a worker, by the canvas that it is shown in. */
const drawings = new WeakMap<HTMLCanvasElement, RenderTask>()

/**
 * What pdf.js does for the sake of a page that draws on its own thread is left out while a worker draws: every step would
 * wait for the page's next frame, which a window that is not seen yet has none of.
 */
export function speedUp(task: RenderTask, canvas: HTMLCanvasElement): void {
  drawings.set(canvas, task)
  task.onContinue = (step: () => void) => (task.isWorkerRendering ? withoutFrame(step) : step())
}

function withoutFrame(step: () => void): void {
  const { requestAnimationFrame } = window
  window.requestAnimationFrame = (run) => {
    queueMicrotask(() => run(performance.now()))
    return 0
  }
  try {
    step()
  } finally {
    window.requestAnimationFrame = requestAnimationFrame
  }
}

/**
 * pdf.js' `CanvasFactory`. A page that a worker has drawn is handed to its canvas as it is: copying it there takes as long
 * as drawing it.
 */
export class PdfCanvases {
  create(width: number, height: number): Drawn {
    const canvas = document.createElement('canvas')
    this.reset({ canvas }, width, height)
    return { canvas, context: context2d(canvas) }
  }

  reset({ canvas }: Pick<Drawn, 'canvas'>, width: number, height: number): void {
    if (width <= 0 || height <= 0) throw new RangeError('a canvas has a width and a height')
    canvas.width = width
    canvas.height = height
  }

  destroy(drawn: { canvas: HTMLCanvasElement | null; context: CanvasRenderingContext2D | null }): void {
    if (drawn.canvas) drawn.canvas.width = drawn.canvas.height = 0
    drawn.canvas = drawn.context = null
  }

  /** For a canvas whose page a worker draws, what pdf.js uses of a context: taking in the page. */
  getNoAlphaContext(canvas: HTMLCanvasElement): Pick<CanvasRenderingContext2D, 'drawImage'> {
    const shown = drawings.get(canvas)?.isWorkerRendering && canvas.getContext('bitmaprenderer')
    if (!shown) return context2d(canvas, false)
    return { drawImage: (page: CanvasImageSource) => shown.transferFromImageBitmap(page as ImageBitmap) }
  }
}

function context2d(canvas: HTMLCanvasElement, alpha = true): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha, willReadFrequently: true })
  if (!context) throw new Error('no canvas to draw on')
  return context
}
