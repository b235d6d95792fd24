import { UnderlagError } from '../../../../shared/errors.ts'
import { openImage } from './image-document.ts'
import type { OpenDocument } from './open-document.ts'
import type { PdfLane } from './pdf-lane.ts'

let pdf: Promise<typeof import('./pdf-document.ts')> | null = null
const loadPdf = () => (pdf ??= import('./pdf-document.ts'))
const lanes = new Map<LaneName, Promise<PdfLane>>()

/** Which workers: the one that shows, or the one that works ahead. */
export type LaneName = 'shown' | 'ahead'

function lane(name: LaneName): Promise<PdfLane> {
  let started = lanes.get(name)
  if (!started) {
    started = import('./pdf-lane.ts').then(({ PdfLane }) => new PdfLane())
    lanes.set(name, started)
  }
  return started
}

/** Loads pdf.js and starts its workers, so that the first document does not wait for them. */
export async function warmPdf(name: LaneName): Promise<void> {
  const [started] = await Promise.all([lane(name), loadPdf()])
  started.warm()
}

/** Opens a document by its sniffed type (`blob.type`). Everything that is no PDF and no picture is only saved. */
export async function openDocument(blob: Blob, name: LaneName, password?: string): Promise<OpenDocument> {
  if (blob.type === 'application/pdf') {
    const [{ openPdf }, started] = await Promise.all([loadPdf(), lane(name)])
    return openPdf(started, blob, password)
  }
  if (blob.type.startsWith('image/')) return openImage(blob)
  throw new UnderlagError('document_type_unsupported')
}
