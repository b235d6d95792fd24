import { UnderlagError } from '../../shared/errors.ts'
import type { ReadInOptions } from './types.ts'

/** Bytes taken at a time. */
const PIECE = 1 << 16

/**
 * Hands out a stream's bytes piece by piece; each is overwritten by the next. Where the stream can fill a buffer of ours
 * (request bodies and their decompression can) one buffer serves the whole file: a chunk of its own for every read leaves
 * 80 MB behind in a 100 MB file before the runtime cleans up. `take` answers false to end early.
 *
 * @throws UnderlagError `sie_truncated` when the gzip is broken, `too_large`
 */
export async function readPieces(
  { bytes, gzip = false, limit = Number.POSITIVE_INFINITY }: Pick<ReadInOptions, 'bytes' | 'gzip' | 'limit'>,
  take: (piece: Uint8Array) => Promise<boolean>,
): Promise<void> {
  const read = pieceReader(gzip ? decompressed(bytes) : bytes)
  const next = gzip ? () => read.next().catch(brokenGzip) : read.next
  let seen = 0
  try {
    for (let piece = await next(); piece !== null; piece = await next()) {
      seen += piece.length
      if (seen > limit) throw new UnderlagError('too_large', { limit })
      if (!(await take(piece))) break
    }
  } finally {
    // also tells a source that has not ended that no more is wanted
    await read.cancel().catch(() => {})
  }
}

function decompressed(bytes: ReadableStream): ReadableStream<Uint8Array> {
  return bytes.pipeThrough(new DecompressionStream('gzip'))
}

function brokenGzip(cause: unknown): never {
  throw new UnderlagError('sie_truncated', {}, { cause })
}

interface PieceReader {
  next(): Promise<Uint8Array | null>
  cancel(): Promise<void>
}

function pieceReader(source: ReadableStream<Uint8Array>): PieceReader {
  const filling = byteReader(source)
  if (!filling) {
    const reader = source.getReader()
    return { next: async () => (await reader.read()).value ?? null, cancel: () => reader.cancel() }
  }
  let buffer = new ArrayBuffer(PIECE)
  return {
    async next() {
      const { done, value } = await filling.read(new Uint8Array(buffer))
      if (value) buffer = value.buffer
      return done || !value ? null : value
    },
    cancel: () => filling.cancel(),
  }
}

function byteReader(source: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return source.getReader({ mode: 'byob' })
  } catch {
    return null
  }
}
