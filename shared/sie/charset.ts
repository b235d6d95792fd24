import type { SieEncoding } from './types.ts'

/** Bytes 128-255 of IBM PC-8 (code page 437), the only character set that SIE 4 knows. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** Bytes 128-159 of Windows-1252; the rest is Latin-1. The five unused ones stay control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function table(high: (byte: number) => string): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) => (byte < 128 ? String.fromCharCode(byte) : high(byte)))
}

/** Each byte as its character. */
export const CP437_TABLE = table((byte) => CP437[byte - 128]!)
export const LATIN1_TABLE = table((byte) => WINDOWS_1252[byte - 128] ?? String.fromCharCode(byte))

const toCp437 = new Map([...CP437].map((character, index) => [character, index + 128]))

/** The CP437 byte of a character (one UTF-16 code unit), or undefined when the set lacks it. */
export function cp437Byte(character: string): number | undefined {
  const code = character.charCodeAt(0)
  return code < 128 ? code : toCp437.get(character)
}

/**
 * The text of `bytes[start..end)`. A byte that the set does not know never fails: in UTF-8 it is read as Windows-1252, so
 * two different odd bytes stay two different characters and keys stay apart.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number, encoding: SieEncoding): string {
  if (encoding === 'utf8') return decodeUtf8(bytes, start, end)
  const characters = encoding === 'latin1' ? LATIN1_TABLE : CP437_TABLE
  let text = ''
  for (let i = start; i < end; i++) text += characters[bytes[i]!]!
  return text
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let i = start
  while (i < end) {
    const length = utf8Length(bytes, i, end)
    if (length === 0) {
      text += LATIN1_TABLE[bytes[i++]!]!
      continue
    }
    let code = length === 1 ? bytes[i]! : bytes[i]! & (0x7f >> length)
    for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k]! & 0x3f)
    text += String.fromCodePoint(code)
    i += length
  }
  return text
}

/** Length of the well-formed UTF-8 sequence at `i`; 0 when there is none. */
function utf8Length(bytes: Uint8Array, i: number, end: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return 1
  const length = utf8LeadLength(lead)
  if (length === 0 || i + length > end) return 0
  for (let k = 1; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return 0
  const second = bytes[i + 1]!
  // overlong forms, surrogates and what lies beyond U+10FFFF
  if (lead === 0xe0 && second < 0xa0) return 0
  if (lead === 0xed && second > 0x9f) return 0
  if (lead === 0xf0 && second < 0x90) return 0
  if (lead === 0xf4 && second > 0x8f) return 0
  return length
}

/** How long a UTF-8 sequence is that begins with `lead`; 0 when none can. */
export function utf8LeadLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}
