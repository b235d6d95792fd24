import type { ReadInOptions } from '../ledger/index.ts'

/** The most that a SIE file may hold once decompressed, bytes. */
const uploadLimit = 1_000_000_000

/**
 * A request's body as the ledger takes it: the runtime's own stream, for one made here could not fill a given buffer and
 * would cost a chunk per read. What is wrong with it (too large, broken gzip) shows where it is read.
 */
export function uploadOf(
  request: Request,
  limit = uploadLimit,
): Pick<ReadInOptions, 'bytes' | 'gzip' | 'limit'> {
  const bytes = (request.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>
  return { bytes, gzip: request.headers.get('content-encoding') === 'gzip', limit }
}
