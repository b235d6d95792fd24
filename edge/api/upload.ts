import { UnderlagError } from '../../shared/errors.ts'

/** The most that a SIE file may hold once decompressed, bytes. */
export const uploadLimit = 1_000_000_000

/**
 * The request's bytes as a stream: decompressed when gzip, cut off at the limit.
 *
 * @throws through the stream: `sie_truncated` when the gzip is broken, `too_large`
 */
export function uploadStream(request: Request, limit = uploadLimit): ReadableStream<Uint8Array> {
  if (!request.body) return new Blob([]).stream()
  const gzip = request.headers.get('content-encoding') === 'gzip'
  const plain = gzip ? decompressed(request.body) : (request.body as ReadableStream<Uint8Array>)
  let seen = 0
  return plain.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength
        if (seen > limit) throw new UnderlagError('too_large', { limit })
        controller.enqueue(chunk)
      },
    }),
  )
}

function decompressed(body: ReadableStream): ReadableStream<Uint8Array> {
  const reader = body.pipeThrough(new DecompressionStream('gzip')).getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value as Uint8Array)
      } catch (cause) {
        controller.error(new UnderlagError('sie_truncated', {}, { cause }))
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
