import { expect, test } from 'vitest'
import { whole } from './whole.ts'

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const webp = (size: number, bytes: number) =>
  new Uint8Array([...latin1('RIFF'), size, 0, 0, 0, ...latin1('WEBP'), ...new Uint8Array(bytes - 12)])

async function passes(type: string | null, bytes: Uint8Array, length: number | null = null, size = 5) {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  return new Response(source.pipeThrough(whole(type, length))).arrayBuffer().then(
    (out) => out.byteLength === bytes.length,
    (error) => error.code,
  )
}

test.each([
  [
    'application/pdf',
    latin1(`%PDF-1.4\n${'x'.repeat(5000)}\nstartxref\n12\n%%EOF\n`),
    latin1('%PDF-1.4\nxref'),
  ],
  ['image/jpeg', latin1(`\u00ff\u00d8\u00ff${'x'.repeat(3000)}\u00ff\u00d9`), latin1('\u00ff\u00d8\u00ffxx')],
  ['image/png', latin1(`\u0089PNG${'x'.repeat(3000)}IEND\u00aeB\u0060\u0082`), latin1('\u0089PNGxxxx')],
  ['image/gif', latin1(`GIF89a${'x'.repeat(100)}\0;`), latin1('GIF89axxxx')],
  ['image/webp', webp(92, 100), webp(92, 60)],
])('%s: whole passes, broken off does not, whatever the pieces', async (type, good, broken) => {
  for (const size of [1, 7, 4096]) {
    expect(await passes(type, good, null, size)).toBe(true)
    expect(await passes(type, broken, null, size)).toBe('document_interrupted')
  }
})

test('an image of the length that was declared is whole; a PDF must end like one all the same', async () => {
  const jpeg = latin1('\u00ff\u00d8\u00ff and what a program wrote after the end mark')
  expect(await passes('image/jpeg', jpeg, jpeg.length)).toBe(true)
  const pdf = latin1('%PDF-1.4\nxref')
  expect(await passes('application/pdf', pdf, pdf.length)).toBe('document_interrupted')
})

test('what is of no known kind passes as it is', async () => {
  expect(await passes(null, latin1('anything'))).toBe(true)
})
