/** An answer before it is sent: so that faults can strike it and its bytes can be counted on their way. */

export interface ByteSource {
  /** Null when it is not known before the end. */
  length: number | null
  /** Bytes in order, made when they are asked for. */
  chunks(): Iterable<Uint8Array>
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array | ByteSource
}

export const chunkSize = 65_536

const encoder = new TextEncoder()

/** Any body as a source of pieces of at most `size` bytes. */
export function sourceOf(body: Answer['body'], size = chunkSize): ByteSource {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return body
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  return {
    length: bytes.length,
    *chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

/** Text pieces as bytes, gathered into pieces worth sending. */
export function textSource(pieces: () => Iterable<string>, encode: (text: string) => Uint8Array): ByteSource {
  return {
    length: null,
    *chunks() {
      let gathered = ''
      for (const piece of pieces()) {
        gathered += piece
        if (gathered.length < chunkSize) continue
        yield encode(gathered)
        gathered = ''
      }
      if (gathered !== '') yield encode(gathered)
    },
  }
}

export const webPage =
  '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Fortnox</title></head><body><h1>Tjänsten är tillfälligt otillgänglig</h1><p>Försök igen om en stund.</p></body></html>'
