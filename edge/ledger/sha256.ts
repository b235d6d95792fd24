/** SHA-256 of bytes that come in pieces. */
export interface Sha256 {
  /** The bytes may be written over once this resolves. */
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
