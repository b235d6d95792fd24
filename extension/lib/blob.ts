/**
 * A blob's bytes. In Firefox, a blob that another part of the extension made gives a buffer that is none here; a
 * response's own is.
 */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(blob).arrayBuffer())
}
