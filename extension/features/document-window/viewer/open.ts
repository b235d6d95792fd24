import { UnderlagError } from '../../../../shared/errors.ts'
import { mostShown } from '../../../lib/protocol.ts'
import { openImage } from './image-document.ts'
import { limits } from './limits.ts'
import type { OpenDocument } from './open-document.ts'
import type { PdfLane } from './pdf-lane.ts'

/**
 * Who asks: what is shown and not yet to be seen, what is shown already as a picture, or what is fetched ahead. Workers
 * that work ahead are theirs alone.
 */
export type Purpose = 'first' | 'shown' | 'ahead'

let loading: Promise<Pdf> | null = null

interface Pdf {
  openPdf: typeof import('./pdf-document.ts')['openPdf']
  lanes: Record<'quick' | 'shown' | 'ahead' | 'sharp', PdfLane>
}

function loadPdf(): Promise<Pdf> {
  loading ??= Promise.all([import('./pdf-document.ts'), import('./pdf-lane.ts')]).then(
    ([{ openPdf }, { PdfLane }]) => ({
      openPdf,
      lanes: {
        quick: new PdfLane(limits.quickPixels),
        shown: new PdfLane(limits.coarsePixels),
        ahead: new PdfLane(limits.coarsePixels),
        sharp: new PdfLane(limits.imagePixels),
      },
    }),
  )
  return loading
}

/** Loads pdf.js and starts its workers, so that the first document does not wait for them. */
export async function warmPdf(): Promise<void> {
  const { lanes } = await loadPdf()
  lanes.quick.warm()
  lanes.shown.warm()
}

/** Opens a document by its sniffed type (`blob.type`). Everything that is no PDF and no picture is only saved. */
export async function openDocument(blob: Blob, purpose: Purpose, password?: string): Promise<OpenDocument> {
  if (blob.size > mostShown) throw new UnderlagError('document_too_large', { bytes: blob.size })
  if (blob.type === 'application/pdf') {
    const { openPdf, lanes } = await loadPdf()
    const isQuick = purpose === 'first' && blob.size > limits.quickBytes
    const reading = purpose === 'ahead' ? lanes.ahead : lanes.shown
    return openPdf([...(isQuick ? [lanes.quick] : []), reading, lanes.sharp], blob, password)
  }
  if (blob.type.startsWith('image/')) return openImage(blob)
  throw new UnderlagError('document_type_unsupported')
}
