import type { PageYear } from '../../host/adapter.ts'

/** The fiscal year (`#RAR 0`, SIE 4B 5.12) that a file's beginning names; null when it names none. */
export function yearOfSie(beginning: string): PageYear | null {
  const match = /^\s*#RAR\s+"?0"?\s+"?(\d{4})(\d\d)(\d\d)"?\s+"?(\d{4})(\d\d)(\d\d)"?/m.exec(beginning)
  if (!match) return null
  const [, ...parts] = match
  return { from: parts.slice(0, 3).join('-'), to: parts.slice(3).join('-') }
}

/** By its name, or by how it begins: every SIE file starts with a tag. */
export function looksLikeSie(name: string, beginning: string): boolean {
  return /\.(se|si|sie)$/i.test(name) || /^\ufeff?\s*#(FLAGGA|SIETYP|PROGRAM)\b/.test(beginning)
}

const head = 64_000

/** The first part of a file as text; tags and dates are the same in every character set that SIE files come in. */
export async function beginningOf(file: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await file.slice(0, head).arrayBuffer())
}
