/** Blobs made here of bytes that are here: reading one back goes by way of another process, some ms for each MB. */
const atHand = new WeakMap<Blob, Uint8Array<ArrayBuffer>>()

/** A blob of `bytes`, which nobody changes from now on; `bytesAtHand` has them while the blob lives. */
export function blobOf(bytes: Uint8Array<ArrayBuffer>, type: string): Blob {
  const blob = new Blob([bytes], { type })
  atHand.set(blob, bytes)
  return blob
}

/** The bytes that a blob was made of here; null of any other. Not to be changed. */
export function bytesAtHand(blob: Blob): Uint8Array<ArrayBuffer> | null {
  return atHand.get(blob) ?? null
}

/**
 * A blob's bytes, the caller's own. In Firefox, a blob that another part of the extension made gives a buffer that is none
 * here; a response's own is.
 */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return atHand.get(blob)?.slice() ?? new Uint8Array(await new Response(blob).arrayBuffer())
}
