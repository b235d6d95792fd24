import * as pdfjs from 'pdfjs-dist'
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { UnderlagError } from '../../../../shared/errors.ts'

/** A closed document was still being worked on: the next one starts over on new workers. */
export class LaneRestarted extends Error {}

/** A worker that is alive lets go of a document in a few ms, or after the page that it is at. */
const releaseMs = 1_500

/** Two: a document that is being closed still holds one when the next is opened. */
function makeRenderers(): Worker[] {
  return [1, 2].map(() => new Worker(rendererUrl, { type: 'module' }))
}

/**
 * The workers that pdf.js reads and draws in. A document that takes too long is stopped by ending both; new
 * ones are started for the next. What is shown and what is fetched ahead have lanes of their own (`open.ts`), so that a
 * hostile document fetched ahead stops nothing that is seen.
 */
export class PdfLane {
  #workers: {
    parser: Worker
    renderers: Worker[]
    pdf: pdfjs.PDFWorker
    ended: PromiseWithResolvers<never>
  } | null = null

  /** Pictures in a document are decoded no larger than this (a power of two down): a quarter takes a sixth of the time. */
  readonly imagePixels: number

  constructor(imagePixels: number) {
    this.imagePixels = imagePixels
  }

  /** Starts the workers now, so that the first document does not wait for them. */
  warm(): void {
    this.#start()
  }

  get worker(): pdfjs.PDFWorker {
    return this.#start().pdf
  }

  /** The renderers for the next `getDocument` call: it takes a free one. */
  get rendererPorts(): Worker[] {
    return this.#start().renderers
  }

  #start() {
    if (this.#workers) return this.#workers
    const parser = new Worker(workerUrl, { type: 'module' })
    const renderers = makeRenderers()
    const ended = Promise.withResolvers<never>()
    ended.promise.catch(() => {})
    parser.addEventListener('error', () => this.end(new UnderlagError('document_broken')))
    // pdf.js declares the port as always absent.
    const pdf = new pdfjs.PDFWorker({ port: parser as unknown as null })
    this.#workers = { parser, renderers, pdf, ended }
    return this.#workers
  }

  /** Ends both workers; everything that waits for them gets `reason`. */
  end(reason: UnderlagError | LaneRestarted): void {
    const workers = this.#workers
    if (!workers) return
    this.#workers = null
    workers.ended.reject(reason)
    workers.parser.terminate()
    for (const renderer of workers.renderers) renderer.terminate()
    workers.pdf.destroy()
  }

  /**
   * `work` on these workers within `ms`, or the workers are ended and it throws `document_too_complex`.
   *
   * @param closed its document was closed: nobody waits any more, and the time that it takes is nobody's fault
   */
  async within<T>(ms: number, work: Promise<T>, closed: AbortSignal): Promise<T> {
    const { ended } = this.#start()
    closed.throwIfAborted()
    const gone = Promise.withResolvers<never>()
    const leave = () => gone.reject(closed.reason)
    closed.addEventListener('abort', leave, { once: true })
    const timer = setTimeout(() => this.end(new UnderlagError('document_too_complex')), ms)
    work.catch(() => {})
    try {
      return await Promise.race([work, ended.promise, gone.promise])
    } finally {
      clearTimeout(timer)
      closed.removeEventListener('abort', leave)
    }
  }

  /**
   * A document is closed. If the workers do not let go of it in a moment they are stuck with it: they are ended, so that
   * the next document does not pay for it.
   *
   * @param wasDrawing a renderer may be stuck, and says nothing: new ones take its place
   */
  async release(closing: Promise<void>, wasDrawing: boolean): Promise<void> {
    const workers = this.#workers
    if (wasDrawing) this.#replaceRenderers()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tooLong = new Promise<'stuck'>((resolve) => {
      timer = setTimeout(() => resolve('stuck'), releaseMs)
    })
    const outcome = await Promise.race([closing.catch(() => {}), tooLong])
    clearTimeout(timer)
    if (outcome === 'stuck' && this.#workers === workers) this.end(new LaneRestarted())
  }

  #replaceRenderers(): void {
    const workers = this.#workers
    if (!workers) return
    for (const renderer of workers.renderers) renderer.terminate()
    workers.renderers = makeRenderers()
  }
}
