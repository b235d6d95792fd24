/**
 * What bytes are, by their first ones. Names and declared types are never believed: a document may be hostile.
 *
 * @returns a type that may be shown, `text/html` or `application/json` for what an error page looks like, else null
 */
export function typeOf(head: Uint8Array): string | null {
  // PDF allows rubbish before its header within the first 1,024 bytes (ISO 32000, annex H).
  if (indexOf(head, '%PDF-', 1024) >= 0) return 'application/pdf'
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (indexOf(head, 'GIF87a', 6) === 0 || indexOf(head, 'GIF89a', 6) === 0) return 'image/gif'
  if (indexOf(head, 'RIFF', 4) === 0 && indexOf(head.subarray(8), 'WEBP', 4) === 0) return 'image/webp'
  const text = new TextDecoder('latin1').decode(head.subarray(0, 200)).replace(/^(ï»¿)?\s+|^ï»¿/, '')
  if (/^<!doctype html|^<html|^<head|^<body/i.test(text)) return 'text/html'
  if (/^[[{]/.test(text)) return 'application/json'
  return null
}

function starts(head: Uint8Array, bytes: number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte)
}

/** Where `text` (ASCII) begins within the first `within` bytes, or -1. */
function indexOf(head: Uint8Array, text: string, within: number): number {
  const last = Math.min(head.length - text.length, within - 1)
  for (let at = 0; at <= last; at++) {
    let i = 0
    while (i < text.length && head[at + i] === text.charCodeAt(i)) i++
    if (i === text.length) return at
  }
  return -1
}
