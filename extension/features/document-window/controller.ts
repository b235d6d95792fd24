import { systemClock } from '../../../shared/clock.ts'
import { toWireError, UnderlagError, type WireError } from '../../../shared/errors.ts'
import type { DocumentEntry } from '../../../shared/ledger/types.ts'
import {
  type DocumentBytes,
  documentName,
  type PagePicture,
  type ShowPayload,
  type ShowRequest,
  type VoucherView,
} from '../../lib/protocol.ts'
import { Shelf } from './shelf.ts'
import type { DocumentSource, FirstDocument } from './source.ts'
import { Store } from './store.ts'
import { openDocument } from './viewer/open.ts'
import type { OpenDocument } from './viewer/open-document.ts'

/** Something that is fetched: under way, here, or failed with a code. */
export type Loading<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; error: WireError }

/** The document that is shown. `bytes` are here as soon as they are whole, also when they cannot be drawn. */
export interface Shown {
  entry: DocumentEntry
  bytes: DocumentBytes | null
  picture: PagePicture | null
  opened: Loading<OpenDocument>
}

export interface WindowState {
  /** Null: nothing is shown, the frame is warm. */
  request: ShowRequest | null
  /** The chosen voucher; null while the user must choose among `request.keys`. */
  key: string | null
  voucher: Loading<VoucherView>
  /** The details of the vouchers to choose among, when the number is ambiguous. */
  choices: { key: string; voucher: Loading<VoucherView> }[]
  /** Which of the voucher's documents. */
  position: number
  shown: Shown | null
  /** Set when the handle itself could not be redeemed. */
  failed: WireError | null
}

const empty: WindowState = {
  request: null,
  key: null,
  voucher: { state: 'loading' },
  choices: [],
  position: 0,
  shown: null,
  failed: null,
}

/** Fetched vouchers and documents stay in memory this long: long enough for the way back, too short to grow stale. */
const keepMs = 60_000

/** The longest that a document waits for its picture that is being drawn ahead, rather than be drawn beside it. */
const expectedMs = 300

/** The longest that drawing waits for the kept picture to be seen. */
const pictureMs = 200

/** What the window shows, and how it gets there. Knows nothing of how it looks. */
export class Controller {
  readonly state = new Store<WindowState>(empty)
  readonly source: DocumentSource
  readonly #vouchers = new Shelf<VoucherView>(50, keepMs, systemClock)
  readonly #bytes = new Shelf<DocumentBytes>(12, 5 * keepMs, systemClock)
  readonly #pictures = new Shelf<PagePicture | null>(30, 5 * keepMs, systemClock)
  /** On its way for the voucher of that name. */
  #first: { voucher: string; found: Promise<FirstDocument | null> } | null = null
  /** Counts what was asked to be shown: an answer that comes too late is dropped. */
  #turn = 0
  #paintedTurn = -1
  #onPainted: (() => void) | null = null

  constructor(source: DocumentSource) {
    this.source = source
  }

  /** What the window will ask for when it has drawn itself is asked for now, the document beside its voucher. */
  expect(request: ShowRequest): void {
    const [key] = request.keys
    if (key === undefined || request.keys.length > 1) return
    this.voucher(request, key).catch(() => {})
    const found = this.source.first(request.company, request.year, key)
    found.catch(() => {})
    this.#first = { voucher: voucherName(request, key), found }
  }

