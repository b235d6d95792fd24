/** A place in the Underlag page: a voucher of a year, and which of its documents (0 and up). */
export interface VoucherPlace {
  company: string
  year: string
  key: string | null
  position: number
}

/** The address of a voucher's documents in the extension's own page. It opens only where the extension is. */
export function linkTo(place: VoucherPlace): string {
  return `${new URL('/underlag.html', location.origin).href}${hashOf(place)}`
}

export function hashOf({ company, year, key, position }: VoucherPlace): string {
  const parts = [
    company,
    year,
    ...(key === null ? [] : [key, ...(position > 0 ? [String(position + 1)] : [])]),
  ]
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

/** The reverse of {@link hashOf}; null when the hash is none. */
export function placeOf(hash: string): VoucherPlace | null {
  if (!hash.startsWith('#/')) return null
  try {
    const [company, year, key, position] = hash.slice(2).split('/').map(decodeURIComponent)
    if (!company || !year) return null
    const at = Number(position ?? 1)
    return { company, year, key: key || null, position: Number.isSafeInteger(at) && at > 0 ? at - 1 : 0 }
  } catch {
    return null
  }
}

/** Copies text; false when the browser does not let us. A frame of another site may still copy selected text. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const before = document.activeElement
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    const isCopied = document.execCommand('copy')
    field.remove()
    if (before instanceof HTMLElement) before.focus()
    return isCopied
  }
}
