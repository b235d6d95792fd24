/** IBM PC-8 (code page 437), the character set of SIE files; no runtime decodes it. */

const upper =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

const codes = new Map([...upper].map((character, index) => [character, index + 128]))

/** Text as CP437; a character it lacks becomes `?`. */
export function encodeCp437(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 63
    bytes[length++] = code < 128 ? code : (codes.get(character) ?? 63)
  }
  return bytes.subarray(0, length)
}

/** A SIE file's text: UTF-8 when its bytes are valid UTF-8, else CP437. */
export function decodeSie(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const parts: string[] = []
    for (let at = 0; at < bytes.length; at += 8192) {
      let part = ''
      for (const byte of bytes.subarray(at, at + 8192))
        part += byte < 128 ? String.fromCharCode(byte) : upper[byte - 128]
      parts.push(part)
    }
    return parts.join('')
  }
}
