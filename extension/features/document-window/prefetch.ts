import type { PagePicture, ShowRequest } from '../../lib/protocol.ts'
import type { Controller } from './controller.ts'
import { openDocument } from './viewer/open.ts'
import { decodePicture, drawPicture } from './viewer/picture.ts'

/** Neighbours that are fetched ahead: two on each side. */
const mostNeighbours = 4

/** Fetches and draws ahead, one thing at a time, so that it never stands in the way of what is looked at. */
export class Prefetcher {
  readonly #controller: Controller
  #turn = 0

  constructor(controller: Controller) {
    this.#controller = controller
  }

  /** Stops after what is under way. */
  stop(): void {
    this.#turn++
  }

  /** The voucher's other documents, then the neighbours' first ones. */
  async around(request: ShowRequest, key: string, position: number): Promise<void> {
    const turn = ++this.#turn
    const view = await this.#controller.voucher(request, key).catch(() => null)
    const others = view?.documents ?? []
    for (const entry of [others[position + 1], others[position - 1]]) {
      if (entry && turn === this.#turn) await this.#document(request, entry.id)
    }
    for (const neighbour of request.neighbours.slice(0, mostNeighbours)) {
      if (turn !== this.#turn) return
      await this.#voucher(request, neighbour)
    }
  }

  /** The voucher that the pointer or the focus is at. */
  async ahead(request: ShowRequest): Promise<void> {
    const turn = ++this.#turn
    for (const key of request.keys) {
      if (turn === this.#turn) await this.#voucher(request, key)
    }
  }

  async #voucher(request: ShowRequest, key: string): Promise<void> {
    const view = await this.#controller.voucher(request, key).catch(() => null)
    const first = view?.documents[0]
    if (first) await this.#document(request, first.id)
  }

  /** Leaves the bytes in the cache and page 1 drawn. What fails here is told when it is asked for. */
  async #document(request: ShowRequest, document: string): Promise<void> {
    const known = await this.#controller.picture(request, document).catch(() => null)
    if (known) {
      decodePicture(known).catch(() => {})
      await this.#controller.bytes(request, document, 'prefetch').catch(() => null)
      return
    }
    const drawing = this.#draw(request, document).catch(() => null)
    this.#controller.expectPicture(request, document, drawing)
    const picture = await drawing
    if (!picture) return
    decodePicture(picture).catch(() => {})
    await this.#controller.keepPicture(request, picture).catch(() => {})
  }

  /** Page 1; null when there is nothing that is drawn. */
  async #draw(request: ShowRequest, document: string): Promise<PagePicture | null> {
    const { blob } = await this.#controller.bytes(request, document, 'prefetch')
    if (!blob) return null
    const opened = await openDocument(blob, 'ahead')
    try {
      return { document, ...(await drawPicture(opened)) }
    } finally {
      opened.close()
    }
  }
}