  /** Shows what a handle stands for. */
  async showPayload(payload: Promise<ShowPayload>): Promise<void> {
    const turn = this.#begin({ ...empty })
    try {
      const { detail, picture, tab: _tab, frame: _frame, ...request } = await payload
      if (turn !== this.#turn) return
      const [key] = request.keys
      if (detail && key !== undefined) this.#vouchers.set(voucherName(request, key), detail)
      if (picture) this.#pictures.set(documentName(request.company, picture.document), picture)
      await this.#show(turn, request)
    } catch (error) {
      if (turn === this.#turn) this.state.set({ failed: toWireError(error) })
    }
  }

  /** Shows vouchers without a handle: the extension's own page. */
  async show(request: ShowRequest, position = 0): Promise<void> {
    await this.#show(this.#begin({ ...empty }), request, position)
  }

  async #show(turn: number, request: ShowRequest, position = 0): Promise<void> {
    const [key, ...others] = request.keys
    if (key === undefined) return this.state.set({ request, failed: { code: 'not_found', data: {} } })
    if (others.length === 0) {
      this.state.set({ request })
      return this.#choose(turn, request, key, position)
    }
    this.state.set({ request, choices: request.keys.map((key) => ({ key, voucher: { state: 'loading' } })) })
    await Promise.all(
      request.keys.map(async (key, i) => {
        const voucher = await settle(this.voucher(request, key))
        if (turn !== this.#turn) return
        this.state.set({ choices: this.state.value.choices.with(i, { key, voucher }) })
      }),
    )
  }

  /** The user's choice when the number fits several vouchers. */
  async choose(key: string): Promise<void> {
    const { request } = this.state.value
    if (request) await this.#choose(++this.#turn, request, key, 0)
  }

  async #choose(turn: number, request: ShowRequest, key: string, position: number): Promise<void> {
    this.#closeShown()
    this.state.set({ key, voucher: { state: 'loading' }, position, shown: null })
    const voucher = await settle(this.voucher(request, key))
    if (turn !== this.#turn) return
    const documents = voucher.state === 'ready' ? voucher.value.documents : []
    const at = Math.min(position, Math.max(0, documents.length - 1))
    const entry = documents[at]
    this.state.set({ voucher, position: at, shown: entry ? loadingDocument(entry) : null })
    if (entry && at === 0) this.#takeFirst(request, key, entry.id)
    if (entry) await this.#load(turn, request, entry)
  }

  #takeFirst(request: ShowRequest, key: string, document: string): void {
    const first = this.#first
    this.#first = null
    const name = documentName(request.company, document)
    if (first?.voucher !== voucherName(request, key) || this.#bytes.has(name)) return
    const { company, year } = request
    const bytes = first.found.then((found) =>
      found?.document === document ? found.bytes : this.source.bytes(company, year, document, 'person'),
    )
    this.#bytes.expect(name, bytes)
  }

  /** Shows another document of the voucher. */
  async goTo(position: number): Promise<void> {
    const { voucher, request } = this.state.value
    const entry = voucher.state === 'ready' ? voucher.value.documents[position] : undefined
    if (!entry || !request) return
    this.#closeShown()
    this.state.set({ position, shown: loadingDocument(entry) })
    await this.#load(++this.#turn, request, entry)
  }

  /** Tries again what failed, or opens an encrypted document with a password. */
  async again(password?: string): Promise<void> {
    const { request, key, shown, position } = this.state.value
    if (!request) return
    if (key === null || !shown) return this.#choose(++this.#turn, request, key ?? request.keys[0]!, position)
    this.#closeShown()
    this.state.set({ shown: loadingDocument(shown.entry) })
    await this.#load(++this.#turn, request, shown.entry, password)
  }

  async #load(turn: number, request: ShowRequest, entry: DocumentEntry, password?: string): Promise<void> {
    const update = (part: Partial<Shown>) => {
      const { shown } = this.state.value
      if (turn === this.#turn && shown) this.state.set({ shown: { ...shown, ...part } })
    }
    // Two processors draw one thing fast and two things slowly: a picture that is here comes before the bytes.
    const hasPicture = this.#pictures.has(documentName(request.company, entry.id))
    const fetching = hasPicture ? null : this.bytes(request, entry.id, 'person')
    fetching?.catch(() => {})
    const kept = Promise.race([
      this.picture(request, entry.id).catch(() => null),
      systemClock.sleep(expectedMs).then(() => null),
    ])
    // Bytes that are new here have no picture: nobody waits to be told so.
    const unlessNew = fetching?.then(
      ({ fromCache }) => (fromCache ? kept : null),
      () => kept,
    )
    const picture = await Promise.race([kept, unlessNew ?? kept])
    if (picture) {
      update({ picture })
      await this.#pictureShown(turn)
    }
    if (turn !== this.#turn) return
    let bytes: DocumentBytes | null = null
    try {
      bytes = await (fetching ?? this.bytes(request, entry.id, 'person'))
      if (turn !== this.#turn) return
      if (!bytes.blob) throw new UnderlagError('document_too_large', { bytes: bytes.size })
      const value = await openDocument(bytes.blob, picture ? 'shown' : 'first', password)
      if (turn !== this.#turn) return value.close()
      update({ bytes, opened: { state: 'ready', value } })
    } catch (error) {
      update({ bytes, opened: { state: 'failed', error: toWireError(error) } })
    }
  }

  /** Something of page 1 is on the screen. */
  painted(): void {
    this.#paintedTurn = this.#turn
    this.#onPainted?.()
  }

  async #pictureShown(turn: number): Promise<void> {
    if (this.#paintedTurn === turn) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pictureMs)
      this.#onPainted = () => {
        clearTimeout(timer)
        if (turn === this.#turn) resolve()
      }
    })
  }

  /** Page 1 could not be drawn after all, or a page took too long. */
  drawingFailed(error: unknown): void {
    const { shown } = this.state.value
    if (shown) this.state.set({ shown: { ...shown, opened: { state: 'failed', error: toWireError(error) } } })
  }

  /** Nothing is shown any more; what was fetched stays near for a while. */
  hide(): void {
    this.#begin(empty)
  }

  #begin(state: WindowState): number {
    this.#closeShown()
    this.state.set(state)
    return ++this.#turn
  }

  #closeShown(): void {
    const { shown } = this.state.value
    if (shown?.opened.state === 'ready') shown.opened.value.close()
  }

  voucher(request: ShowRequest, key: string): Promise<VoucherView> {
    return this.#vouchers.get(voucherName(request, key), () =>
      this.source.voucher(request.company, request.year, key),
    )
  }

