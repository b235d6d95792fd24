/** A large, valid PDF that costs no memory: one page, and a stream object of filler between its head and its tail. */

export interface BigPdf {
  length: number
  /** The bytes from `from`, at most `max` of them; empty at the end. */
  slice(from: number, max: number): Uint8Array
}

const encoder = new TextEncoder()

/** A PDF of exactly `size` bytes (at least 2,000). */
export function bigPdf(size: number, title: string): BigPdf {
  const text = title.replace(/[^\x20-\x7e]|[()\\]/g, '?').slice(0, 60)
  const content = `BT /F1 18 Tf 56 760 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let head = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = head.length
    head += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  offsets.push(head.length)
  // The filler's length has ten digits, padded, so that the layout does not depend on it.
  const tailOf = (filler: number) => {
    const xref = head.length + opening.length + filler + closing.length
    const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
    return `xref\n0 7\n0000000000 65535 f \n${entries}trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n${String(xref).padStart(10, '0')}\n%%EOF\n`
  }
  let opening = `6 0 obj\n<< /Length ${'0'.padStart(10, '0')} >>\nstream\n`
  const closing = '\nendstream\nendobj\n'
  const filler = size - head.length - opening.length - closing.length - tailOf(0).length
  if (filler < 0) throw new Error(`a big PDF has at least 2,000 bytes, not ${size}`)
  opening = opening.replace('0000000000', String(filler).padStart(10, '0'))
  const first = encoder.encode(head + opening)
  const last = encoder.encode(closing + tailOf(filler))
  const end = first.length + filler

  return {
    length: size,
    slice(from, max) {
      const bytes = new Uint8Array(Math.max(0, Math.min(max, size - from))).fill(0x20)
      if (from < first.length) bytes.set(first.subarray(from, from + bytes.length))
      if (from + bytes.length > end) {
        const skip = Math.max(0, from - end)
        bytes.set(last.subarray(skip, skip + from + bytes.length - end - skip), Math.max(0, end - from))
      }
      return bytes
    },
  }
}
