import { describe, expect, it } from 'vitest'
import { declaredSize, sniffType } from './magic.ts'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))

describe('what a file is', () => {
  it.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\n\n%PDF-1.4', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBP', 'image/webp'],
    ['<!doctype html>', 'application/octet-stream'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'application/octet-stream'],
    ['<script></script>%PDF-1.7', 'application/octet-stream'],
    [`${' '.repeat(1020)}%PDF-1.7`, 'application/octet-stream'],
    ['PK\x03\x04', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('%j is %s', (text, type) => expect(sniffType(bytes(text))).toBe(type))
})

describe('the size that a picture declares', () => {
  it('reads past a JPEG’s notes', () => {
    const notes = [0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xfe, 0, 3, 9]
    const frame = [0xff, 0xc2, 0, 17, 8, 0x0f, 0xc0, 0x0b, 0xd0]
    expect(declaredSize('image/jpeg', Uint8Array.from([0xff, 0xd8, ...notes, ...frame]))).toEqual({
      width: 3024,
      height: 4032,
    })
  })

  it.each(['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const)(
    'of a cut %s is unknown',
    (type) => {
      expect(declaredSize(type, Uint8Array.from([0xff, 0xd8, 0xff]))).toBeNull()
    },
  )
})