  bytes(request: ShowRequest, document: string, priority: 'person' | 'prefetch'): Promise<DocumentBytes> {
    const { company, year } = request
    return this.#bytes.get(documentName(request.company, document), () =>
      this.source.bytes(company, year, document, priority),
    )
  }

  picture(request: ShowRequest, document: string): Promise<PagePicture | null> {
    return this.#pictures.get(documentName(request.company, document), () =>
      this.source.picture(request.company, document),
    )
  }

  /** The pictures that are here, or being drawn: `company/document`. */
  get pictures(): string[] {
    return this.#pictures.names()
  }

  /** Page 1 is being drawn ahead: who asks for its picture meanwhile waits for it. Null: it could not be drawn. */
  expectPicture(request: ShowRequest, document: string, picture: Promise<PagePicture | null>): void {
    this.#pictures.expect(documentName(request.company, document), picture)
  }

  /** Page 1 was drawn: kept for the next time, here and in the cache. */
  async keepPicture(request: ShowRequest, picture: PagePicture): Promise<void> {
    this.#pictures.set(documentName(request.company, picture.document), picture)
    await this.source.keepPicture(request.company, picture)
  }
}

function loadingDocument(entry: DocumentEntry): Shown {
  return { entry, bytes: null, picture: null, opened: { state: 'loading' } }
}

async function settle<T>(value: Promise<T>): Promise<Loading<T>> {
  try {
    return { state: 'ready', value: await value }
  } catch (error) {
    return { state: 'failed', error: toWireError(error) }
  }
}

const voucherName = ({ company, year }: ShowRequest, key: string) => `${company}/${year}/${key}`
