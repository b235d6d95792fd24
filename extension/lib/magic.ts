import type { ShownType } from '../../shared/contract/types.ts'

/** What a file is by its first bytes. Everything that is not shown is `application/octet-stream`: it is only saved. */
export type SniffedType = ShownType | 'application/octet-stream'

/** How many of a file's first bytes {@link sniffType} looks at. */
export const sniffLength = 1024

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
const pdf = ascii('%PDF-')

/**
 * The type of a file by its magic number, never by its name or declared type. A PDF may have bytes before `%PDF-`
 * (ISO 32000 readers accept 1024); such a file is a PDF only when those bytes are no markup, since a browser that
 * opens the saved file would run that.
 *
 * @param head the file's first bytes, {@link sniffLength} of them or the whole file
 */
export function sniffType(head: Uint8Array): SniffedType {
  const starts = (at: number, bytes: readonly number[]) => bytes.every((byte, i) => head[at + i] === byte)
  if (starts(0, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (starts(0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (starts(0, ascii('GIF87a')) || starts(0, ascii('GIF89a'))) return 'image/gif'
  if (starts(0, ascii('RIFF')) && starts(8, ascii('WEBP'))) return 'image/webp'
  const end = Math.min(head.length, sniffLength)
  for (let at = 0; at + pdf.length <= end; at++) {
    if (starts(at, pdf))
      return head.subarray(0, at).includes(0x3c) ? 'application/octet-stream' : 'application/pdf'
  }
  return 'application/octet-stream'
}

/** Width and height that a picture declares, in pixels, or null when its head does not tell. */
export function declaredSize(type: SniffedType, bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (type) {
      case 'image/png':
        return { width: view.getUint32(16), height: view.getUint32(20) }
      case 'image/gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      case 'image/webp':
        return webpSize(view)
      case 'image/jpeg':
        return jpegSize(view)
      default:
        return null
    }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function webpSize(view: DataView): { width: number; height: number } | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x56503858: // "VP8X"
      return { width: uint24(24) + 1, height: uint24(27) + 1 }
    case 0x56503820: // "VP8 "
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x5650384c: {
      // "VP8L"
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    default:
      return null
  }
}

/** The frame header (SOF) stands after any number of segments, each with its length. */
function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xd9 || marker === 0xda) return null
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += standsAlone ? 2 : 2 + view.getUint16(at + 2)
  }
  return null
}
