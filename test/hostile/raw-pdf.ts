import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

/** An object's body, or a stream with its dictionary entries. */
export type PdfObject = string | { dictionary: string; stream: Uint8Array }

/** A PDF of exactly these objects (numbered from 1; object 1 is the catalog), with a right cross-reference table. */
export function rawPdf(objects: readonly PdfObject[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const offsets: number[] = []
  let at = parts[0]!.length
  const add = (part: Buffer) => {
    parts.push(part)
    at += part.length
  }
  for (const [i, object] of objects.entries()) {
    offsets.push(at)
    if (typeof object === 'string') {
      add(Buffer.from(`${i + 1} 0 obj\n${object}\nendobj\n`, 'latin1'))
      continue
    }
    const { dictionary, stream } = object
    add(Buffer.from(`${i + 1} 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`, 'latin1'))
    add(Buffer.from(stream))
    add(Buffer.from('\nendstream\nendobj\n'))
  }
  const start = at
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  add(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

export const flate = (content: string | Uint8Array): PdfObject => ({
  dictionary: '/Filter /FlateDecode',
  stream: deflateSync(content, { level: 9 }),
})

export const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'

/** One page whose content is object 4; object 5 is a font. Further objects follow from 6. */
export function onePage(
  content: PdfObject,
  extra: { page?: string; catalog?: string; resources?: string } = {},
  more: PdfObject[] = [],
): Uint8Array {
  return rawPdf([
    `<< /Type /Catalog /Pages 2 0 R ${extra.catalog ?? ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> ${extra.resources ?? ''} >> ${extra.page ?? ''} >>`,
    content,
    font,
    ...more,
  ])
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')

/** RC4: what PDF's oldest encryption uses, and nothing else here. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const s = Uint8Array.from({ length: 256 }, (_, i) => i)
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + s[i]! + key[i % key.length]!) & 255
    ;[s[i], s[j]] = [s[j]!, s[i]!]
  }
  const out = Buffer.alloc(data.length)
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255
    j = (j + s[i]!) & 255
    ;[s[i], s[j]] = [s[j]!, s[i]!]
    out[n] = data[n]! ^ s[(s[i]! + s[j]!) & 255]!
  }
  return out
}

const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest()

/** A PDF that opens with `password` alone (standard security handler, revision 2, 40 bits). */
export function encryptedPdf(password: string, content: string): Uint8Array {
  const padded = (word: string) => Buffer.concat([Buffer.from(word, 'latin1'), padding]).subarray(0, 32)
  const id = Buffer.alloc(16, 5)
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff])
  const owner = rc4(md5(padded(password)).subarray(0, 5), padded(password))
  const key = md5(padded(password), owner, permissions, id).subarray(0, 5)
  const user = rc4(key, padding)
  const objectKey = md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10)
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`
  const objects: PdfObject[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    { dictionary: '', stream: rc4(objectKey, Buffer.from(content, 'latin1')) },
    font,
  ]
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ${hex(owner)} /U ${hex(user)} >> /ID [${hex(id)} ${hex(id)}]`
  return rawPdf(objects, encrypt)
}
