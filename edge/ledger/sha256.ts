/** SHA-256 of bytes that come in pieces. */
export interface Sha256 {
  update(bytes: Uint8Array): void | Promise<void>
  /** Lower-case hexadecimal. */
  digest(): Promise<string>
}

/** A `WritableStream` whose `digest` is that of all that was written: `crypto.DigestStream` of the Workers runtime. */
type DigestStreamClass = new (
  algorithm: 'SHA-256',
) => WritableStream<Uint8Array> & {
  readonly digest: Promise<ArrayBuffer>
}

/** With the runtime's own streaming digest: WebCrypto alone would need the file whole. */
export function runtimeSha256(): Sha256 {
  const { DigestStream } = crypto as unknown as { DigestStream: DigestStreamClass }
  const stream = new DigestStream('SHA-256')
  const writer = stream.getWriter()
  return {
    update: (bytes) => writer.write(bytes),
    async digest() {
      await writer.close()
      return hex(new Uint8Array(await stream.digest))
    },
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The same stream; every piece that is read from it goes to `digest` too. */
export function observed(source: ReadableStream<Uint8Array>, digest: Sha256): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      await digest.update(value)
      controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
