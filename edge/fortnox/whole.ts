import { UnderlagError } from '../../shared/errors.ts'

/** How much of a file's end is looked at, bytes: some programs write on after the end mark. */
const tailSize = 2048
/** A WebP's size stands in its first bytes. */
const headSize = 8

/**
 * Passes bytes on and fails at the end with `document_interrupted` when their kind of file does not end like that: an
 * answer that was broken off and ended cleanly says so nowhere else. A PDF is always looked at; an image, whose end mark is
 * less sure, only where no length was declared.
 */
export function whole(type: string | null, length: number | null): TransformStream<Uint8Array, Uint8Array> {
  let tail: Uint8Array = new Uint8Array(0)
  let head: Uint8Array = new Uint8Array(0)
  let size = 0
  return new TransformStream(
    {
      transform(chunk, controller) {
        if (head.length < headSize) head = joined(head, chunk.subarray(0, headSize - head.length))
        size += chunk.length
        tail = endOf(tail, chunk)
        controller.enqueue(chunk)
      },
      flush() {
        if (!endsWhole(type, length, { head, tail, size })) throw new UnderlagError('document_interrupted')
      },
    },
    { highWaterMark: 1 },
    { highWaterMark: 0 },
  )
}

interface Ends {
  head: Uint8Array
  tail: Uint8Array
  size: number
}

function endsWhole(type: string | null, length: number | null, { head, tail, size }: Ends): boolean {
  const text = new TextDecoder('latin1').decode(tail)
  // ISO 32000-1, 7.5.5: the last lines are `startxref`, an offset and `%%EOF`; some writers leave one of them out.
  if (type === 'application/pdf') return /startxref|%%EOF/.test(text)
  if (length !== null) return true
  switch (type) {
    case 'image/jpeg':
      return text.includes('\u00ff\u00d9')
    case 'image/png':
      return text.includes('IEND')
    case 'image/gif':
      return text.trimEnd().endsWith(';') || text.includes('\0;')
    case 'image/webp':
      return head.length < 8 || size >= 8 + new DataView(head.buffer, head.byteOffset).getUint32(4, true)
    default:
      return true
  }
}

function endOf(tail: Uint8Array, chunk: Uint8Array): Uint8Array {
  return chunk.length >= tailSize ? chunk.slice(-tailSize) : joined(tail, chunk).subarray(-tailSize)
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}
