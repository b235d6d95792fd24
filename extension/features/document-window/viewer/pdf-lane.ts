import * as pdfjs from 'pdfjs-dist'
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { UnderlagError } from '../../../../shared/errors.ts'

/**
 * The workers that pdf.js reads and draws in. A document that takes too long is stopped by ending both; new
 * ones are started for the next. One lane shows, another works ahead, so that a hostile document fetched ahead stops
 * nothing that is seen.
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
    // Two: a document that is being closed still holds one when the next is opened.
    const renderers = [1, 2].map(() => new Worker(rendererUrl, { type: 'module' }))
    const ended = Promise.withResolvers<never>()
    ended.promise.catch(() => {})
    parser.addEventListener('error', () => this.end(new UnderlagError('document_broken')))
    // pdf.js declares the port as always absent.
    const pdf = new pdfjs.PDFWorker({ port: parser as unknown as null })
    this.#workers = { parser, renderers, pdf, ended }
    return this.#workers
  }

  /** Ends both workers; everything that waits for them gets `reason`. */
  end(reason: UnderlagError): void {
    const workers = this.#workers
    if (!workers) return
    this.#workers = null
    workers.ended.reject(reason)
    workers.parser.terminate()
    for (const renderer of workers.renderers) renderer.terminate()
    workers.pdf.destroy()
  }

  /** `work` on these workers within `ms`, or the workers are ended and it throws `document_too_complex`. */
  async within<T>(ms: number, work: Promise<T>): Promise<T> {
    const { ended } = this.#start()
    const timer = setTimeout(() => this.end(new UnderlagError('document_too_complex')), ms)
    work.catch(() => {})
    try {
      return await Promise.race([work, ended.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
