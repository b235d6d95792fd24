import { afterEach, expect, it, vi } from 'vitest'
import { copy } from './link.ts'

afterEach(() => vi.unstubAllGlobals())

/** A browser that refuses the clipboard, and copies selected text or not. */
function browser(isCopied: boolean) {
  const field = { value: '', select: vi.fn(), remove: vi.fn() }
  vi.stubGlobal('HTMLElement', class {})
  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('refused')) } })
  vi.stubGlobal('document', {
    activeElement: null,
    body: { append: vi.fn() },
    createElement: () => field,
    execCommand: () => isCopied,
  })
  return field
}

it('says whether a link was copied', async () => {
  const field = browser(true)
  expect(await copy('a link')).toBe(true)
  expect(field.value).toBe('a link')
  expect(field.remove).toHaveBeenCalled()
  browser(false)
  expect(await copy('a link')).toBe(false)
})
