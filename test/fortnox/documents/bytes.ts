/** Makes a file's bytes when they are asked for, and remembers the last few hundred. */

import { type ByteSource, chunkSize } from '../answer.ts'
import type { FileContent, StoredFile } from '../model.ts'
import { bigPdf } from './big.ts'
import { printJpeg } from './jpeg.ts'
import type { Paper } from './paper.ts'
import { printPdf } from './pdf.ts'

const remembered = 400
const made = new Map<string, Uint8Array>()

async function make(content: { kind: 'pdf' | 'jpeg'; paper: Paper }): Promise<Uint8Array> {
  const key = JSON.stringify([content.kind, content.paper])
  const known = made.get(key)
  if (known !== undefined) return known
  const bytes = content.kind === 'pdf' ? await printPdf(content.paper) : printJpeg(content.paper)
  made.set(key, bytes)
  const oldest = made.keys().next()
  if (made.size > remembered && !oldest.done) made.delete(oldest.value)
  return bytes
}

function bigSource(bytes: number, name: string): ByteSource {
  const pdf = bigPdf(bytes, name)
  return {
    length: pdf.length,
    *chunks() {
      for (let at = 0; at < pdf.length; at += chunkSize) yield pdf.slice(at, chunkSize)
    },
  }
}

/** A file's bytes; a big one is made piece by piece and never held whole. */
export async function bytesOf(content: FileContent): Promise<Uint8Array | ByteSource> {
  switch (content.kind) {
    case 'big':
      return bigSource(content.bytes, content.name)
    case 'bytes':
      return content.bytes
    default:
      return make(content)
  }
}

/** The MIME type of what `bytesOf` gives. */
export function typeOf(content: FileContent): string {
  return content.kind === 'jpeg'
    ? 'image/jpeg'
    : content.kind === 'bytes'
      ? sniff(content.bytes)
      : 'application/pdf'
}

function sniff(bytes: Uint8Array): string {
  if (bytes[0] === 0x25 && bytes[1] === 0x50) return 'application/pdf'
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  return 'application/octet-stream'
}

/** How many bytes the file has, as folders list it. */
export async function sizeOf(file: StoredFile): Promise<number> {
  return (await bytesOf(file.content)).length ?? 0
}
