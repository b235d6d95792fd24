import { UnderlagError } from '../../../../shared/errors.ts'
import { mostShown } from '../../../lib/protocol.ts'
import { openImage } from './image-document.ts'
import { limits } from './limits.ts'
import type { OpenDocument } from './open-document.ts'
import type { PdfLane } from './pdf-lane.ts'

/** Who asks: what is shown, or what is fetched ahead. Each has workers of its own. */
export type Purpose = 'shown' | 'ahead'

let loading: Promise<Pdf> | null = null

interface Pdf {
  openPdf: typeof import('./pdf-document.ts')['openPdf']
  lanes: Record<Purpose | 'sharp', PdfLane>
}

function loadPdf(): Promise<Pdf> {
  loading ??= Promise.all([import('./pdf-document.ts'), import('./pdf-lane.ts')]).then(
    ([{ openPdf }, { PdfLane }]) => ({
      openPdf,
      lanes: {
        shown: new PdfLane(limits.coarsePixels),
        ahead: new PdfLane(limits.coarsePixels),
        sharp: new PdfLane(limits.imagePixels),
      },
    }),
  )
  return loading
}

/** Loads pdf.js and starts its workers, so that the first document does not wait for them. */
export async function warmPdf(purpose: Purpose): Promise<void> {
  const { lanes } = await loadPdf()
  lanes[purpose].warm()
}

/** Opens a document by its sniffed type (`blob.type`). Everything that is no PDF and no picture is only saved. */
export async function openDocument(blob: Blob, purpose: Purpose, password?: string): Promise<OpenDocument> {
  if (blob.size > mostShown) throw new UnderlagError('document_too_large', { bytes: blob.size })
  if (blob.type === 'application/pdf') {
    const { openPdf, lanes } = await loadPdf()
    return openPdf({ coarse: lanes[purpose], sharp: () => lanes.sharp }, blob, password)
  }
  if (blob.type.startsWith('image/')) return openImage(blob)
  throw new UnderlagError('document_type_unsupported')
}
